using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Tests.Upflow.Receipts;

public sealed class OddReceiptTests
{
    private static readonly ReceiptSettings Settings = new() { BankAccountId = "BANK" };

    private static readonly KeyMapEntry Row = new()
    {
        Key = new SyncKey(ConnectionId.Parse("main"), UpflowFlows.Receipts, "p-1"),
    };

    [Theory]
    [InlineData("CARD", null)]
    [InlineData("UNKNOWN", null)]
    [InlineData("CRYPTO", "receipt-method-unknown")]
    public void An_instrument_that_no_method_is_set_for_is_never_replaced(string instrument, string? code) =>
        Assert.Equal(code, CodeOf(ReceiptDecision.For(Row, Facts(instrument), Settings, DateOnly.MinValue, false)));

    [Fact]
    public void An_instrument_of_any_name_goes_by_the_method_that_is_set_for_it()
    {
        var settings = Settings with
        {
            PaymentMethods = new Dictionary<string, string>(StringComparer.Ordinal) { ["CRYPTO"] = "Online" },
        };
        var post = Assert.IsType<ReceiptDecision.Post>(
            ReceiptDecision.For(Row, Facts("CRYPTO"), settings, DateOnly.MinValue, false)
        );
        Assert.Equal("Online", post.Fields.PaymentMethod);
    }

    [Theory]
    [InlineData(9000)]
    [InlineData(11000)]
    public void What_is_linked_is_posted_only_where_it_is_the_amount_of_the_payment(long linked) =>
        Assert.Equal(
            "receipt-not-linked",
            CodeOf(ReceiptDecision.For(Row, Facts("CARD", linked), Settings, DateOnly.MinValue, false))
        );

    [Theory]
    [InlineData("Complete", null)]
    [InlineData("Strange", "payment-state-unknown")]
    [InlineData("Voided", "receipt-reversed-by-hand")]
    public void What_was_posted_counts_only_in_a_state_that_is_known_to(string state, string? code) =>
        Assert.Equal(
            code,
            CodeOf(
                ReceiptDecision.For(
                    Row with
                    {
                        TargetId = "900",
                    },
                    Facts("CARD") with
                    {
                        Posted = new PaymentRecord
                        {
                            RecordNo = "900",
                            DisplayState = state,
                            CustomerId = "C-1",
                            TrxTotalEntered = 100m,
                        },
                        Applied = [new AppliedPart(AppliedCredit.Money, "1", 100m)],
                    },
                    Settings,
                    DateOnly.MinValue,
                    false
                )
            )
        );

    [Theory]
    [InlineData("100.5", false)]
    [InlineData("100.5", true)]
    [InlineData("\"much\"", true)]
    [InlineData("null", false)]
    [InlineData("null", true)]
    public void One_whose_amount_can_not_be_read_is_neither_left_out_nor_reversed(string amount, bool posted) =>
        Assert.Equal(
            "receipt-unreadable",
            CodeOf(
                ReceiptDecision.For(
                    posted ? Row with { TargetId = "900" } : Row,
                    Facts("CARD", amount: amount) with
                    {
                        Posted = posted ? new PaymentRecord { RecordNo = "900", DisplayState = "Complete" } : null,
                    },
                    Settings,
                    DateOnly.MinValue,
                    false
                )
            )
        );

    private static string? CodeOf(ReceiptDecision decision) =>
        (decision as ReceiptDecision.Reject)?.Failure.Problem.Code;

    private static ReceiptFacts Facts(string instrument, long linked = 10000, string amount = "10000") =>
        new()
        {
            Id = "p-1",
            Payment = new UpflowRead(
                JsonElement.Parse(
                    $$"""
                    {"id": "p-1", "amount": {{amount}}, "currency": "USD", "validatedAt": "2026-03-02",
                     "instrument": "{{instrument}}", "reference": "pi_77"}
                    """
                )
            ),
            Parts = [new ReceiptPart("i-1", "1", "INV-1", linked)],
            CustomerId = "C-1",
            DefaultCurrency = "USD",
        };
}
