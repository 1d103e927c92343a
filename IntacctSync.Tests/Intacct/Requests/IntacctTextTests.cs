using FsCheck;
using FsCheck.Fluent;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Tests.Intacct.Requests;

public sealed class IntacctTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData(" a\r\n\tb\u00A0\u2003c ", "a b c")]
    [InlineData("a\0\u0007\u0085b\u009F", "a b")]
    [InlineData("e\u0301", "e\u0301")]
    [InlineData("\uD83D alone \uDEE0", "alone")]
    [InlineData("tools \U0001F6E0", "tools \U0001F6E0")]
    public void Text_is_one_clean_line(string? text, string expected) =>
        Assert.Equal(expected, IntacctText.Clean(text));

    [Theory]
    [InlineData("abcdef", 3, "abc")]
    [InlineData("ab  cdef", 3, "ab")]
    [InlineData("ab\U0001F6E0", 3, "ab")]
    [InlineData("ab\U0001F6E0", 4, "ab\U0001F6E0")]
    public void A_cut_leaves_whole_characters(string text, int length, string expected) =>
        Assert.Equal(expected, IntacctText.Cut(text, length));

    [Fact]
    public void Whatever_comes_in_what_comes_out_is_clean_short_and_stays_so() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll<char[], PositiveInt>(
                (characters, length) =>
                {
                    var cut = IntacctText.Cut(new string(characters), length.Get);
                    return cut.Length <= length.Get
                        && cut == cut.Trim()
                        && !cut.Any(char.IsControl)
                        && cut == IntacctText.Clean(cut)
                        && cut.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);
                }
            )
        );

    [Fact]
    public void Every_country_is_found_by_its_code_and_its_name()
    {
        foreach (var code in new[] { "US", "GB", "KR", "CI", "DE" })
        {
            Assert.True(Countries.TryFind(code, out var country));
            Assert.True(Countries.TryFind(country.Name.ToUpperInvariant(), out var same));
            Assert.Same(country, same);
        }

        Assert.False(Countries.TryFind("", out _));
    }
}
