using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Invoices;

public sealed class UpflowInvoiceDecisionTests
{
    [Theory]
    [InlineData("Posted", "100", "2026-03-01", "Carry", "Carry")]
    [InlineData("Paid", "100", "2026-03-01", "Carry", "Carry")]
    [InlineData("Partially Paid", "100", "2026-01-01", "Skip", "Carry")]
    [InlineData("Draft", "100", "2026-03-01", "Skip", "Remove")]
    [InlineData("Reversed", "100", "2026-03-01", "Skip", "Carry")]
    [InlineData("Reversal", "-100", "2026-03-01", "Skip", "Remove")]
    [InlineData("Posted", "-100", "2026-03-01", "Skip", "Remove")]
    [InlineData("Posted", "0", "2026-03-01", "Skip", "Remove")]
    [InlineData(null, "100", "2026-03-01", "Skip", "Remove")]
    public void Its_state_its_amount_and_its_date_decide(
        string? state,
        string gross,
        string date,
        string whenNew,
        string whenLinked
    )
    {
        var document = state is null ? null : Document(state, gross, date);
        Assert.Equal(whenNew, Decide(null, document, requested: false));
        Assert.Equal(whenLinked, Decide("uuid", document, requested: false));
    }

    [Fact]
    public void What_a_person_asks_for_is_carried_whatever_its_date() =>
        Assert.Equal("Carry", Decide(null, Document("Posted", "100", "2020-01-01"), requested: true));

    private static string Decide(string? targetId, Receivable? document, bool requested) =>
        UpflowInvoiceDecision
            .For(
                new KeyMapEntry
                {
                    Key = new SyncKey(Some.ConnectionId, UpflowFlows.Invoices, "1"),
                    TargetId = targetId,
                },
                document,
                new DateOnly(2026, 2, 1),
                requested
            )
            .GetType()
            .Name;

    private static Receivable Document(string state, string gross, string date) =>
        new(
            "1",
            new ArInvoiceSummary
            {
                RecordNo = "1",
                State = state,
                TrxTotalEntered = decimal.Parse(gross, CultureInfo.InvariantCulture),
                Date = DateOnly.Parse(date, CultureInfo.InvariantCulture),
            },
            new IntacctRecord("ARINVOICE", [])
        );
}
