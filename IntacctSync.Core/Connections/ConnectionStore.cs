using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;

namespace IntacctSync.Core.Connections;

/// <summary>
/// Stores connections. If two change one at the same time, the second change is made again on the result of the first.
/// Times that lie ahead, since the clock was set back, are noted anew when they are read.
/// </summary>
public sealed class ConnectionStore(ITable table, AppProfiles apps, TimeProvider time, NotedTimes noted)
{
    private const string Partition = "connections";

    public async Task<Connection?> GetAsync(ConnectionId id, CancellationToken cancellationToken)
    {
        var row = await table.GetAsync(Partition, TableKey.Escape(id.Value), cancellationToken);
        return row is null ? null : await HeldAsync(Read(row), cancellationToken);
    }

    public async Task<IReadOnlyList<Connection>> ListAsync(CancellationToken cancellationToken)
    {
        var connections = new List<Connection>();
        string? continuation = null;
        do
        {
            var page = await table.QueryAsync(new TableRange(Partition), continuation, 100, cancellationToken);
            foreach (var row in page.Rows)
            {
                if (await HeldAsync(Read(row), cancellationToken) is { } connection)
                    connections.Add(connection);
            }

            continuation = page.Continuation;
        } while (continuation is not null);

        return connections;
    }

    /// <summary>Stores the settings. New settings end a stop: what was refused may be right now.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    /// <returns>The connection, and whether it is new.</returns>
    public async Task<(Connection Connection, bool Created)> PutAsync(
        ConnectionId id,
        ConnectionSettings settings,
        CancellationToken cancellationToken
    ) => (await TryPutAsync(id, settings, static c => c, cancellationToken))!.Value;

    /// <summary>The same, with what else is changed by the same write.</summary>
    /// <returns>Null where <paramref name="also"/> gave null: nothing was written.</returns>
    internal async Task<(Connection Connection, bool Created)?> TryPutAsync(
        ConnectionId id,
        ConnectionSettings settings,
        Func<Connection, Connection?> also,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var old = await GetAsync(id, cancellationToken);
            var connection = old is null
                ? InShadow(
                    new Connection
                    {
                        Id = id,
                        Settings = settings,
                        CreatedAt = time.GetUtcNow(),
                    },
                    time.GetUtcNow()
                )
                : InShadow(
                    old with
                    {
                        Settings = settings,
                        Stop = null,
                        Revision = old.Revision + 1,
                        FormerCompanies = FormerCompanies(old, settings),
                        SwitchedOn = SwitchedOn(old, settings, time.GetUtcNow()),
                    },
                    time.GetUtcNow()
                );
            if (also(connection) is not { } whole)
                return null;
            if (await TrySaveAsync(whole, cancellationToken) is { } saved)
                return (saved, old is null);
        }
    }

    private static IReadOnlyList<string> FormerCompanies(Connection old, ConnectionSettings settings) =>
        new CompanyId(settings.Intacct.CompanyId) == old.Company
            ? old.FormerCompanies
            : [.. old.FormerCompanies.Append(old.Company.Value).Distinct(StringComparer.Ordinal)];

    /// <returns>The connection as it is now, or null where there is none.</returns>
    public async Task<Connection?> ChangeAsync(
        ConnectionId id,
        Func<Connection, Connection> change,
        CancellationToken cancellationToken
    )
    {
        while (await GetAsync(id, cancellationToken) is { } old)
        {
            var changed = change(old);
            if (changed == old)
                return old;
            if (await TrySaveAsync(changed, cancellationToken) is { } saved)
                return saved;
        }

        return null;
    }

    public Task DeleteAsync(ConnectionId id, CancellationToken cancellationToken) =>
        table.WriteAsync(TableWrite.DeleteIfThere(Partition, TableKey.Escape(id.Value)), cancellationToken);

    /// <summary>
    /// Notes when shadow mode began. If the changes of an earlier shadow mode are not carried over yet, its beginning
    /// stays.
    /// </summary>
    private static Connection InShadow(Connection connection, DateTimeOffset now) =>
        connection.Settings.Mode == SyncMode.Shadow
            ? connection with
            {
                ShadowSince = connection.ShadowSince ?? now,
                ShadowPaid = [],
            }
            : connection;

    /// <summary>Notes of each flow that was off and is on now that it was switched on now.</summary>
    private static IReadOnlyDictionary<string, DateTimeOffset> SwitchedOn(
        Connection old,
        ConnectionSettings settings,
        DateTimeOffset now
    )
    {
        var flows = settings
            .Profile.Flows.Select(f => f.Name)
            .Where(f => settings.Syncs(f) && !old.Settings.Syncs(f))
            .ToList();
        if (flows.Count == 0)
            return old.SwitchedOn;
        var switched = new Dictionary<string, DateTimeOffset>(old.SwitchedOn, StringComparer.Ordinal);
        foreach (var flow in flows)
            switched[flow.Value] = now;
        return switched;
    }

    private async Task<Connection?> HeldAsync(Connection stored, CancellationToken cancellationToken)
    {
        var held = stored.HeldAgainst(time.GetUtcNow());
        if (ReferenceEquals(held, stored))
            return stored;
        noted.TellAhead($"the beginning of connection {held.Id}", stored.CreatedAt);
        noted.TellAhead($"the deactivation of connection {held.Id}", stored.DeactivatedAt);
        noted.TellAhead($"what connection {held.Id} owes", stored.ShadowSince);
        noted.TellAhead($"the next probe of connection {held.Id}", stored.Stop?.NextProbeAt);
        return await TrySaveAsync(held, cancellationToken) ?? await GetAsync(held.Id, cancellationToken);
    }

    private async Task<Connection?> TrySaveAsync(Connection connection, CancellationToken cancellationToken)
    {
        var row = Write(connection);
        try
        {
            var etag = await table.WriteAsync(
                connection.ETag.Length == 0 ? TableWrite.Insert(row) : TableWrite.Replace(row, connection.ETag),
                cancellationToken
            );
            return connection with { ETag = etag };
        }
        catch (TableConflictException)
        {
            return null;
        }
    }

    private static TableRow Write(Connection connection) =>
        new(
            Partition,
            TableKey.Escape(connection.Id.Value),
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["Id"] = connection.Id.Value,
                ["Settings"] = ConnectionJson.Write(connection.Settings),
                ["CreatedAt"] = connection.CreatedAt,
                ["Active"] = connection.Active,
                ["DeactivatedAt"] = connection.DeactivatedAt,
                ["Stop"] = connection.Stop is null
                    ? null
                    : JsonSerializer.Serialize(connection.Stop, ConnectionJson.Options),
                ["Revision"] = connection.Revision,
                ["SecretsEntry"] = connection.SecretsEntry,
                ["SecretsMover"] = connection.SecretsMover,
                ["SecretsMoverUntil"] = connection.SecretsMoverUntil,
                ["ReplacedUntil"] = connection.ReplacedUntil,
                ["FormerCompanies"] =
                    connection.FormerCompanies.Count == 0 ? null : string.Join('\n', connection.FormerCompanies),
                ["AccountIdentity"] = connection.AccountIdentity,
                ["ProvenKey"] = connection.ProvenKey,
                ["SwitchedOn"] =
                    connection.SwitchedOn.Count == 0
                        ? null
                        : JsonSerializer.Serialize(connection.SwitchedOn, ConnectionJson.Options),
                ["CaughtUp"] = JsonSerializer.Serialize(connection.CaughtUp, ConnectionJson.Options),
                ["ShadowSince"] = connection.ShadowSince,
                ["ShadowPaid"] = connection.ShadowPaid.Count == 0 ? null : string.Join(' ', connection.ShadowPaid),
            }
        );

    private static IReadOnlyDictionary<string, DateTimeOffset> Times(string? text) =>
        text is null
            ? Connection.NeverSwitched
            : JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(text, ConnectionJson.Options)!;

    private Connection Read(TableRow row) =>
        new()
        {
            Id = ConnectionId.Parse(row.Text("Id")!),
            Settings = ConnectionJson.Read(row.Text("Settings")!, apps),
            CreatedAt = row.Time("CreatedAt")!.Value,
            Active = row.Flag("Active") ?? true,
            DeactivatedAt = row.Time("DeactivatedAt"),
            Stop = row.Text("Stop") is { } stop
                ? JsonSerializer.Deserialize<ConnectionStop>(stop, ConnectionJson.Options)
                : null,
            SwitchedOn = Times(row.Text("SwitchedOn")),

            // A row of a former program does not say. Its flows may have been switched on years ago, and nobody asked
            // for what they missed then.
            CaughtUp = Times(row.Text("CaughtUp") ?? row.Text("SwitchedOn")),
            SecretsEntry = row.Text("SecretsEntry"),
            SecretsMover = row.Text("SecretsMover"),
            SecretsMoverUntil = row.Time("SecretsMoverUntil"),
            ReplacedUntil = row.Time("ReplacedUntil"),
            FormerCompanies = row.Text("FormerCompanies")?.Split('\n') ?? [],
            AccountIdentity = row.Text("AccountIdentity"),
            ProvenKey = row.Text("ProvenKey"),
            ShadowSince = row.Time("ShadowSince"),
            ShadowPaid = row.Text("ShadowPaid")?.Split(' ') ?? [],
            Revision = (int)(row.Integer("Revision") ?? 1),
            ETag = row.ETag,
        };
}
