using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Runs;

/// <summary>
/// Forgets a connection: its state, its secrets, itself, what is queued for it, and what is kept of its company where
/// no other connection uses that. Where the queue can't be searched (Service Bus), envelopes that are still queued are
/// worked off as those of an unknown connection, which is not at all.
/// </summary>
public sealed class ConnectionPurge(
    ITable table,
    ConnectionStore connections,
    ConnectionSecrets secrets,
    CompanyLeases leases,
    LeaseOptions options,
    TransactionTally tally,
    IEnumerable<IPurgeable> places,
    TimeProvider time
)
{
    /// <summary>
    /// A purge that was broken off can be asked for again: the connection's own row stays until everything else is
    /// gone, from the bytes of the files too. Even where there is no such row any more, what is left of it is removed.
    /// </summary>
    /// <remarks>
    /// The purge holds the company's lease while it removes rows. Otherwise a worker could store an outcome, which a
    /// new connection of the same name would find.
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
        {
            // A put that broke off may have left secrets where no connection is, and a purge its last bytes.
            await secrets.DeleteAllAsync(id, cancellationToken);
            foreach (var place in places.Where(p => !p.IsShared))
                await place.PurgeAsync(id, [], cancellationToken);
            return PurgeOutcome.Unknown;
        }

        var partitions = await AllPartitionsAsync(connection, now, cancellationToken);
        if (!await RemoveAsync(connection, partitions, cancellationToken))
            return PurgeOutcome.Busy;

        var own = await OwnCompaniesAsync(connection, cancellationToken);
        foreach (var company in own)
        {
            await leases.ForgetAsync(company, cancellationToken);
            await tally.ForgetAsync(company, cancellationToken);
        }

        await CleanAsync(id, own, cancellationToken);
        await connections.DeleteAsync(id, cancellationToken);

        // A worker that had begun before the deactivation may have stored an outcome meanwhile. A new connection of the
        // same name must not find it and take a record for synced.
        await RemoveAsync(await AllPartitionsAsync(connection, now, cancellationToken), cancellationToken);
        await CleanAsync(id, own, cancellationToken);
        return PurgeOutcome.Done;
    }

    private async Task CleanAsync(
        ConnectionId id,
        IReadOnlyCollection<CompanyId> companies,
        CancellationToken cancellationToken
    )
    {
        foreach (var place in places)
            await place.PurgeAsync(id, companies, cancellationToken);
    }

    /// <returns>False when a worker is at the company.</returns>
    private async Task<bool> RemoveAsync(
        Connection connection,
        IReadOnlyList<string> partitions,
        CancellationToken cancellationToken
    )
    {
        await using var held = new HeldLeases();
        for (var slot = 0; slot < options.MaxConcurrency; slot++)
        {
            if (!held.Add(await leases.TryAcquireAsync(connection.Company, cancellationToken)))
                return false;
        }

        await RemoveAsync(partitions, cancellationToken);
        await secrets.DeleteAllAsync(connection.Id, cancellationToken);
        return true;
    }

    /// <returns>The companies that it has or had, but for those that another connection uses.</returns>
    private async Task<IReadOnlyCollection<CompanyId>> OwnCompaniesAsync(
        Connection purged,
        CancellationToken cancellationToken
    )
    {
        var own = purged.FormerCompanies.Select(c => new CompanyId(c)).Append(purged.Company).ToHashSet();
        foreach (var other in await connections.ListAsync(cancellationToken))
        {
            if (other.Id != purged.Id)
                own.Remove(other.Company);
        }

        return own;
    }

    /// <summary>
    /// The partitions of a connection with those of months that a wrong clock has noted, however far ahead. Which
    /// months those are is the last thing that is forgotten.
    /// </summary>
    private async Task<IReadOnlyList<string>> AllPartitionsAsync(
        Connection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        [
            .. Partitions(connection, now)
                .Concat(
                    (await NotedMonths.ReadAsync(table, connection.Id, cancellationToken)).SelectMany(month =>
                        OfMonth(connection.Id, month)
                    )
                )
                .Distinct(StringComparer.Ordinal),
            NotedMonths.Partition(connection.Id),
        ];

    /// <summary>Every partition that holds something of a connection, but for the connection's own row.</summary>
    internal static IEnumerable<string> Partitions(Connection connection, DateTimeOffset now)
    {
        foreach (var flow in connection.Settings.Flows)
            yield return KeyMapRow.Partition(connection.Id, flow.Name);
        yield return CursorStore.Partition(connection.Id);
        yield return NoticeStore.Partition(connection.Id);
        yield return TableKey.Join(connection.Id.Value, "nightly");
        yield return TableKey.Join(connection.Id.Value, "webhooks");

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
            foreach (var partition in OfMonth(connection.Id, month))
                yield return partition;
        }
    }

    /// <summary>The partitions that are named by a month.</summary>
    internal static IEnumerable<string> OfMonth(ConnectionId connection, DateTimeOffset month)
    {
        var name = month.ToString(RunStore.MonthFormat, CultureInfo.InvariantCulture);
        yield return RunStore.Partition(connection, name);
        yield return ConnectionTimeline.Partition(connection, month);
        yield return RunReports.Partition(connection, name);
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
