using System.Text.RegularExpressions;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Conventions;

namespace IntacctSync.Tests.Connections;

public sealed partial class TradeWordsTests
{
    [Theory]
    [InlineData(
        "Payment PAY-1 (RECORDNO 4711) is in the state 'x' in Intacct.",
        "Payment PAY-1 (record no. 4711) is in the state 'x' in Intacct."
    )]
    [InlineData("It was posted as ARPYMT 4711.", "It was posted as payment 4711 in Intacct.")]
    [InlineData("Reverse ARPYMT 4711, 4712 in Intacct.", "Reverse payments 4711, 4712 in Intacct.")]
    [InlineData("ARPYMT 4711 has its customer.", "Payment 4711 in Intacct has its customer.")]
    [InlineData(
        "Choose a product whose SKU is an ITEMID of Intacct.",
        "Choose a product whose SKU is an item id of Intacct."
    )]
    [InlineData(
        "Set x to the uid of a category, or make one and use its uid.",
        "Set x to a category, or make one and use its id."
    )]
    [InlineData("The field 'RECORDNO' of 'ARPYMT 12' is somebody's own.", null)]
    [InlineData("GLACCOUNTS and XARPYMT are no names of the API; CUSTOMER CARE is a name.", null)]
    [InlineData("", null)]
    public void What_the_API_calls_so_is_said_in_words_of_the_trade(string text, string? told) =>
        Assert.Equal(told ?? text, TradeWords.Of(text));

    /// <summary>What a program asks for is no text for people; a text has several words.</summary>
    [Fact]
    public void No_text_about_a_record_leaves_a_name_of_the_API()
    {
        var texts = Sources
            .Code("IntacctSync.Core")
            .Where(f =>
                f.Path.Contains("Problems", StringComparison.Ordinal)
                || f.Text.Contains("Problem(", StringComparison.Ordinal)
            )
            .SelectMany(f => Literal().Matches(f.Text).Select(m => m.Groups["text"].Value))
            .Where(t => t.Count(c => c == ' ') > 3)
            .Select(t => Hole().Replace(t, "4711"))
            .ToList();
        Assert.InRange(texts.Count, 200, int.MaxValue);
        Assert.Empty(texts.Where(t => ApiName().IsMatch(TradeWords.Of(t))));
    }

    [Fact]
    public void A_key_is_told_in_words_or_not_at_all()
    {
        Assert.Equal(
            "its number INV-2002",
            ZuperProfile.Instance.KeyInWords(ZuperFlows.Invoices, "INV-2002@Zab12cd34ef56")
        );
        Assert.Equal(
            "its contact Harbor (Z-ab12)",
            ZuperProfile.Instance.KeyInWords(ZuperFlows.Organizations, "Harbor (Z-ab12)")
        );
        Assert.Null(ZuperProfile.Instance.KeyInWords(ZuperFlows.Products, "PUMP"));
        Assert.Equal(
            "its document number CH|77, customer C-1 and amount 1,120.50 USD",
            UpflowProfile.Instance.KeyInWords(UpflowFlows.Receipts, "C-1|CH|77|1120.5 USD UPF-1")
        );
        Assert.Null(UpflowProfile.Instance.KeyInWords(UpflowFlows.Invoices, "ARINVOICE-12"));
    }

    [GeneratedRegex("\\$?\"(?<text>(?:[^\"\\\\\\n]|\\\\.)*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Hole();

    [GeneratedRegex(
        @"\b(?:RECORDNO|AR[A-Z]{4,}|SODOC[A-Z]+|GLACCOUNT|[A-Z]{4,}ID|DOCNUMBER|PAYMENTMETHOD|uid)\b",
        RegexOptions.None,
        1000
    )]
    private static partial Regex ApiName();
}
