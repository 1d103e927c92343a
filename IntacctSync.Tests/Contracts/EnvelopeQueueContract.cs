using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Zuper;
using IntacctSync.Local.Queue;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Contracts;

/// <summary>
/// What a queue must do, that of one machine and that in Azure: the rules of a Service Bus queue with sessions.
/// </summary>
public abstract partial class EnvelopeQueueContract : IAsyncLifetime
{
    protected static readonly ConnectionId Demo = ConnectionId.Parse("demo");

    protected TestClock Clock { get; } = new();

    protected ISessionQueue Queue { get; private set; } = null!;

    public Task InitializeAsync()
    {
        Queue = Open();
        return Task.CompletedTask;
    }

    public abstract Task DisposeAsync();

    /// <summary>
    /// The queue, empty when it is first opened; opened again it is the same queue to another process.
    /// </summary>
    protected abstract ISessionQueue Open();

    protected Envelope Record(string id, string company = "acme", int attempt = 0, ConnectionId? connection = null) =>
        new()
        {
            Kind = EnvelopeKind.Record,
            Connection = connection ?? Demo,
            Company = new CompanyId(company),
            Flow = ZuperFlows.Organizations,
            SourceId = id,
            EventId = $"event-{company}-{id}",
            Attempt = attempt,
            FirstSeen = Clock.GetUtcNow(),
        };

    protected Task<IReadOnlyList<SendOutcome>> SendAsync(params Envelope[] envelopes) =>
        Queue.SendAsync([.. envelopes.Select(envelope => new OutgoingEnvelope(envelope))], CancellationToken.None);

    protected async Task<SessionLock> AcceptAsync(ISessionQueue? queue = null)
    {
        var held = await (queue ?? Queue).AcceptSessionAsync(CancellationToken.None);
        Assert.NotNull(held);
        return held;
    }

    protected Task<IReadOnlyList<ReceivedEnvelope>> ReceiveAsync(
        SessionLock held,
        int max = 100,
        ISessionQueue? queue = null
    ) => (queue ?? Queue).ReceiveAsync(held, max, CancellationToken.None);

    protected Task SettleAsync(SessionLock held, Settlement settlement, params ReceivedEnvelope[] received) =>
        Queue.SettleAsync(held, [.. received.Select(one => (one, settlement))], CancellationToken.None);

    protected static string[] Ids(IEnumerable<ReceivedEnvelope> received) =>
        [.. received.Select(one => one.Envelope.SourceId!)];

    /// <summary>Takes the one session that is due, delivers what it has, and completes it.</summary>
    protected async Task<string[]> DrainAsync(ISessionQueue? queue = null)
    {
        queue ??= Queue;
        List<string> ids = [];
        while (await queue.AcceptSessionAsync(CancellationToken.None) is { } held)
        {
            while (await queue.ReceiveAsync(held, 100, CancellationToken.None) is { Count: > 0 } received)
            {
                ids.AddRange(Ids(received));
                await queue.SettleAsync(
                    held,
                    [.. received.Select(one => (one, (Settlement)new Settlement.Complete()))],
                    CancellationToken.None
                );
            }

            await queue.ReleaseAsync(held, CancellationToken.None);
        }

        return [.. ids];
    }
}
