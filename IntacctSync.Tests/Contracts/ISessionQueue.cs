using IntacctSync.Core.Envelopes;
using IntacctSync.Local.Queue;

namespace IntacctSync.Tests.Contracts;

/// <summary>Both sides of a queue, as the contract asks for them.</summary>
public interface ISessionQueue : IEnvelopeQueue
{
    /// <returns>Null where no session has a message that nobody holds.</returns>
    Task<SessionLock?> AcceptSessionAsync(CancellationToken cancellationToken);

    /// <exception cref="SessionLostException">The session is held no longer.</exception>
    Task<IReadOnlyList<ReceivedEnvelope>> ReceiveAsync(SessionLock held, int max, CancellationToken cancellationToken);

    /// <returns>False where the session is held no longer.</returns>
    Task<bool> RenewAsync(SessionLock held, CancellationToken cancellationToken);

    /// <exception cref="SessionLostException">The session is held no longer.</exception>
    Task SettleAsync(
        SessionLock held,
        IReadOnlyList<(ReceivedEnvelope Received, Settlement Settlement)> settlements,
        CancellationToken cancellationToken
    );

    /// <summary>Gives the session back; nothing where it is held no longer.</summary>
    Task ReleaseAsync(SessionLock held, CancellationToken cancellationToken);

    Task<IReadOnlyList<DeadEnvelope>> PeekDeadLettersAsync(int max, CancellationToken cancellationToken);
}
