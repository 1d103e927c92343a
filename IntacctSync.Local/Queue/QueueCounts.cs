namespace IntacctSync.Local.Queue;

/// <summary>What the queue holds.</summary>
/// <param name="Ready">Messages that may be delivered now, those being worked on included.</param>
/// <param name="Delayed">Messages whose time has not come.</param>
/// <param name="Dead">Dead-lettered messages.</param>
/// <param name="Pending">Ready and delayed ones, by connection and flow.</param>
public sealed record QueueCounts(long Ready, long Delayed, long Dead, IReadOnlyList<PendingCount> Pending);
