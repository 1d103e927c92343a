using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Detection.Webhooks;

/// <summary>
/// When a connection's last webhook was accepted, over all instances. It is stored once a minute at most, since it is
/// to be looked at by people.
/// </summary>
public sealed class AcceptedWebhooks(ITable table, TimeProvider time)
{
    private const string LastKey = "last";
    private static readonly TimeSpan StoredAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ConnectionId, DateTimeOffset> _stored = new();

    /// <returns>Null where none was accepted yet.</returns>
    public async Task<DateTimeOffset?> LastAsync(ConnectionId connection, CancellationToken cancellationToken) =>
        (await table.GetAsync(Partition(connection), LastKey, cancellationToken))?.Time("At");

    /// <summary>A webhook's envelope is durable. A store that fails now takes nothing from the webhook.</summary>
    internal async Task NoteAsync(ConnectionId connection, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_stored.TryGetValue(connection, out var last) && NotedTimes.IsWithin(StoredAgain, last, now))
            return;
        _stored[connection] = now;
        try
        {
            var at = new Dictionary<string, object?>(StringComparer.Ordinal) { ["At"] = now };
            await table.WriteAsync(
                TableWrite.Upsert(new TableRow(Partition(connection), LastKey, at)),
                cancellationToken
            );
        }
        catch (TableUnavailableException)
        {
            // The next webhook notes it.
        }
    }

    private static string Partition(ConnectionId connection) => TableKey.Join(connection.Value, "webhooks");
}
