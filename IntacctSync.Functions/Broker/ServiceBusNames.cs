namespace IntacctSync.Functions.Broker;

/// <summary>The names that triggers, settings and infrastructure share.</summary>
internal static class ServiceBusNames
{
    /// <summary>
    /// Prefix of the settings: <c>ServiceBus:fullyQualifiedNamespace</c> with the managed identity, or
    /// <c>ServiceBus</c> itself as a connection string.
    /// </summary>
    public const string Connection = "ServiceBus";

    public const string Queue = "envelopes";

    public const string DeadLetters = "envelopes/$DeadLetterQueue";
}
