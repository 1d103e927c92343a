using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Runs;

/// <summary>
/// Removes a connection with its state and its secrets. Envelopes that are still queued for it belong to an unknown
/// connection then, and are dropped.
/// </summary>
public sealed class ConnectionPurge(
    ITable table,
    ConnectionStore connections,
    ConnectionSecrets secrets,
    CompanyLeases leases,
    LeaseOptions options,
    TimeProvider time
)
{
    /// <summary>
    /// A purge that was broken off can be asked for again, since the connection's own row is removed last.
    /// </summary>
    /// <remarks>
    /// The purge holds the company's lease meanwhile. Otherwise a worker could store an outcome, which a new connection
    /// of the same name would find.
    /// </remarks>
    public async Task<PurgeOutcome> PurgeAsync(ConnectionId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (
            await connections.ChangeAsync(
                id,
                c => c with { Active = false, DeactivatedAt = c.DeactivatedAt ?? now },
                cancellationToken
            )
            is not { } connection
        )
            return PurgeOutcome.Unknown;

        await using var held = new HeldLeases();
        for (var slot = 0; slot < options.MaxConcurrency; slot++)
        {
            if (!held.Add(await leases.TryAcquireAsync(connection.Company, cancellationToken)))
                return PurgeOutcome.Busy;
        }

        var partitions = Partitions(connection, now).ToList();
        await RemoveAsync(partitions, cancellationToken);
        await secrets.DeleteAllAsync(id, cancellationToken);
        await connections.DeleteAsync(id, cancellationToken);

        // A worker that had begun before the deactivation may have stored an outcome meanwhile. A new connection of the
        // same name must not find it and take a record for synced.
        await RemoveAsync(partitions, cancellationToken);
        return PurgeOutcome.Done;
    }

    /// <summary>Every partition that holds something of a connection, but for the connection's own row.</summary>
    internal static IEnumerable<string> Partitions(Connection connection, DateTimeOffset now)
    {
        foreach (var flow in connection.Settings.Flows)
            yield return KeyMapRow.Partition(connection.Id, flow.Name);
        yield return CursorStore.Partition(connection.Id);
        yield return NoticeStore.Partition(connection.Id);

        // The next month is included, since the clocks of instances differ.
        foreach (var partition in Monthly(connection, now.AddMonths(1)))
            yield return partition;
    }

    /// <summary>
    /// The partitions that are named by month, from the connection's beginning to the month of <paramref name="last"/>.
    /// </summary>
    internal static IEnumerable<string> Monthly(Connection connection, DateTimeOffset last)
    {
        var first = connection.CreatedAt.ToUniversalTime().AddMonths(-1);
        for (var month = first.AddDays(1 - first.Day); month <= last; month = month.AddMonths(1))
        {
            yield return RunStore.Partition(
                connection.Id,
                month.ToString(RunStore.MonthFormat, CultureInfo.InvariantCulture)
            );
            yield return ConnectionTimeline.Partition(connection.Id, month);
        }
    }

    private sealed class HeldLeases : IAsyncDisposable
    {
        private readonly List<CompanyLease> _leases = [];

        public bool Add(CompanyLease? lease)
        {
            if (lease is not null)
                _leases.Add(lease);
            return lease is not null;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var lease in _leases)
                await lease.DisposeAsync();
        }
    }

    private async Task RemoveAsync(IEnumerable<string> partitions, CancellationToken cancellationToken)
    {
        foreach (var partition in partitions)
            await table.RemoveAsync(partition, cancellationToken);
    }
}

/// <summary>What became of a purge.</summary>
public enum PurgeOutcome
{
    /// <summary>Nothing of the connection is left.</summary>
    Done,

    /// <summary>There is no such connection.</summary>
    Unknown,

    /// <summary>
    /// A worker is busy with the company. The connection is deactivated; purge it again when the worker has ended.
    /// </summary>
    Busy,
}
