namespace IntacctSync.Tests.Support.Broker;

public sealed partial class StrictBroker
{
    /// <summary>Takes a session that has a message and that nobody holds.</summary>
    /// <param name="taker">Who asks. A session that was taken away goes to another one than had it.</param>
    /// <returns>Null where there is none.</returns>
    public SessionHold? AcceptNextSession(object? taker = null) =>
        Do(() =>
        {
            var (id, session) = _sessions
                .Where(s => s.Value.Holder is null && s.Value.Messages.Count > 0)
                .Where(s => taker is null || s.Value.TakenFrom != taker)
                .OrderBy(s => s.Value.Messages.Keys[0])
                .FirstOrDefault();
            return session is null ? null : Take(id, session, taker);
        });

    /// <returns>Null where nobody holds it.</returns>
    public SessionHold? HolderOf(string sessionId) =>
        Do(() => _sessions.TryGetValue(sessionId, out var session) ? session.Holder : null);

    /// <summary>How many messages could be delivered now and are in nobody's hands.</summary>
    public int Ready => Do(() => _sessions.Values.Sum(s => s.Messages.Values.Count(m => m.LockToken is null)));

    /// <returns>How many messages of a session are not in anybody's hands.</returns>
    public int Waiting(string sessionId) =>
        Do(() =>
            _sessions.TryGetValue(sessionId, out var session)
                ? session.Messages.Values.Count(m => m.LockToken is null)
                : 0
        );

    /// <summary>Takes one session, also where nothing is in it.</summary>
    /// <returns>Null where somebody holds it.</returns>
    public SessionHold? AcceptSession(string sessionId) =>
        Do(() => SessionOf(sessionId) is { Holder: null } free ? Take(sessionId, free, null) : null);

    /// <exception cref="LockLostException">The session is held no longer.</exception>
    public DateTimeOffset LockedUntil(SessionHold hold) => Do(() => Held(hold).LockedUntil);

    /// <summary>The session's next message in order that its holder does not have yet.</summary>
    /// <returns>Null where there is none just now.</returns>
    /// <exception cref="LockLostException">The session is held no longer.</exception>
    public DeliveredMessage? Receive(SessionHold hold) => Do(() => Held(hold).Next?.Deliver(NewToken()));

    /// <summary>Holds the lock for its whole duration from now.</summary>
    /// <exception cref="LockLostException">It is lost already.</exception>
    /// <returns>Until when it holds now.</returns>
    public DateTimeOffset Renew(SessionHold hold) =>
        Do(() => Held(hold).LockedUntil = _time.GetUtcNow() + _rules.LockDuration);

    /// <summary>
    /// Gives the session back; what was delivered and not settled comes again, and counts as no delivery.
    /// </summary>
    /// <exception cref="LockLostException">It is lost already.</exception>
    public void Close(SessionHold hold) =>
        Do(() =>
        {
            var session = Held(hold);
            session.Holder = null;
            foreach (var message in session.Messages.Values)
                message.LockToken = null;
            Touch();
            return true;
        });

    /// <summary>The lock is taken from its holder, who is not told; as when the broker's own node is changed.</summary>
    /// <returns>False where nobody held it.</returns>
    public bool TakeAway(string sessionId) =>
        Do(() =>
        {
            if (!_sessions.TryGetValue(sessionId, out var session) || session.Holder is null)
                return false;
            session.TakenFrom = session.Taker;
            Lose(session);
            return true;
        });

    /// <exception cref="LockLostException">The session is held no longer, or the message is not under this lock;
    /// nothing was done.</exception>
    public void Complete(SessionHold hold, string lockToken) =>
        Do(() =>
        {
            Touch();
            return Held(hold).Messages.Remove(Locked(hold, lockToken).Sequence);
        });

    /// <summary>It is delivered again at once, unless that was its last time.</summary>
    /// <exception cref="LockLostException">As <see cref="Complete"/>.</exception>
    public void Abandon(SessionHold hold, string lockToken) =>
        Do(() =>
        {
            Fail(Held(hold), Locked(hold, lockToken));
            return true;
        });

    /// <exception cref="LockLostException">As <see cref="Complete"/>.</exception>
    /// <exception cref="ArgumentException">Reason or description is too long.</exception>
    public void DeadLetter(SessionHold hold, string lockToken, string reason, string description) =>
        Do(() =>
        {
            const int longest = 4096;
            if (reason.Length > longest || description.Length > longest)
                throw new ArgumentException(
                    $"A dead letter's reason and description have at most {longest} characters.",
                    nameof(reason)
                );
            Bury(Held(hold), Locked(hold, lockToken), reason, description);
            return true;
        });

    private SessionHold Take(string id, StoredSession session, object? taker)
    {
        session.Holder = new SessionHold(id, ++_numbers);
        (session.Taker, session.TakenFrom) = (taker, null);
        session.LockedUntil = _time.GetUtcNow() + _rules.LockDuration;
        return session.Holder;
    }

    /// <exception cref="LockLostException">Nobody, or somebody else, holds it.</exception>
    private StoredSession Held(SessionHold hold) =>
        _sessions.TryGetValue(hold.SessionId, out var session) && session.Holder == hold
            ? session
            : throw new LockLostException($"session {hold.SessionId}");

    private StoredMessage Locked(SessionHold hold, string lockToken) =>
        Held(hold).Messages.Values.FirstOrDefault(m => m.LockToken == lockToken)
        ?? throw new LockLostException($"message {lockToken}");

    private void Lose(StoredSession session)
    {
        Touch();
        session.Holder = null;
        foreach (var message in session.Messages.Values.Where(m => m.LockToken is not null).ToList())
            Fail(session, message);
    }

    private void Fail(StoredSession session, StoredMessage message)
    {
        Touch();
        message.LockToken = null;
        if (++message.Failures >= _rules.MaxDeliveryCount)
            Bury(
                session,
                message,
                TooOften,
                $"Message could not be consumed after {message.Failures} delivery attempts."
            );
    }
}
