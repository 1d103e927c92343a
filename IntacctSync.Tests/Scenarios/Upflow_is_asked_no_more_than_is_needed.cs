using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>What Upflow has of records that do not count in Intacct is looked for once, with few calls.</summary>
public sealed class Upflow_is_asked_no_more_than_is_needed : ReceivablesRoadTest
{
    private const string One = "GET /v1/invoices/{id}";

    [Fact]
    public async Task A_first_backfill_into_an_empty_Upflow_asks_for_no_invoice_that_does_not_count()
    {
        Drafts(5);
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Clock.Advance(TimeSpan.FromDays(3));
        await ConnectUpflowAsync(s => s with { StartDate = new DateOnly(2020, 1, 1) });
        await BackfillAsync(UpflowFlows.Customers, UpflowFlows.Invoices);
        Assert.NotNull(Invoice("INV-1"));
        Assert.Equal(0, Upflow.Counters.Of(One));
    }

    [Fact]
    public async Task A_refusal_ends_the_record_that_was_asked_for_and_no_other()
    {
        await BeginAsync();
        Drafts(2);
        var posted = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Refuse(One);
        await PollAsync();
        var counts = await Process.Get<RecordQuery>().CountAsync(Id, UpflowFlows.Invoices, Forever);
        Assert.Equal((1, 1), (counts.Of(RecordState.NeedsAction), counts.Of(RecordState.Skipped)));
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Invoices, Text(posted))).State);
    }

    [Fact]
    public async Task After_an_outage_the_others_of_the_batch_are_not_asked_for_until_later()
    {
        await BeginAsync();
        var drafts = Drafts(6);
        var posted = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Refuse(One, times: 100, fault: UpflowFaults.Http500);
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([UpflowFlows.Invoices], Clock.GetUtcNow(), Forever);
        while (Upflow.Counters.Of(One) == 0 && await Process.WorkAsync(this, Forever)) { }

        // Three that find no answer tell of an outage; each is tried three times. So is the one that is to be made.
        Assert.InRange(Upflow.Counters.Of(One), 1, (3 + 1) * 3);
        Upflow.Faults.Clear();
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Invoices, Text(posted))).State);
        foreach (var draft in drafts)
            Assert.Equal(RecordState.Skipped, (await RowAsync(UpflowFlows.Invoices, Text(draft))).State);
    }

    [Fact]
    public async Task The_list_of_payments_is_not_read_for_credits()
    {
        await BeginAsync();
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        Intacct.Screens.ReverseAdjustment(memo);
        var asked = (Upflow.Counters.Of("GET /v1/credit_notes"), Upflow.Counters.Of("GET /v1/payments"));
        await PollAsync();
        Assert.Equal(
            RecordState.Skipped,
            (await RowAsync(UpflowFlows.CreditNotes, $"ARADJUSTMENT-{Text(memo)}")).State
        );
        Assert.Equal(
            (asked.Item1 + 1, asked.Item2),
            (Upflow.Counters.Of("GET /v1/credit_notes"), Upflow.Counters.Of("GET /v1/payments"))
        );
    }

    /// <summary>A customer and an invoice that are in Upflow.</summary>
    private async Task BeginAsync()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-0", 50);
        await PollAsync();
        Assert.NotNull(Invoice("INV-0"));
        Clock.Advance(TimeSpan.FromDays(2));
    }

    private int[] Drafts(int count)
    {
        if (Intacct.Company.Record("CUSTOMER", "C-1") is null)
            Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        return
        [
            .. Enumerable.Range(1, count).Select(i => Intacct.Screens.PostInvoice("C-1", $"D-{i}", 10, draft: true)),
        ];
    }
}
