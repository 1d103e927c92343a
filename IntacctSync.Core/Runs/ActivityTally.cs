using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Runs;

/// <summary>
/// Adds up, for each connection and hour (UTC), how many records were synced, how many came to need a person, and how
/// long changes took, over all instances.
/// </summary>
/// <remarks>
/// Two days are kept: the row of an hour takes the place of that of the same hour two days before, so nothing has to be
/// cleaned up.
/// </remarks>
public sealed partial class ActivityTally(ITable table, TimeProvider time, ILogger<ActivityTally> logger)
    : StoredTally<(ConnectionId Connection, long Hour), ActivityHour>(table, time, FlushAfter),
        IPurgeable
{
    /// <summary>How many hours are kept.</summary>
    public const int Hours = 48;

    private const string Hour = "Hour";
    private const string Synced = "Synced";
    private const string Failed = "Failed";
    private const string Slowest = "SlowestSeconds";

    private static readonly TimeSpan FlushAfter = TimeSpan.FromSeconds(15);

    private readonly ITable _table = table;
    private readonly TimeProvider _time = time;

    /// <summary>Counts records that were worked off just now.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="synced">How many were carried over.</param>
    /// <param name="failed">How many came to need a person, or were given up.</param>
    /// <param name="slowest">How long the slowest change of them took, from when it was seen until it was carried
    /// over; null where none was a change.</param>
    public void Add(ConnectionId connection, int synced, int failed, TimeSpan? slowest)
    {
        if (synced == 0 && failed == 0)
            return;
        var hour = HourOf(_time.GetUtcNow());
        Keep((connection, hour), new ActivityHour(StartOf(hour), synced, failed, slowest));
    }

    /// <summary>
    /// The last hours, oldest first, the present one last; an hour without work has noughts.
    /// </summary>
    public async Task<IReadOnlyList<ActivityHour>> ReadAsync(
        ConnectionId connection,
        int hours,
        CancellationToken cancellationToken
    )
    {
        var now = HourOf(_time.GetUtcNow());
        var page = await _table.QueryAsync(new TableRange(Partition(connection)), null, Hours, cancellationToken);
        var rows = page.Rows.ToDictionary(row => row.RowKey, StringComparer.Ordinal);
        return
        [
            .. Enumerable
                .Range(0, Math.Min(hours, Hours))
                .Reverse()
                .Select(back => (Connection: connection, Hour: now - back))
                .Select(key => WithWaiting(key, Read(key, rows.GetValueOrDefault(RowKey(key.Hour))))),
        ];
    }

    /// <summary>Forgets what is stored of a connection, and what waits to be stored.</summary>
    public Task PurgeAsync(
        ConnectionId connection,
        IReadOnlyCollection<CompanyId> companies,
        CancellationToken cancellationToken
    ) => ForgetAsync(Partition(connection), key => key.Connection == connection, cancellationToken);

    internal static string Partition(ConnectionId connection) => TableKey.Join(connection.Value, "activity");

    protected override (string Partition, string Row) PlaceOf((ConnectionId Connection, long Hour) key) =>
        (Partition(key.Connection), RowKey(key.Hour));

    protected override Dictionary<string, object?> Write((ConnectionId Connection, long Hour) key, ActivityHour sum) =>
        new(StringComparer.Ordinal)
        {
            [Hour] = key.Hour,
            [Synced] = (long)sum.Synced,
            [Failed] = (long)sum.Failed,
            [Slowest] = sum.Slowest is { } slowest ? (long)slowest.TotalSeconds : null,
        };

    protected override ActivityHour Read((ConnectionId Connection, long Hour) key, TableRow? row) =>
        row?.Integer(Hour) == key.Hour
            ? new ActivityHour(
                StartOf(key.Hour),
                (int)(row.Integer(Synced) ?? 0),
                (int)(row.Integer(Failed) ?? 0),
                row.Integer(Slowest) is { } seconds ? TimeSpan.FromSeconds(seconds) : null
            )
            : new ActivityHour(StartOf(key.Hour), 0, 0, null);

    protected override ActivityHour Add(ActivityHour one, ActivityHour other) => one.Plus(other);

    protected override void TellNotStored(Exception why, (ConnectionId Connection, long Hour) key, ActivityHour sum) =>
        LogNotStored(new LoggedException(why), key.Connection.Value);

    private static long HourOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerHour;

    private static DateTimeOffset StartOf(long hour) => new(hour * TimeSpan.TicksPerHour, TimeSpan.Zero);

    private static string RowKey(long hour) => (hour % Hours).ToString("00", CultureInfo.InvariantCulture);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: what it did in this hour could not be stored yet; it is kept"
    )]
    private partial void LogNotStored(LoggedException exception, string connection);
}

/// <summary>What a connection did in an hour.</summary>
/// <param name="At">When it began.</param>
/// <param name="Synced">How many records were carried over.</param>
/// <param name="Failed">How many came to need a person, or were given up.</param>
/// <param name="Slowest">How long the slowest change took; null where there was none.</param>
public sealed record ActivityHour(DateTimeOffset At, int Synced, int Failed, TimeSpan? Slowest)
{
    /// <summary>Both of the same hour, added up. Pure.</summary>
    public ActivityHour Plus(ActivityHour other) =>
        this with
        {
            Synced = Synced + other.Synced,
            Failed = Failed + other.Failed,
            Slowest =
                Slowest is { } one && other.Slowest is { } two ? (one > two ? one : two) : Slowest ?? other.Slowest,
        };
}
