namespace IntacctSync.Core.Connections;

/// <summary>The times that Intacct writes can't be understood with certainty, so nothing may be concluded from them.</summary>
public sealed class UnreadableTimesException(string message) : Exception(message);
