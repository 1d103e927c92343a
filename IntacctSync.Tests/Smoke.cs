using IntacctSync.Core.Domain;

namespace IntacctSync.Tests;

public class Smoke
{
    [Fact]
    public void A_short_hash_has_the_length_that_was_asked_for() => Assert.Equal(12, ShortHash.Of("x").Length);
}
