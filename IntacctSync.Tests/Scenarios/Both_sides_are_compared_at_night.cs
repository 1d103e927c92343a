using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Scenarios;

public class Both_sides_are_compared_at_night : NightRoadTest
{
    [Fact]
    public async Task What_differs_is_told_by_mail_with_a_link_and_what_is_equal_is_not()
    {
        await BooksAsync(s => s with { SyncProducts = false, SyncFailureEmails = ["books@harbor.example"] });
        var invoice = MakeInvoice();
        await RestAsync();

        await CompareAsync();
        Assert.Equal((RunState.Done, 0), await LastAsync());
        await SendAsync();
        Assert.Empty(Sink.Mails);

        Intacct.Company.Edit("ARINVOICE", InvoiceId(invoice)!, BooksTest.Fields(("WHENDUE", "05/01/2026")));
        await CompareAsync();
        Assert.Equal((RunState.Done, 1), await LastAsync());
        await SendAsync();
        var mail = Assert.Single(Sink.Mails);
        Assert.Equal(["books@harbor.example"], mail.To);
        Assert.Contains("found one record that differs. INV-", mail.Body, StringComparison.Ordinal);
        Assert.Contains("(invoices), due date", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("not synced", mail.Letter, StringComparison.Ordinal);
        Assert.Contains(
            $"https://sync.example.com/console/connections/{Id}/reconcile",
            mail.Body,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("/api/", mail.Body, StringComparison.Ordinal);

        // It is told once: the next night has nothing new.
        await CompareAsync();
        Assert.Equal((RunState.Done, 1), await LastAsync());
        await SendAsync();
        Clock.Advance(TimeSpan.FromDays(2));
        await SendAsync();
        Assert.Single(Sink.Mails);
    }

    [Fact]
    public async Task One_that_needs_a_person_differs_and_is_not_told_again_by_the_comparison()
    {
        await BooksAsync(s => s with { SyncProducts = false, SyncFailureEmails = ["books@harbor.example"] });
        var invoice = MakeInvoice();
        await RestAsync();
        var keyMap = Process.Get<KeyMapStore>();
        var row = await keyMap.GetAsync(new SyncKey(Id, ZuperFlows.Invoices, invoice), Forever);
        await keyMap.SaveAsync([row!.Need(Clock.GetUtcNow(), new Problem("x", "It lacks y.", "Give y."))], Forever);

        await CompareAsync();

        Assert.Equal((RunState.Done, 1), await LastAsync());
        await SendAsync();
        Assert.Empty(Sink.Mails);
    }

    [Fact]
    public async Task That_they_could_not_be_compared_is_told_too()
    {
        await BooksAsync(s => s with { SyncProducts = false, SyncFailureEmails = ["books@harbor.example"] });
        await RestAsync();
        Zuper.Faults.Add(new() { Fault = ZuperFaults.Http403, Times = 0 });

        await CompareAsync();

        Assert.Equal(RunState.Failed, (await LastAsync()).State);
        await SendAsync();
        Assert.Contains("could not be compared", Assert.Single(Sink.Mails).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_wakes_now_and_then_has_them_compared_once_for_each_night()
    {
        await BooksAsync(s => s with { SyncProducts = false });
        var schedule = Process.Get<NightlySchedule>();

        // Nights count from when it was first asked.
        Assert.False(await schedule.RunDueAsync(Forever));
        Assert.False(await schedule.RunDueAsync(Forever));
        Clock.Advance(TimeSpan.FromDays(1));
        var both = await Task.WhenAll(schedule.RunDueAsync(Forever), schedule.RunDueAsync(Forever));
        Assert.Single(both, done => done);
        Assert.False(await schedule.RunDueAsync(Forever));
        Assert.Equal((RunState.Done, 0), await LastAsync());
        Clock.Advance(TimeSpan.FromDays(3));
        Assert.True(await schedule.RunDueAsync(Forever));
        Assert.False(await schedule.RunDueAsync(Forever));
    }

    [Fact]
    public async Task One_that_another_process_is_at_is_waited_for_and_the_night_is_compared_after_it()
    {
        await BooksAsync(s => s with { SyncProducts = false, SyncFailureEmails = ["books@harbor.example"] });
        var schedule = Process.Get<NightlySchedule>();
        await schedule.RunDueAsync(Forever);
        Clock.Advance(TimeSpan.FromDays(1));
        var store = Process.Get<RunStore>();
        var other = await store.StartAsync(Id, RunKinds.Reconcile, null, Forever);

        var waking = schedule.RunDueAsync(Forever);
        await Clock.NextTimerIsDueAsync(Clock.GetUtcNow().AddSeconds(20)).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(waking.IsCompleted);
        await store.ChangeAsync(Id, other.RunId, r => r with { State = RunState.Done }, Forever);
        Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.True(await waking);
        Assert.Equal(2, (await store.ListAsync(Id, Forever)).Count(r => r.Kind == RunKinds.Reconcile));
        Assert.Equal(RunState.Done, (await LastAsync()).State);
        await SendAsync();
        Assert.Empty(Sink.Mails);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_is_deactivated_or_deleted_while_another_comparison_is_waited_for_is_not_compared(
        bool deleted
    )
    {
        await BooksAsync(s => s with { SyncProducts = false });
        var schedule = Process.Get<NightlySchedule>();
        await schedule.RunDueAsync(Forever);
        Clock.Advance(TimeSpan.FromDays(1));
        var store = Process.Get<RunStore>();
        var other = await store.StartAsync(Id, RunKinds.Reconcile, null, Forever);
        var waking = schedule.RunDueAsync(Forever);
        await Clock.NextTimerIsDueAsync(Clock.GetUtcNow().AddSeconds(20)).WaitAsync(TimeSpan.FromSeconds(30));

        var connections = Process.Get<ConnectionStore>();
        if (deleted)
            await connections.DeleteAsync(Id, Forever);
        else
            await connections.ChangeAsync(Id, c => c with { Active = false }, Forever);
        await store.ChangeAsync(Id, other.RunId, r => r with { State = RunState.Done }, Forever);
        Clock.Advance(TimeSpan.FromSeconds(20));
        await waking;
        Assert.Single(await store.ListAsync(Id, Forever), r => r.Kind == RunKinds.Reconcile);
    }

    [Fact]
    public async Task One_that_was_broken_off_with_its_process_is_made_up_for_by_who_wakes_next()
    {
        await BooksAsync(s => s with { SyncProducts = false });
        var schedule = Process.Get<NightlySchedule>();
        await schedule.RunDueAsync(Forever);
        Clock.Advance(TimeSpan.FromDays(1));
        var lost = await Process.Get<RunStore>().StartAsync(Id, RunKinds.Reconcile, null, Forever);
        await (
            (await NightlyRun.ReadAsync(Process.Get<ITable>(), Id, Forever))! with
            {
                At = Clock.GetUtcNow(),
                IsOwed = true,
                RunId = lost.RunId,
            }
        ).SaveAsync(Process.Get<ITable>(), Id, Forever);
        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.True(await schedule.RunDueAsync(Forever));

        Assert.Equal(
            [RunState.Done, RunState.Failed],
            (await Process.Get<RunStore>().ListAsync(Id, Forever))
                .Where(r => r.Kind == RunKinds.Reconcile)
                .Select(r => r.State)
        );
        Assert.False(await schedule.RunDueAsync(Forever));
    }
}
