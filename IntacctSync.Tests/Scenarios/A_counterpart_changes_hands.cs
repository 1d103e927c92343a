using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>A person links a record, by whatever name, to a counterpart that is there and may be taken.</summary>
public class A_counterpart_changes_hands : InvoiceRoadTest
{
    [Fact]
    public async Task What_was_deleted_in_Zuper_and_entered_anew_is_linked_to_what_was_paid()
    {
        await BooksAsync();
        var (gone, anew) = await EnteredAnewAsync();

        Assert.Equal(new LinkOutcome(true, null), await LinkAsync(ZuperFlows.Invoices, anew, "INV-2001"));
        await RestAsync();
        await AssertSyncedAsync(anew);
        var paid = Assert.Single(Invoices);
        Assert.Equal((paid["RECORDNO"], paid["RECORDNO"]), ((await InvoiceEntryAsync(anew)).TargetId, InvoiceId(anew)));
        var freed = await InvoiceEntryAsync(gone);
        Assert.Equal((RecordState.Skipped, null), (freed.State, freed.TargetId));
        Assert.Contains(freed.Timeline, t => t.Detail.Contains(anew, StringComparison.Ordinal));

        Zuper.Screens.Edit(gone, i => i["remarks"] = "still deleted");
        await RestAsync();
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(gone)).State);
    }

    [Fact]
    public async Task What_is_ignored_gives_its_counterpart_up_and_what_is_alive_does_not()
    {
        await BooksAsync();
        var (one, two) = (MakeInvoice(), MakeInvoice(i => i["invoice_status"] = "DRAFT"));
        await RestAsync();
        var booked = InvoiceId(one)!;
        Assert.Equal(new LinkOutcome(false, one), await LinkAsync(ZuperFlows.Invoices, two, booked));
        Assert.Equal(booked, (await InvoiceEntryAsync(one)).TargetId);

        var connection = await ConnectionAsync();
        await Process.Get<PersonRequests>().IgnoreAsync(connection, ZuperFlows.Invoices, one, null, Forever);
        Assert.True((await LinkAsync(ZuperFlows.Invoices, two, booked)).Taken);
        Assert.Equal(booked, (await InvoiceEntryAsync(two)).TargetId);
        var ignored = await InvoiceEntryAsync(one);
        Assert.Equal((true, null), (ignored.Ignored, ignored.TargetId));
    }

    [Fact]
    public async Task A_counterpart_must_be_there()
    {
        await BooksAsync();
        AddCustomer("C-1", "Quayside Hotels");
        Zuper.WebhooksEnabled = false;
        var uid = MakeOrganization("Quayside Hotels");
        var refused = await LinkAsync(ZuperFlows.Organizations, uid, "C-404");
        Assert.Contains("no record with the id 'C-404'", refused.Refusal, StringComparison.Ordinal);
        Assert.True((await LinkAsync(ZuperFlows.Organizations, uid, "C-1")).Taken);
        Assert.Equal("C-1", (await EntryAsync(uid)).TargetId);

        foreach (
            var (flow, sourceId, targetId, says) in new[]
            {
                (ZuperFlows.Customers, "nobody", "No such contact", "no record with the id 'No such contact'"),
                (ZuperFlows.Products, "SVC-HVAC", "no-such-product", "no record with the id 'no-such-product'"),
                (ZuperFlows.Payments, "900", "SAGE-900", "link those invoices"),
            }
        )
            Assert.Contains(says, (await LinkAsync(flow, sourceId, targetId)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_connection_to_the_company_has_is_not_taken()
    {
        await BooksAsync();
        AddCustomer("C-1", "Quayside Hotels");
        var connection = await ConnectionAsync();
        var theirs = new SyncKey(ConnectionId.Parse("other"), ZuperFlows.Organizations, "someone");
        await Process.Get<ConnectionStore>().PutAsync(theirs.Connection, connection.Zuper(), Forever);
        await Process
            .Get<Core.KeyMap.KeyMapStore>()
            .SaveAsync([new Core.KeyMap.KeyMapEntry { Key = theirs, TargetId = "C-1" }], Forever);
        Assert.Equal(
            new LinkOutcome(false, "other/someone"),
            await LinkAsync(ZuperFlows.Organizations, Organization, "C-1")
        );
    }

    [Fact]
    public Task A_crash_at_any_step_of_a_link_loses_neither_it_nor_the_counterpart() =>
        CrashStories.AtEveryStepAsync(at => new Story(at), least: 3);

    /// <summary>A paid invoice whose record was deleted in Zuper, and the record that took its place there.</summary>
    private async Task<(string Gone, string Anew)> EnteredAnewAsync()
    {
        var gone = MakeInvoice();
        await RestAsync();
        Intacct.Screens.Pay(SageId(Organization)!, [("INV-2001", 129)]);
        Zuper.Screens.Delete(gone);
        await RestAsync();
        await AssertNeedsAsync(gone, "invoice-paid-and-cancelled");
        Zuper.WebhooksEnabled = false;
        var anew = MakeInvoice();
        Zuper.WebhooksEnabled = true;
        Zuper.Screens.Edit(anew, i => i["invoice_no"] = 2001);
        await RestAsync();
        await AssertNeedsAsync(anew, "number-taken");
        return (gone, anew);
    }

    private async Task<LinkOutcome> LinkAsync(FlowName flow, string sourceId, string named)
    {
        var connection = await ConnectionAsync();
        return await PassAsync(() => Process.Get<RecordLinks>().LinkAsync(connection, flow, sourceId, named, Forever));
    }

    private sealed class Story(int dieAt) : InvoiceRoadTest, ICrashStory
    {
        public async Task<int> PlayAsync()
        {
            await BooksAsync();
            var (one, two) = (MakeInvoice(), MakeInvoice(i => i["invoice_status"] = "DRAFT"));
            await RestAsync();
            var booked = InvoiceId(one)!;
            var connection = await ConnectionAsync();
            await Process.Get<PersonRequests>().IgnoreAsync(connection, ZuperFlows.Invoices, one, null, Forever);
            Zuper.Screens.SetStatus(two, "AWAIT_PAYMENT");
            await RestAsync();
            var crash = new CrashSwitch { At = dieAt };
            await RestartAsync(crash);
            await TryAsync(crash);
            await RestartAsync();
            await RestAsync();

            var (where, entry) = ($"died at step {dieAt}: {crash.Where}", await InvoiceEntryAsync(two));
            Assert.True(entry.State != RecordState.Pending, where);
            if (entry.TargetId != booked)
            {
                await TryAsync(Process.Crash);
                await RestAsync();
                entry = await InvoiceEntryAsync(two);
            }

            Assert.True(entry.TargetId == booked && entry.State == RecordState.Synced, $"{entry.Problem}, {where}");
            Assert.True((await InvoiceEntryAsync(one)).TargetId is null, where);
            return crash.Steps;

            async Task TryAsync(CrashSwitch process)
            {
                try
                {
                    await Process
                        .Get<PersonRequests>()
                        .LinkAsync(connection, ZuperFlows.Invoices, two, booked, Forever);
                }
                catch (OperationCanceledException) when (process.Dead)
                {
                    // The next life begins.
                }
            }
        }
    }
}
