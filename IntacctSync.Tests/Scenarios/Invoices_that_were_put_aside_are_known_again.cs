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

/// <summary>
/// The store was lost, or an older copy of it restored, and booked invoices are closed, a bad debt or a draft in Zuper
/// by then.
/// </summary>
public sealed class Invoices_that_were_put_aside_are_known_again : PaidFirstTest
{
    [Theory]
    [InlineData(true, "CLOSED")]
    [InlineData(false, "CLOSED")]
    [InlineData(false, "BAD_DEBT")]
    public async Task A_reversed_payment_does_not_stay_on_one(bool rebuild, string status)
    {
        var (uid, payment) = await PaidAsync();
        await LoseStoreAsync(() =>
        {
            Intacct.Screens.ReversePayment(payment);
            Zuper.Screens.SetStatus(uid, status);
        });
        if (rebuild)
            await RebuildAsync();
        else
            await RunAsync(ZuperFlows.Organizations, ZuperFlows.Invoices);
        await PollAsync();
        Assert.Equal([$"-129 SAGE-{payment}"], Standing(uid));
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task A_reversed_payment_does_not_stay_on_one_that_shows_no_id()
    {
        var (uid, payment) = await PaidAsync();
        await LoseStoreAsync(() =>
        {
            Intacct.Screens.ReversePayment(payment);
            Zuper.Screens.EditField(uid, "Sage Invoice ID", "");
            Zuper.Screens.SetStatus(uid, "CLOSED");
        });
        await RunAsync(ZuperFlows.Organizations, ZuperFlows.Invoices);
        await PollAsync();
        Assert.Equal([$"-129 SAGE-{payment}"], Standing(uid));
    }

    [Fact]
    public async Task One_is_linked_again_and_its_copy_is_left_out()
    {
        var (uid, payment) = await PaidAsync();
        var copy = "";
        await LoseStoreAsync(() =>
        {
            copy = Zuper.Screens.Copy(uid);
            Zuper.Screens.SetStatus(uid, "CLOSED");
            Zuper.Screens.SetStatus(copy, "CLOSED");
        });
        await RunAsync(ZuperFlows.Organizations, ZuperFlows.Invoices);
        await PollAsync();
        await AssertSyncedAsync(uid);
        var left = await InvoiceEntryAsync(copy);
        Assert.Equal((RecordState.Skipped, null), (left.State, left.TargetId));
        Assert.Contains(uid, left.Timeline[^1].Detail, StringComparison.Ordinal);
        Assert.Equal([$"129 SAGE-{payment}"], Standing(uid));
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task One_that_is_a_draft_is_asked_about_and_linked_once_it_is_issued_again()
    {
        await OpenAsync();
        var uid = MakeInvoice();
        await SweepZuperAsync();
        var booked = await InvoiceEntryAsync(uid);
        await Process
            .Get<KeyMapStore>()
            .SaveAsync(
                [
                    new KeyMapEntry
                    {
                        Key = booked.Key,
                        Stored = booked.Stored,
                        Intents = booked.Intents,
                    },
                ],
                Forever
            );
        Zuper.Screens.SetStatus(uid, "DRAFT");
        var copy = Zuper.Screens.Copy(uid);
        await SweepZuperAsync();
        await AssertNeedsAsync(uid, "invoice-back-to-draft");
        Assert.Equal("Posted", Assert.Single(Invoices)["STATE"]);

        Zuper.Screens.SetStatus(uid, "AWAIT_PAYMENT");
        await SweepZuperAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(booked.TargetId, (await InvoiceEntryAsync(uid)).TargetId);

        // A copy is a draft as well, and shows the id of what it was copied from.
        await RunAsync(ZuperFlows.Invoices);
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(copy)).State);
        Assert.Single(Invoices);
    }

    private async Task LoseStoreAsync(Action meanwhile)
    {
        await Process.Get<ConnectionPurge>().PurgeAsync(Id, Forever);
        Clock.Advance(TimeSpan.FromMinutes(1));
        meanwhile();
        await ConnectAsync(
            s => WithAccounts(s) with { DefaultPaymentModeUid = ZuperPaymentModes.Cheque.Uid },
            webhooks: false
        );
    }

    private async Task RunAsync(params FlowName[] flows)
    {
        foreach (var flow in flows)
        {
            var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
            await Process.Get<Backfill>().StartAsync(connection, flow, null, requested: true, Forever);
            await RestAsync();
        }
    }

    private async Task RebuildAsync()
    {
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        await PassAsync(async () =>
        {
            var (started, _) = await Process.Get<Rebuild>().StartAsync(connection, Forever);
            await Process.Get<LongRuns>().EndOfAsync(started.RunId, Forever);
            return started;
        });
        await RestAsync();
    }
}
