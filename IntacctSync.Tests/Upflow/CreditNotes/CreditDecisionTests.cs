using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.CreditNotes;
using IntacctSync.Core.Upflow.Standings;
using IntacctSync.Core.Waiting;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.CreditNotes;

public sealed class CreditDecisionTests
{
    private const string Memo = "ARADJUSTMENT-8";

    private static readonly DateOnly Start = new(2026, 3, 1);

    private static readonly Standing Stands = Standing.None.WithDocument(StandingKey.Main, "h");

    [Theory]
    [InlineData("Posted", "-100", "carries M 10000", "carries M 10000")]
    [InlineData("Paid", "-100", "carries M 10000", "carries M 10000")]
    [InlineData("Posted", "100", "skips", "carries")]
    [InlineData("Posted", "0", "skips", "carries")]
    [InlineData("Draft", "-100", "skips", "carries")]
    [InlineData("No Value", "-100", "skips", "carries")]
    [InlineData("", "-100", "skips", "carries")]
    [InlineData("Reversal", "-100", "skips", "skips")]
    [InlineData("Reversed", "-100", "skips", "carries M 10000, R 10000; R 10000")]
    public void The_state_and_the_amount_of_a_memo_decide(string state, string total, string whenNew, string whenSent)
    {
        var facts = Facts(Memo, state, total);
        Assert.Equal(whenNew, Text(Decide(facts, Standing.None)));
        Assert.Equal(whenSent, Text(Decide(facts, Stands)));
    }

    [Fact]
    public void A_reversed_invoice_is_settled_by_a_credit_note_over_all_of_it() =>
        Assert.Equal("carries M 10000; M_5 10000", Text(Decide(Facts("5", "Reversed", "100"), Standing.None)));

    [Fact]
    public void A_reversed_invoice_that_was_left_out_needs_none_and_loses_the_one_it_has()
    {
        var facts = Facts("5", "Reversed", "100", invoice: RecordState.Skipped);
        var skip = Assert.IsType<CreditDecision.Skip>(Decide(facts, Standing.None));
        Assert.Equal(["upflow-invoices/5"], skip.Waits);
        Assert.Equal("carries", Text(Decide(facts, Stands)));
    }

    [Theory]
    [InlineData("2026-02-28", false, "skips")]
    [InlineData("2026-03-01", false, "carries M 10000")]
    [InlineData("2026-02-28", true, "carries M 10000")]
    public void One_from_before_the_start_is_left_out_unless_a_person_asks(string date, bool requested, string what) =>
        Assert.Equal(what, Text(Decide(Facts(Memo, "Posted", "-100", date), Standing.None, requested)));

    [Fact]
    public void One_from_before_the_start_that_stands_already_is_kept_up() =>
        Assert.Equal("carries M 10000", Text(Decide(Facts(Memo, "Posted", "-100", "2020-01-01"), Stands)));

    [Theory]
    [InlineData(false, false, "skips")]
    [InlineData(false, true, "skips")]
    [InlineData(true, true, "carries")]
    [InlineData(true, false, "rejects credit-note-missing")]
    public void One_that_Intacct_does_not_show_is_taken_away_only_when_it_is_known_to_be_deleted(
        bool stands,
        bool knownDeleted,
        string what
    ) =>
        Assert.Equal(
            what,
            Text(CreditDecision.For(stands ? Stands : Standing.None, null, Start, requested: false, knownDeleted))
        );

    [Theory]
    [InlineData(null, "C1", "rejects credit-note-without-date")]
    [InlineData("2026-03-02", null, "rejects credit-note-without-customer")]
    public void What_is_missing_is_named(string? date, string? customer, string what)
    {
        var facts = Facts(Memo, "Posted", "-100", date);
        facts = facts with { Head = facts.Head with { CustomerId = customer } };
        Assert.Equal(what, Text(Decide(facts, Standing.None)));
    }

    [Fact]
    public void The_net_amount_is_told_where_Intacct_tells_tax_apart()
    {
        var carry = Assert.IsType<CreditDecision.Carry>(
            Decide(Facts(Memo, "Posted", "-119") with { Net = -100m }, Standing.None)
        );
        var note = Assert.IsType<StandingDocument.CreditNote>(carry.Wanted.Documents[StandingKey.Main]).Value;
        Assert.Equal((11900L, 10000L), (note.GrossAmount, note.NetAmount));
    }

    private static CreditDecision Decide(CreditFacts facts, Standing standing, bool requested = false) =>
        CreditDecision.For(standing, facts, Start, requested, knownDeleted: false);

    private static string Text(CreditDecision decision) =>
        decision switch
        {
            CreditDecision.Carry { Wanted: var wanted } => string.Join(
                "; ",
                new[] { Documents(wanted), Links(wanted) }.Where(t => t.Length > 0)
            )
                is { Length: > 0 } text
                ? $"carries {text}"
                : "carries",
            CreditDecision.Reject reject => $"rejects {reject.Problem.Code}",
            _ => "skips",
        };

    private static string Documents(WantedStanding wanted) =>
        string.Join(
            ", ",
            wanted.Documents.Select(d =>
                d.Value switch
                {
                    StandingDocument.CreditNote note => FormattableString.Invariant(
                        $"{d.Key} {note.Value.GrossAmount}"
                    ),
                    StandingDocument.Refund refund => FormattableString.Invariant($"{d.Key} {refund.Value.Amount}"),
                    _ => d.Key,
                }
            )
        );

    private static string Links(WantedStanding wanted) =>
        string.Join(", ", wanted.Links.Select(l => FormattableString.Invariant($"{l.Key} {l.Value.Amount}")));

    private static CreditFacts Facts(
        string sourceId,
        string state,
        string total,
        string? date = "2026-03-02",
        RecordState invoice = RecordState.Synced
    ) =>
        new()
        {
            SourceId = sourceId,
            Head = new ArInvoiceSummary
            {
                RecordNo = sourceId.Split('-')[^1],
                InvoiceNo = "CM-1",
                CustomerId = "C1",
                State = state,
                Currency = "USD",
                TrxTotalEntered = decimal.Parse(total, CultureInfo.InvariantCulture),
                Date = date is null ? null : DateOnly.Parse(date, CultureInfo.InvariantCulture),
            },
            DefaultCurrency = "USD",
            Known = new KnownCounterparts(
                new UpflowConnectionSettings(),
                new Dictionary<ParentKey, KeyMapEntry>
                {
                    [new(UpflowFlows.Customers, "C1")] = Row(UpflowFlows.Customers, "C1", RecordState.Synced),
                    [new(UpflowFlows.Invoices, sourceId)] = Row(UpflowFlows.Invoices, sourceId, invoice),
                }
            ),
        };

    private static KeyMapEntry Row(FlowName flow, string id, RecordState state) =>
        new()
        {
            Key = new SyncKey(Some.ConnectionId, flow, id),
            State = state,
            TargetId = state == RecordState.Synced ? $"id-{id}" : null,
        };
}
