namespace IntacctSync.Tests.Support.Broker;

/// <summary>How the queue is set up; the defaults are those that are deployed.</summary>
public sealed record BrokerRules
{
    /// <summary>How long a session's lock holds from when it was taken or renewed; a dead letter's likewise.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A message whose delivery failed this often is moved to the dead letters.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>How long a message id is remembered from when it was sent.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The Standard tier's limit for a message, and for a batch of them, with all properties.</summary>
    public int LargestBytes { get; init; } = 256 * 1024;
}
