namespace IntacctSync.Core.Envelopes;

/// <summary>The queue did not take the envelopes durably; the same call may succeed later.</summary>
public sealed class QueueUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
