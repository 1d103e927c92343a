namespace IntacctSync.Simulators;

/// <summary>One request as <c>GET /_sim/requests</c> shows it. Never holds a secret.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Summary">What was asked, in the words of the imitated API.</param>
/// <param name="Status">HTTP status of the answer; 0 where the connection was cut.</param>
/// <param name="At">When the request arrived.</param>
public sealed record JournalEntry(string Method, string Path, string Summary, int Status, DateTimeOffset At);
