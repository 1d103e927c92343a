using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Domain;

public sealed class WholeCharactersTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab")]
    [InlineData("abc", 0, "")]
    [InlineData("a\U0001F6E0b", 2, "a")]
    [InlineData("a\U0001F6E0b", 3, "a\U0001F6E0")]
    [InlineData("\U0001F6E0b", 1, "")]
    public void Text_is_cut_between_characters(string text, int length, string expected) =>
        Assert.Equal(expected, WholeCharacters.Cut(text, length));
}
