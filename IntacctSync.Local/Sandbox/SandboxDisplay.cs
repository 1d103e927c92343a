using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Settings;
using Spectre.Console;

namespace IntacctSync.Local.Sandbox;

/// <summary>
/// Shows a newcomer where everything is, how the first sync goes, how it ended, and then every change as it arrives.
/// </summary>
internal sealed class SandboxDisplay(
    IServiceProvider services,
    SandboxFolder folder,
    SandboxSystems world,
    Uri host,
    IAnsiConsole console
)
{
    public async Task<int> RunAsync(SandboxMode mode, CancellationToken stopping)
    {
        var guide = new SandboxGuide(folder, world, host, console);
        guide.Welcome();

        var seed = services.GetRequiredService<SandboxSetup>();
        var connection = await seed.PutConnectionAsync(stopping);
        var accountant = new SandboxAccountant(world.IntacctSimulator, world.ZuperSimulator);
        var first = services.GetRequiredService<FirstSync>();
        var pictures = await SyncAllAsync(connection, seed, accountant, first, stopping);
        var upflow = await seed.PutUpflowAsync(stopping);
        var collected = await SyncUpflowAsync(upflow, seed, first, stopping);
        new SyncSummary(console).Write(
            [.. pictures, .. collected],
            [.. await PersonsAsync(connection, pictures, stopping), .. await PersonsAsync(upflow, collected, stopping)],
            accountant.NameOf,
            first
        );
        if (mode == SandboxMode.Once)
            return await JudgeAsync(connection, upflow, accountant, stopping);

        await guide.TryItAsync(accountant, stopping);
        var feed = services.GetRequiredService<RecordFeed>();
        await Task.WhenAll(
            feed.ShowAsync(connection, [.. pictures.Select(p => p.Flow)], console, stopping),
            feed.ShowAsync(upflow, [.. collected.Select(p => p.Flow)], console, stopping)
        );
        return 0;
    }

    /// <summary>
    /// Syncs everything that both systems have, then the payments for the invoices that have arrived, then the reversal
    /// of one of them.
    /// </summary>
    private async Task<IReadOnlyList<FlowProgress>> SyncAllAsync(
        Connection connection,
        SandboxSetup seed,
        SandboxAccountant accountant,
        FirstSync first,
        CancellationToken stopping
    )
    {
        var display = new FirstSyncDisplay(console);
        var runs = new List<Run>();
        foreach (var flow in ZuperFlows.All.Select(f => f.Name).Where(f => f != ZuperFlows.Payments))
            runs.Add(await seed.StartFirstSyncAsync(connection, flow, stopping));
        await seed.RegisterWebhooksAsync(world.Zuper.Address, new Uri(host, "api/webhooks/" + connection.Id), stopping);
        await display.ShowAsync(look => first.WatchAsync(connection, runs, look, stopping));

        accountant.Receive();
        var received = await seed.StartFirstSyncAsync(connection, ZuperFlows.Payments, stopping);
        await display.ShowAsync(look => first.WatchAsync(connection, [.. runs, received], look, stopping));

        accountant.Reverse();
        var reversed = await seed.StartFirstSyncAsync(connection, ZuperFlows.Payments, stopping);
        return await display.ShowAsync(look => first.WatchAsync(connection, [.. runs, reversed], look, stopping));
    }

    /// <summary>Then everything that customers owe goes to Upflow. Payments that are taken there come back.</summary>
    private async Task<IReadOnlyList<FlowProgress>> SyncUpflowAsync(
        Connection upflow,
        SandboxSetup seed,
        FirstSync first,
        CancellationToken stopping
    )
    {
        var runs = new List<Run>();
        foreach (var flow in UpflowFlows.All.Select(f => f.Name))
            runs.Add(await seed.StartFirstSyncAsync(upflow, flow, stopping));
        return await new FirstSyncDisplay(console).ShowAsync(look => first.WatchAsync(upflow, runs, look, stopping));
    }

    private async Task<IReadOnlyList<KeyMapEntry>> PersonsAsync(
        Connection connection,
        IReadOnlyList<FlowProgress> pictures,
        CancellationToken cancellationToken
    )
    {
        var records = services.GetRequiredService<RecordQuery>();
        var found = new List<KeyMapEntry>();
        foreach (var flow in pictures.Select(p => p.Flow))
        {
            foreach (var state in new[] { RecordState.NeedsAction, RecordState.Dead })
            {
                string? after = null;
                do
                {
                    var page = await records.ListAsync(connection.Id, flow, state, null, after, 200, cancellationToken);
                    found.AddRange(page.Items);
                    after = page.Next;
                } while (after is not null);
            }
        }

        return found;
    }

    private async Task<int> JudgeAsync(
        Connection connection,
        Connection upflow,
        SandboxAccountant accountant,
        CancellationToken cancellationToken
    )
    {
        List<string> differences =
        [
            .. await services
                .GetRequiredService<SampleVerdict>()
                .DifferencesAsync(connection, world.IntacctSimulator, accountant, cancellationToken),
            .. await services.GetRequiredService<UpflowVerdict>().DifferencesAsync(upflow, world, cancellationToken),
        ];
        if (differences.Count == 0)
        {
            console.Line("Every record ended as its sample is meant to.");
            return 0;
        }

        console.Line("These records did not end as their sample is meant to:");
        foreach (var difference in differences)
            console.Line("  " + difference);
        console.Line($"The log is {folder.LogPath}.");
        return 1;
    }
}
