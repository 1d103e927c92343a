namespace IntacctSync.Local.Queue;

/// <summary>The limits of the queue of one machine. The defaults are those of a Service Bus queue.</summary>
public sealed record EnvelopeQueueOptions
{
    /// <summary>How long a session's lock holds from when it was taken or renewed.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A message that was delivered this often and not settled is dead-lettered instead of being delivered again.
    /// </summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>How long the id of a message that was sent is remembered.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The longest delay of a message; a longer one is shortened to it. The program never asks for more than the
    /// highest value of <c>Intacct:SettleAfter</c>, a day.
    /// </summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often to look for messages of other processes.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait for another process's write.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
