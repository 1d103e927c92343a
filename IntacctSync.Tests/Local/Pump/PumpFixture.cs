using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Pump;
using IntacctSync.Local.Queue;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Local.Pump;

/// <summary>A pump over a real queue in a folder of its own, by a clock that tests move.</summary>
public sealed class PumpFixture : IAsyncDisposable
{
    /// <summary>Long enough that it ends only a test that hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly EnvelopeQueueOptions _locks = new();

    public PumpFixture() => Queue = new SqliteEnvelopeQueue(_folder.File("queue.db"), Clock, _locks);

    public TestClock Clock { get; } = new();

    public SqliteEnvelopeQueue Queue { get; }

    public string File(string name) => _folder.File(name);

    internal QueuePump Start(EnvelopeHandler handler)
    {
        var options = new PumpOptions { Pause = TimeSpan.Zero };
        var work = new SessionWork(Queue, _locks, handler, options, Clock, NullLogger<SessionWork>.Instance);
        var pump = new QueuePump(Queue, work, options, Clock, NullLogger<QueuePump>.Instance);
        pump.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        return pump;
    }

    public async Task SendAsync(params (string Company, string EventId)[] events) =>
        await Queue.SendAsync(
            [
                .. events.Select(e => new OutgoingEnvelope(
                    new Envelope
                    {
                        Kind = EnvelopeKind.Record,
                        Connection = ConnectionId.Parse("demo"),
                        Company = new CompanyId(e.Company),
                        Flow = ZuperFlows.Organizations,
                        SourceId = "record of " + e.EventId,
                        EventId = e.EventId,
                        FirstSeen = Clock.GetUtcNow(),
                    }
                )),
            ],
            CancellationToken.None
        );

    /// <summary>The session is somebody else's from now on, as if its lock had expired.</summary>
    public void StealSessions()
    {
        using var hand = new SqliteDatabase(_folder.File("queue.db"), TimeSpan.FromSeconds(5));
        hand.Execute("UPDATE sessions SET fence = fence + 1");
    }

    /// <summary>What the next worker would be given.</summary>
    public async Task<IReadOnlyList<ReceivedEnvelope>> NextAsync()
    {
        var held = await Queue.AcceptSessionAsync(CancellationToken.None);
        return held is null ? [] : await Queue.ReceiveAsync(held, 100, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Queue.DisposeAsync();
        _folder.Dispose();
    }
}
