using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Domain;

public sealed class FlowNameTests
{
    [Theory]
    [InlineData("organizations")]
    [InlineData("app-credit-notes")]
    [InlineData("a1")]
    public void A_word_of_lower_case_letters_digits_and_dashes_is_a_name(string text) =>
        Assert.Equal(text, FlowName.Parse(text).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Invoices")]
    [InlineData("1st")]
    [InlineData("-invoices")]
    [InlineData("invoices/77")]
    [InlineData("invoices 77")]
    [InlineData("factures-\u00e9mises")]
    public void Anything_else_is_none(string? text) => Assert.False(FlowName.TryParse(text, out _));

    [Fact]
    public void A_name_has_at_most_63_characters()
    {
        Assert.True(FlowName.TryParse(new string('a', 63), out _));
        Assert.False(FlowName.TryParse(new string('a', 64), out _));
    }

    [Fact]
    public void What_can_not_be_a_name_is_told_with_the_rule() =>
        Assert.Contains(
            "a-z, 0-9 and '-'",
            Assert.Throws<FormatException>(() => FlowName.Parse("Invoices")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_name_that_was_not_parsed_has_no_value() =>
        Assert.Throws<InvalidOperationException>(() => default(FlowName).Value);
}
