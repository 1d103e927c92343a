namespace IntacctSync.Tests.Support.Broker;

public sealed partial class StrictBroker
{
    /// <summary>The broker's own reason.</summary>
    private const string TooOften = "MaxDeliveryCountExceeded";

    private readonly SortedList<long, StoredMessage> _dead = [];
    private readonly List<(string MessageId, string Reason)> _buried = [];

    /// <summary>Everything that ever became a dead letter, in its order.</summary>
    public IReadOnlyList<(string MessageId, string Reason)> Buried => Do(() => _buried.ToList());

    /// <returns>The next dead letter that nobody has; null where there is none.</returns>
    public DeliveredMessage? ReceiveDeadLetter() =>
        Do(() =>
        {
            if (_dead.Values.FirstOrDefault(m => m.LockToken is null) is not { } letter)
                return null;
            letter.LockedUntil = _time.GetUtcNow() + _rules.LockDuration;
            return letter.Deliver(NewToken());
        });

    /// <summary>All dead letters as a person sees them in the portal; they stay as they are.</summary>
    public IReadOnlyList<DeliveredMessage> PeekDeadLetters() => Do(() => _dead.Values.Select(m => m.Peek()).ToList());

    /// <returns>Until when a dead letter's lock holds now.</returns>
    /// <exception cref="LockLostException">As <see cref="CompleteDeadLetter"/>.</exception>
    public DateTimeOffset RenewDeadLetter(string lockToken) =>
        Do(() => Letter(lockToken).LockedUntil = _time.GetUtcNow() + _rules.LockDuration);

    /// <exception cref="LockLostException">It is not under this lock any longer; nothing was done.</exception>
    public void CompleteDeadLetter(string lockToken) =>
        Do(() =>
        {
            Touch();
            return _dead.Remove(Letter(lockToken).Sequence);
        });

    /// <summary>It is delivered again; however often that is, it stays where it is.</summary>
    /// <exception cref="LockLostException">As <see cref="CompleteDeadLetter"/>.</exception>
    public void AbandonDeadLetter(string lockToken) =>
        Do(() =>
        {
            Release(Letter(lockToken));
            return true;
        });

    private StoredMessage Letter(string lockToken) =>
        _dead.Values.FirstOrDefault(m => m.LockToken == lockToken)
        ?? throw new LockLostException($"dead letter {lockToken}");

    private void Release(StoredMessage letter)
    {
        Touch();
        letter.LockToken = null;
        letter.Failures++;
    }

    private void Bury(StoredSession session, StoredMessage message, string reason, string description)
    {
        Touch();
        session.Messages.Remove(message.Sequence);
        _buried.Add((message.Message.MessageId, reason));
        _dead.Add(
            message.Sequence,
            new StoredMessage(message.Message, message.Sequence, message.EnqueuedTime)
            {
                Failures = message.Failures,
                DeadLetterReason = reason,
                DeadLetterDescription = description,
            }
        );
    }
}
