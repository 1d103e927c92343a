using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>The store was lost, or an older copy of it restored: Upflow has what its rows do not know.</summary>
public sealed class What_stands_in_Upflow_is_known_again : ReceivablesRoadTest
{
    [Fact]
    public async Task After_a_rebuild_what_no_longer_counts_is_taken_back_and_nothing_is_doubled()
    {
        var books = await OpenAsync();
        await LoseAsync();
        Intacct.Screens.ReversePayment(books.Payment);
        Intacct.Screens.ReverseInvoice("INV-3");
        Intacct.Screens.Pay("C-1", [("INV-2", 10)]);
        Clock.Advance(TimeSpan.FromDays(1));
        await ReconnectAsync();
        var run = await PassAsync(async () =>
        {
            var (started, _) = await Process.Get<Rebuild>().StartAsync(await ConnectionAsync(), Forever);
            await Process.Get<LongRuns>().EndOfAsync(started.RunId, Forever);
            return started;
        });
        await RestAsync();
        var report = (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!.Report!;
        Assert.DoesNotContain("\"linked\":0", report, StringComparison.Ordinal);
        await PollAsync();

        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(4000, Upflow.Screens.Outstanding("INV-2"));
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-3"));
        Assert.Equal(2000, Upflow.Screens.Unlinked("credit_notes", "CM-1"));
        Assert.Equal(12000, Upflow.Screens.Balance("C-1", "USD"));
        Assert.Equal(3, Upflow.Screens.Records("invoices").Count);
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Payments, Text(books.Payment))).State);
    }

    [Fact]
    public async Task What_was_carried_after_the_copy_and_counts_no_longer_is_taken_back()
    {
        var books = await OpenAsync();
        var draft = Intacct.Screens.Pay("C-1", [("INV-2", 10)]);
        await PollAsync();
        await LoseAsync();
        await ReconnectAsync();
        await BackfillAsync(UpflowFlows.Customers);
        Intacct.Screens.ReversePayment(books.Payment);
        Intacct.Screens.ReverseInvoice("INV-3");
        Intacct.Screens.BackToDraft(draft);
        await PollAsync();
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(5000, Upflow.Screens.Outstanding("INV-2"));
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-3"));
        Assert.Equal(13000, Upflow.Screens.Balance("C-1", "USD"));
    }

    /// <summary>Three invoices, a credit memo, and a payment of 40 on the first, all of them in Upflow.</summary>
    private async Task<(int Invoice, int Payment)> OpenAsync()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        var invoice = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.PostInvoice("C-1", "INV-2", 50);
        Intacct.Screens.PostInvoice("C-1", "INV-3", 30);
        Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        var payment = Intacct.Screens.Pay("C-1", [("INV-1", 40)]);
        await PollAsync();
        Assert.Equal(6000, Upflow.Screens.Outstanding("INV-1"));
        return (invoice, payment);
    }

    private async Task LoseAsync()
    {
        await Process.Get<ConnectionPurge>().PurgeAsync(Id, Forever);
        Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private Task ReconnectAsync() => ConnectUpflowAsync();
}
