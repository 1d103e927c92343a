namespace IntacctSync.Tests.Support.Broker;

/// <summary>The messages of a session in their order, and who holds it.</summary>
internal sealed class StoredSession
{
    public SortedList<long, StoredMessage> Messages { get; } = [];

    public SessionHold? Holder { get; set; }

    /// <summary>Who took it last.</summary>
    public object? Taker { get; set; }

    /// <summary>From whom it was taken away, until another one has it.</summary>
    public object? TakenFrom { get; set; }

    public DateTimeOffset LockedUntil { get; set; }

    public StoredMessage? Next => Messages.Values.FirstOrDefault(m => m.LockToken is null);
}
