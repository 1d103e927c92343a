using IntacctSync.Core;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;
using IntacctSync.Local.Queue;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// One life of the pipeline over files that outlive it. It can end by a crash; the next one goes on with what is on
/// disk.
/// </summary>
internal sealed class SyncProcess : IAsyncDisposable
{
    /// <summary>More than the largest backfill of any scenario works off while the clock stands still.</summary>
    private const int MostAtOneTime = 100_000;

    private readonly ServiceProvider _services;
    private readonly ITable _table;
    private (DateTimeOffset At, int Count) _looks;

    public SyncProcess(RoadTest road, CrashSwitch crash)
    {
        Crash = crash;
        _table = RoadStore.Open(road);
        Queue = new SqliteEnvelopeQueue(Path.Combine(road.Folder, "queue.db"), road.Clock);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(road.Settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(road.Clock);
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<ITable>(new CrashingTable(road.Interpose(_table, crash), crash, road.Wire));
        services.AddSingleton<IEnvelopeQueue>(new WatchedQueue(road.QueueOf(crash) ?? Queue, road.Wire));
        services.AddSingleton<ISecretStore>(road.Secrets);
        services.AddLogging(l => l.SetMinimumLevel(road.Logged).AddProvider(road.Log));
        services.AddIntacctSync().Configure<WritingOptions>(o => o.SettleAfter = road.SettleAfter);
        services.ConfigureHttpClientDefaults(c => c.AddHttpMessageHandler(() => new WireHandler(road.Wire, crash)));
        _services = services.BuildServiceProvider();
    }

    public CrashSwitch Crash { get; }

    public SqliteEnvelopeQueue Queue { get; }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Works off one batch of one session, as a host's worker does.</summary>
    /// <returns>False when nothing was due.</returns>
    public async Task<bool> WorkAsync(RoadTest road, CancellationToken cancellationToken)
    {
        var now = road.Clock.GetUtcNow();
        _looks = (now, _looks.At == now ? _looks.Count + 1 : 1);
        Assert.True(_looks.Count < MostAtOneTime, "The road does not come to rest: there is always work at this time.");
        if (await Queue.AcceptSessionAsync(cancellationToken) is not { } held)
            return false;
        var received = await Queue.ReceiveAsync(held, SessionGate.MaxBatch, cancellationToken);
        if (received.Count > 0)
        {
            var work = road.Motion.Begin(() =>
                road.ThroughTheGate
                    ? GateAsync(received, cancellationToken)
                    : Get<FlowRunner>().RunAsync(received, cancellationToken)
            );
            await road.WaitAsync(work);
            var settled = await work;
            if (Crash.Dead)
                return true;
            if (!await Queue.RenewAsync(held, cancellationToken))
                return true;
            await Queue.SettleAsync(held, [.. settled.Select(s => (s.Key, s.Value))], cancellationToken);
        }

        await Queue.ReleaseAsync(held, cancellationToken);
        return true;
    }

    private async Task<IReadOnlyDictionary<ReceivedEnvelope, Settlement>> GateAsync(
        IReadOnlyList<ReceivedEnvelope> received,
        CancellationToken cancellationToken
    )
    {
        var gate = Get<SessionGate>();
        var settled = await Task.WhenAll(received.Select(r => gate.HandleAsync(r, cancellationToken)));
        return received.Zip(settled).ToDictionary(p => p.First, p => p.Second);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Queue.DisposeAsync();
        if (_table is IAsyncDisposable file)
            await file.DisposeAsync();
    }
}
