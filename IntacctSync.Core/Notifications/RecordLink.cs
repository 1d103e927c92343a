using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Notifications;

/// <summary>
/// Addresses of the console's pages, where a person finds the record or connection of an e-mail or a line of the log.
/// Pure.
/// </summary>
internal static class RecordLink
{
    /// <param name="linkBase">What links begin with; null where they are paths.</param>
    /// <param name="connection">The connection.</param>
    public static string To(string? linkBase, ConnectionId connection) =>
        $"{linkBase}/console/connections/{connection.Value}";

    /// <param name="linkBase">What links begin with; null where they are paths.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="flow">The record's flow.</param>
    /// <param name="sourceId">The record.</param>
    public static string To(string? linkBase, ConnectionId connection, string flow, string sourceId) =>
        $"{To(linkBase, connection)}/records/{flow}/{Uri.EscapeDataString(sourceId)}";

    /// <summary>The page of everything that needs a person for one cause, where all of it is retried at once.</summary>
    public static string To(string? linkBase, ConnectionId connection, Cause cause) =>
        $"{To(linkBase, connection)}/causes?flow={cause.Flow}&code={Uri.EscapeDataString(cause.Code)}";
}
