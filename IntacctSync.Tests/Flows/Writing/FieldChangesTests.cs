using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Tests.Flows.Writing;

public sealed class FieldChangesTests
{
    [Theory]
    [InlineData("Harbor", "Harbor", null)]
    [InlineData("Harbor", "Quay", "Quay")]
    [InlineData("Harbor", "", "")]
    [InlineData("Harbor", null, null)]
    [InlineData("", "Quay", "Quay")]
    [InlineData("", "", null)]
    public void A_field_is_written_if_it_changed_and_cleared_only_if_it_was_written(
        string before,
        string? now,
        string? written
    )
    {
        var changes = Changes(Fingerprints.None.With("NAME", before));
        Assert.Equal(written, changes.Take("NAME", now));
        Assert.Equal(written is not null, changes.Any);
        Assert.Null(Changes(changes.After).Take("NAME", now));
    }

    [Theory]
    [InlineData(null, "active", null)]
    [InlineData(null, "inactive", "inactive")]
    [InlineData("active", "active", null)]
    [InlineData("active", "inactive", "inactive")]
    [InlineData("inactive", "active", "active")]
    public void A_counterpart_is_put_into_use_only_if_the_source_was_out_of_use_before(
        string? before,
        string now,
        string? written
    ) => Assert.Equal(written, Changes(Fingerprints.None.With("STATUS", before ?? "")).Take("STATUS", now));

    [Fact]
    public void What_is_let_go_stays_until_the_source_has_it_again()
    {
        var changes = Changes(Fingerprints.None.With("NAME", "Harbor"));
        changes.LetGo("NAME");
        Assert.False(changes.Any);
        Assert.Equal("Harbor", Changes(changes.After).Take("NAME", "Harbor"));
    }

    private static FieldChanges Changes(Fingerprints written) => new(written, "STATUS", "active");
}
