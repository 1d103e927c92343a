using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Notifications;

/// <summary>
/// Addresses of the operations API, where a person finds the record or connection of an e-mail. Pure.
/// </summary>
internal static class RecordLink
{
    /// <param name="linkBase">What links begin with; null where they are paths.</param>
    /// <param name="connection">The connection.</param>
    public static string To(string? linkBase, ConnectionId connection) =>
        $"{linkBase}/api/connections/{connection.Value}";

    /// <param name="linkBase">What links begin with; null where they are paths.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="flow">The record's flow.</param>
    /// <param name="sourceId">The record.</param>
    public static string To(string? linkBase, ConnectionId connection, string flow, string sourceId) =>
        $"{To(linkBase, connection)}/records/{flow}/{Uri.EscapeDataString(sourceId)}";
}
