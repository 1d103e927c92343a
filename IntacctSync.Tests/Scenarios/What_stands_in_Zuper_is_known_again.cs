using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>The store was lost, or an older copy of it restored: Zuper has payments that no row knows.</summary>
public sealed class What_stands_in_Zuper_is_known_again : PaidFirstTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_rebuild_or_a_run_what_no_longer_counts_is_voided_and_nothing_is_doubled(bool rebuild)
    {
        var (one, two) = await TwoAsync();
        var customer = SageId(Organization)!;
        var reversed = Intacct.Screens.Pay(customer, [(NumberOf(one), 50)]);
        var moved = Intacct.Screens.Pay(customer, [(NumberOf(one), 20)]);
        var stays = Intacct.Screens.Pay(customer, [(NumberOf(two), 40)]);
        await PollAsync();
        await Process.Get<ConnectionPurge>().PurgeAsync(Id, Forever);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Intacct.Screens.ReversePayment(reversed);
        Intacct.Screens.EditPayment(moved, [new(NumberOf(two), 20)]);
        await ConnectAsync(s => WithAccounts(s) with { DefaultPaymentModeUid = PaymentMode }, webhooks: false);
        if (rebuild)
            await RebuildAsync();
        else
            await RunAsync(ZuperFlows.Organizations, ZuperFlows.Invoices);
        await PollAsync();

        Assert.Equal([$"-50 SAGE-{reversed}", $"-20 SAGE-{moved}"], Standing(one));
        Assert.Equal([$"40 SAGE-{stays}", $"20 SAGE-{moved}"], Standing(two));
        foreach (var payment in new[] { reversed, moved, stays })
            Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task What_was_recorded_after_the_copy_is_voided_when_its_invoice_is_read()
    {
        var (one, _) = await TwoAsync();
        var payment = await ForgottenAsync(one);
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.Equal(RecordState.Skipped, (await PaymentAsync(payment)).State);
        Assert.Equal([$"50 SAGE-{payment}"], Standing(one));

        await TouchAsync(one);
        Assert.Equal([$"-50 SAGE-{payment}"], Standing(one));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task What_still_counts_is_known_and_not_recorded_again()
    {
        var (one, _) = await TwoAsync();
        var payment = await ForgottenAsync(one);
        await TouchAsync(one);
        Assert.Equal([$"50 SAGE-{payment}"], Standing(one));
        Assert.Equal(RecordState.Synced, (await PaymentAsync(payment)).State);
    }

    [Fact]
    public async Task What_has_the_id_of_another_payment_is_asked_about_and_stays()
    {
        var (one, two) = await TwoAsync();
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(NumberOf(two), 30)], date: new DateOnly(2026, 2, 1));
        await PollAsync();
        Zuper.Screens.Pay(one, 50, reference: $"SAGE-{payment}");
        await SweepZuperAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(one));
        Assert.Equal("payment-not-the-same", (await PaymentAsync(payment)).Problem?.Code);
    }

    [Fact]
    public async Task What_has_the_id_of_a_larger_payment_on_the_same_invoice_is_asked_about_and_stays()
    {
        var (one, _) = await TwoAsync();
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(NumberOf(one), 50)], date: new DateOnly(2026, 2, 1));
        Zuper.Screens.Pay(one, 30, reference: $"SAGE-{payment}");
        await SweepZuperAsync();
        await PollAsync();
        Assert.Equal([$"30 SAGE-{payment}"], Standing(one));
        Assert.Equal("payment-not-the-same", (await PaymentAsync(payment)).Problem?.Code);
    }

    /// <summary>
    /// Another company of Intacct was connected before, and its payments stand in Zuper. The payment of that id here is
    /// deleted, so its date is in its row alone, if there.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_has_the_id_of_a_deleted_payment_is_asked_about_and_stays(bool rowKnowsTheDate)
    {
        var (one, two) = await TwoAsync();
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(NumberOf(two), 30)], date: new DateOnly(2026, 2, 1));
        await PollAsync();
        Intacct.Screens.BackToDraft(payment);
        Intacct.Screens.DeletePayment(payment);
        Clock.Advance(TimeSpan.FromHours(3));
        await PollAsync();
        Assert.Equal([$"-30 SAGE-{payment}"], Standing(two));
        var row = await PaymentAsync(payment);
        Assert.Equal(new DateOnly(2026, 2, 1), row.Facts?.Date);
        if (!rowKnowsTheDate)
            await Process.Get<KeyMapStore>().SaveAsync([row with { Facts = null }], Forever);

        Zuper.Screens.Pay(one, 50, reference: $"SAGE-{payment}");
        await SweepZuperAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(one));
        Assert.Equal("payment-not-the-same", (await PaymentAsync(payment)).Problem?.Code);
    }

    [Fact]
    public async Task What_stands_of_a_deleted_payment_is_voided_where_its_date_is_that_of_the_row()
    {
        var (one, two) = await TwoAsync();
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(NumberOf(two), 30)]);
        await PollAsync();
        Intacct.Screens.BackToDraft(payment);
        Intacct.Screens.DeletePayment(payment);
        Clock.Advance(TimeSpan.FromHours(3));
        await PollAsync();
        Zuper.Screens.Pay(one, 50, reference: $"SAGE-{payment}");
        await SweepZuperAsync();
        Assert.Equal([$"-50 SAGE-{payment}"], Standing(one));
    }

    [Fact]
    public async Task What_Intacct_does_not_show_is_asked_about_and_stays()
    {
        var (one, two) = await TwoAsync();
        Intacct.Screens.Pay(SageId(Organization)!, [(NumberOf(two), 30)]);
        await PollAsync();
        Zuper.Screens.Pay(one, 50, reference: "SAGE-987654");
        await SweepZuperAsync();
        Assert.Equal(["50 SAGE-987654"], Standing(one));
        Assert.Equal(RecordState.NeedsAction, (await PaymentAsync(987654)).State);
    }

    private static string PaymentMode => ZuperPaymentModes.Cheque.Uid;

    private string NumberOf(string uid) => "INV-" + Zuper.Screens.Record(uid)!["invoice_no"];

    private async Task<(string One, string Two)> TwoAsync()
    {
        await OpenAsync();
        var (one, two) = (MakeInvoice(), MakeInvoice());
        await SweepZuperAsync();
        await AssertSyncedAsync(one);
        await AssertSyncedAsync(two);
        return (one, two);
    }

    /// <summary>A payment that stands in Zuper, and whose row is that of a copy from before.</summary>
    private async Task<int> ForgottenAsync(string uid)
    {
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [(NumberOf(uid), 50)]);
        await PollAsync();
        Assert.Equal([$"50 SAGE-{payment}"], Standing(uid));
        var row = await PaymentAsync(payment);
        Assert.Single(
            await Process
                .Get<KeyMapStore>()
                .SaveAsync(
                    [
                        new KeyMapEntry
                        {
                            Key = row.Key,
                            Stored = row.Stored,
                            State = RecordState.Skipped,
                        },
                    ],
                    Forever
                )
        );
        return payment;
    }

    private async Task TouchAsync(string uid)
    {
        Zuper.Screens.Edit(uid, i => i["description"] = "Second visit");
        await SweepZuperAsync();
    }

    private async Task RunAsync(params FlowName[] flows)
    {
        foreach (var flow in flows)
        {
            var connection = await ConnectionAsync();
            await Process.Get<Backfill>().StartAsync(connection, flow, null, requested: true, Forever);
            await RestAsync();
        }
    }

    private async Task RebuildAsync()
    {
        var connection = await ConnectionAsync();
        await PassAsync(async () =>
        {
            var (started, _) = await Process.Get<Rebuild>().StartAsync(connection, Forever);
            await Process.Get<LongRuns>().EndOfAsync(started.RunId, Forever);
            return started;
        });
        await RestAsync();
    }
}
