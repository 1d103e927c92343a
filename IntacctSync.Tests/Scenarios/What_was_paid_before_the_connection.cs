using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>Payments that are older than the connection have no event of their own.</summary>
public sealed class What_was_paid_before_the_connection : ReceivablesRoadTest
{
    [Fact]
    public async Task Comes_with_an_invoice_that_is_carried_for_the_first_time()
    {
        await BeginAsync();
        Intacct.Screens.EditInvoice(
            "INV-1",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DESCRIPTION"] = "Second visit" }
        );
        await PollAsync();
        Assert.Equal(5500, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(5500, Upflow.Screens.Balance("C-1", "USD") + Upflow.Screens.Unlinked("credit_notes", "CM-1"));
    }

    [Fact]
    public async Task Comes_with_a_credit_memo_that_is_carried_for_the_first_time()
    {
        var memo = await BeginAsync();
        Intacct.Screens.ApplyCreditMemo(memo, [("INV-1", 3m)]);
        await PollAsync();
        Assert.Equal(5200, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(1200, Upflow.Screens.Unlinked("credit_notes", "CM-1"));
    }

    /// <summary>A detail names the advance that it applies as it was asked for, or as it was posted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Comes_with_an_advance_that_is_carried_for_the_first_time(bool posted)
    {
        IntacctOptions.CreditsNamedAsPosted = posted;
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        var credit = Intacct.Screens.Advance("C-1", 80);
        Intacct.Screens.ApplyCredit(credit, [("INV-1", 30m)]);
        Clock.Advance(TimeSpan.FromDays(3));
        await ConnectUpflowAsync(s => s with { StartDate = new DateOnly(2026, 1, 1) });
        await BackfillAsync(UpflowFlows.Customers, UpflowFlows.Invoices);
        Intacct.Screens.ApplyCredit(credit, [("INV-1", 5m)]);
        await PollAsync();
        Assert.Equal(6500, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(
            4500,
            Upflow.Screens.Records("payments").Sum(p => Upflow.Screens.Unlinked("payments", $"{p["id"]}"))
        );
    }

    /// <summary>Another payment may have applied what an over-payment left.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Comes_with_an_over_payment_that_is_carried_for_the_first_time(bool posted)
    {
        IntacctOptions.CreditsNamedAsPosted = posted;
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.PostInvoice("C-1", "INV-2", 10);
        var credit = Intacct.Screens.Receive("C-1", [new PaymentRow("INV-2", 10)], total: 90);
        Intacct.Screens.ApplyCredit(credit, [("INV-1", 30m)]);
        Clock.Advance(TimeSpan.FromDays(3));
        await ConnectUpflowAsync(s => s with { StartDate = new DateOnly(2026, 1, 1) });
        await BackfillAsync(UpflowFlows.Customers, UpflowFlows.Invoices);
        Intacct.Screens.ApplyCredit(credit, [("INV-1", 5m)]);
        await PollAsync();
        Assert.Equal(6500, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-2"));
    }

    [Fact]
    public async Task Is_not_read_behind_invoices_where_payments_are_off()
    {
        await BeginAsync();
        await ChangeSettingsAsync(s => s with { SyncPayments = false });
        await BackfillAsync(UpflowFlows.Customers, UpflowFlows.Invoices);
        Assert.DoesNotContain(
            await Process.Get<RunStore>().ListAsync(Id, Forever),
            r => r.Flow == UpflowFlows.Payments && r.Kind == RunKinds.Backfill
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_what_was_carried_while_payments_were_off_comes_once_they_are_on(bool full)
    {
        await BeginAsync();
        await ChangeSettingsAsync(s => s with { SyncPayments = false, StartDate = new DateOnly(2026, 1, 1) });
        var since = Clock.GetUtcNow() - TimeSpan.FromDays(60);
        FlowName[] flows = [UpflowFlows.Customers, UpflowFlows.Invoices, UpflowFlows.CreditNotes];
        await (full ? BackfillAsync(flows) : BackfillSinceAsync(since, flows));
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-1"));

        // Meanwhile nothing waits on the queue that nobody may work off.
        Assert.Null(await Process.Queue.NextDueAsync(Forever));
        await ChangeSettingsAsync(s => s with { SyncPayments = true });
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Process.Get<Poller>().TickAsync([], Clock.GetUtcNow(), Forever);
        await RestAsync();
        Assert.Equal(5500, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(1500, Upflow.Screens.Unlinked("credit_notes", "CM-1"));
    }

    /// <summary>Nobody has to know that payments have a flow of their own.</summary>
    [Fact]
    public async Task Comes_behind_everything_of_its_invoices()
    {
        await BeginAsync();
        await BackfillAsync(UpflowFlows.Customers, UpflowFlows.Invoices);
        Assert.Equal(5500, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(1500, Upflow.Screens.Unlinked("credit_notes", "CM-1"));

        // All payments have rows now, and are not read a second time behind the credit notes.
        await BackfillAsync(UpflowFlows.CreditNotes);
        Assert.Single(
            await Process.Get<RunStore>().ListAsync(Id, Forever),
            r => r.Flow == UpflowFlows.Payments && r.Kind == RunKinds.Backfill
        );
    }

    [Fact]
    public async Task Comes_with_an_invoice_that_changed_since_the_day_that_was_asked_for()
    {
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.Pay("C-1", [("INV-1", 40)]);
        Clock.Advance(TimeSpan.FromDays(30));
        var since = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromDays(1));
        Intacct.Screens.EditInvoice("INV-1", Fields(("DESCRIPTION", "Second visit")));
        Intacct.Screens.Pay("C-1", [("INV-1", 30)]);
        Clock.Advance(TimeSpan.FromDays(3));
        await ConnectUpflowAsync();
        await BackfillAsync(UpflowFlows.Customers);
        await BackfillSinceAsync(since, UpflowFlows.Invoices, UpflowFlows.CreditNotes, UpflowFlows.Payments);
        Assert.Equal(3000, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(3000, Upflow.Screens.Balance("C-1", "USD"));
    }

    /// <summary>An invoice of 100, of which 40 are paid and 5 of a credit memo of 20 are applied, and a connection
    /// later on.</summary>
    private async Task<int> BeginAsync()
    {
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.Pay("C-1", [("INV-1", 40)]);
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        Intacct.Screens.ApplyCreditMemo(memo, [("INV-1", 5m)]);
        Clock.Advance(TimeSpan.FromDays(3));
        await ConnectUpflowAsync(s => s with { StartDate = new DateOnly(2026, 1, 1) });
        return memo;
    }
}
