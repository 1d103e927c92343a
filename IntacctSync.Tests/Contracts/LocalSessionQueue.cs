using IntacctSync.Core.Envelopes;
using IntacctSync.Local.Queue;

namespace IntacctSync.Tests.Contracts;

/// <summary>The queue of one machine, as the contract asks for it.</summary>
public sealed class LocalSessionQueue(SqliteEnvelopeQueue queue) : ISessionQueue
{
    public SqliteEnvelopeQueue Local => queue;

    public Task<IReadOnlyList<SendOutcome>> SendAsync(
        IReadOnlyList<OutgoingEnvelope> envelopes,
        CancellationToken cancellationToken
    ) => queue.SendAsync(envelopes, cancellationToken);

    public Task<SessionLock?> AcceptSessionAsync(CancellationToken cancellationToken) =>
        queue.AcceptSessionAsync(cancellationToken);

    public Task<IReadOnlyList<ReceivedEnvelope>> ReceiveAsync(
        SessionLock held,
        int max,
        CancellationToken cancellationToken
    ) => queue.ReceiveAsync(held, max, cancellationToken);

    public Task<bool> RenewAsync(SessionLock held, CancellationToken cancellationToken) =>
        queue.RenewAsync(held, cancellationToken);

    public Task SettleAsync(
        SessionLock held,
        IReadOnlyList<(ReceivedEnvelope Received, Settlement Settlement)> settlements,
        CancellationToken cancellationToken
    ) => queue.SettleAsync(held, settlements, cancellationToken);

    public Task ReleaseAsync(SessionLock held, CancellationToken cancellationToken) =>
        queue.ReleaseAsync(held, cancellationToken);

    public Task<IReadOnlyList<DeadEnvelope>> PeekDeadLettersAsync(int max, CancellationToken cancellationToken) =>
        queue.PeekDeadLettersAsync(max, cancellationToken);
}
