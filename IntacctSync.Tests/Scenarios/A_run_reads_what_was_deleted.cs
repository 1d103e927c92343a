using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_run_reads_what_was_deleted : BooksTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deleted_item_is_withdrawn_by_the_run_and_not_only_by_the_next_hour(bool full)
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        await PollAsync();
        Clock.Advance(TimeSpan.FromMinutes(2));
        var since = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMinutes(2));
        Intacct.Company.Remove("ITEM", "FLT-16");
        var run = await RunAsync(ZuperFlows.Products, full ? null : since);
        Assert.False(Assert.Single(Products)["is_available"]!.GetValue<bool>());
        Assert.Equal((RunState.Done, 1, 1), (run.State, run.Found, run.Done));
    }

    [Fact]
    public async Task A_deleted_payment_is_voided_by_a_run_that_reaches_back_over_many_days()
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)]);
        await PollAsync();
        var since = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromDays(2));
        Tamper("ARPYMT", payment.ToString(CultureInfo.InvariantCulture));
        Clock.Advance(TimeSpan.FromDays(3));
        await RunAsync(ZuperFlows.Payments, since);
        Assert.Equal([$"-60 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task Where_the_audit_history_is_denied_the_run_ends_and_says_so()
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        Intacct.Options.AuditHistoryDenied = true;
        var run = await RunAsync(ZuperFlows.Products, null);
        Assert.Equal((RunState.Done, 1), (run.State, run.Done));
        Assert.Contains(
            await Process.Get<ConnectionTimeline>().ReadAsync(Id, Clock.GetUtcNow(), Forever),
            n => n.What == "deletionsUnseen"
        );
    }

    private async Task<Run> RunAsync(FlowName flow, DateTimeOffset? since)
    {
        var run = await Process
            .Get<Backfill>()
            .StartAsync(await ConnectionAsync(), flow, since, requested: true, Forever);
        await RestAsync();
        return (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!;
    }
}
