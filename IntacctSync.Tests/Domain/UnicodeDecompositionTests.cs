using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Domain;

public sealed class UnicodeDecompositionTests
{
    [Theory]
    [InlineData("M\u00FCller", "Mu\u0308ller")]
    [InlineData("Ti\u1EBFn", "Tie\u0302\u0301n")]
    [InlineData("\u00C5s", "A\u030As")]
    [InlineData("\uD55C\uAE00", "\u1112\u1161\u11AB\u1100\u1173\u11AF")]
    [InlineData("\uAC00\uB098", "\u1100\u1161\u1102\u1161")]
    public void A_text_has_a_form_of_whole_letters_and_one_of_letters_and_marks(string whole, string apart)
    {
        Assert.Equal([whole, apart], UnicodeDecomposition.FormsOf(whole));
        Assert.Equal([apart, whole], UnicodeDecomposition.FormsOf(apart));
    }

    [Fact]
    public void What_is_written_half_and_half_has_both_besides() =>
        Assert.Equal(
            ["\u00FCu\u0308", "\u00FC\u00FC", "u\u0308u\u0308"],
            UnicodeDecomposition.FormsOf("\u00FCu\u0308")
        );

    [Theory]
    [InlineData("Harbor Dental Group")]
    [InlineData("")]
    [InlineData("\u6771\u4EAC")]
    [InlineData("q\u0308\u0301")]
    public void A_text_that_is_written_one_way_has_one_form(string text) =>
        Assert.Equal([text], UnicodeDecomposition.FormsOf(text));
}
