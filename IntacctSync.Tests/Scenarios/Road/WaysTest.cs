using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// A road on which the same change is noticed in each of the ways there are, and costs the same in each.
/// </summary>
public abstract class WaysTest : InvoiceRoadTest
{
    public static TheoryData<Way> All => [Way.Webhook, Way.Feed, Way.Backfill];

    /// <summary>Creates, changes and deletes that Intacct carried out.</summary>
    internal int IntacctWrites => Intacct.Counters.Creates + Intacct.Counters.Updates + Intacct.Counters.Deletes;

    /// <summary>Sage ids that were written into Zuper.</summary>
    internal int WriteBacks =>
        Zuper.Journal.Entries.Count(e =>
            e.Method == "PATCH" && e.Path.EndsWith("custom_fields", StringComparison.Ordinal)
        );

    /// <summary>Everything that changed something in Zuper.</summary>
    internal int ZuperWrites =>
        Zuper.Journal.Entries.Count(e =>
            e.Method is "PUT" or "PATCH" or "DELETE"
            || (
                e.Method == "POST"
                && !e.Path.Contains("filter", StringComparison.Ordinal)
                && !e.Path.EndsWith("config", StringComparison.Ordinal)
            )
        );

    /// <summary>Connects with accounts for everything; Zuper tells of changes only where that is the way.</summary>
    internal async Task ConnectAsync(Way way, Func<ZuperConnectionSettings, ZuperConnectionSettings>? change = null)
    {
        await BooksAsync(change);
        Zuper.Screens.Subscribe(
            new Uri($"http://road.test/api/webhooks/{Id}"),
            HookSecret,
            "customer.create",
            "customer.update",
            "customer.activate",
            "customer.deactivate",
            "customer.delete"
        );
        Zuper.WebhooksEnabled = way == Way.Webhook;
        Assert.True(Intacct.Options.Strict && Zuper.Options.Strict);
    }

    /// <summary>Has what changed noticed in that way, and lets the road come to rest.</summary>
    /// <returns>How much was written to Intacct, how many ids were written back, and all that was written to
    /// Zuper.</returns>
    internal async Task<(int Intacct, int WriteBacks, int Zuper)> NoticeAsync(Way way, FlowName flow)
    {
        var before = (IntacctWrites, WriteBacks, ZuperWrites);
        await Zuper.WebhooksRestingAsync(Forever);
        Clock.Advance(TimeSpan.FromMinutes(10));
        if (way == Way.Feed)
            await Process.Get<Poller>().TickAsync([flow], Clock.GetUtcNow(), Forever);
        var run =
            way == Way.Backfill
                ? await Process
                    .Get<Backfill>()
                    .StartAsync(await ConnectionAsync(), flow, null, requested: true, Forever)
                : null;
        await RestAsync();
        if (run is not null)
            Assert.Equal(RunState.Done, (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!.State);

        // What was written came back as webhooks or shows itself in the next sweep: that must come to nothing.
        var after = (IntacctWrites, WriteBacks, ZuperWrites);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Process.Get<Poller>().TickAsync(ZuperFlows.OfZuper, Clock.GetUtcNow(), Forever);
        await RestAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(after, (IntacctWrites, WriteBacks, ZuperWrites));
        Assert.Empty(Intacct.Company.IgnoredFields);
        return (
            after.IntacctWrites - before.IntacctWrites,
            after.WriteBacks - before.WriteBacks,
            after.ZuperWrites - before.ZuperWrites
        );
    }
}
