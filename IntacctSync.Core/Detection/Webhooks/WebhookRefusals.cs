using System.Collections.Concurrent;
using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Detection.Webhooks;

/// <summary>
/// Counts webhooks of a connection that were refused for want of its secret, by day (UTC), over all instances. Anybody
/// can send them, so what is counted is stored a few times a minute at most, and the log tells of them once a minute.
/// </summary>
/// <remarks>
/// Two days are kept: the row of a day takes the place of that of the day before the last, so nothing has to be cleaned
/// up.
/// </remarks>
public sealed partial class WebhookRefusals(ITable table, TimeProvider time, ILogger<WebhookRefusals> logger)
    : StoredTally<(ConnectionId Connection, int Day), long>(table, time, FlushAfter),
        IPurgeable
{
    private const int Days = 2;
    private const string DayNumber = "Day";
    private const string Count = "Count";

    private static readonly TimeSpan FlushAfter = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<ConnectionId, LineAMinute> _lines = new();
    private readonly ITable _table = table;
    private readonly TimeProvider _time = time;

    /// <summary>
    /// How many were refused since midnight, UTC; those of another instance a few seconds later.
    /// </summary>
    public async Task<long> TodayAsync(ConnectionId connection, CancellationToken cancellationToken)
    {
        var key = (connection, Today());
        var (partition, row) = PlaceOf(key);
        return WithWaiting(key, Read(key, await _table.GetAsync(partition, row, cancellationToken)));
    }

    /// <summary>Forgets what is stored of a connection, and what waits to be stored.</summary>
    public Task PurgeAsync(
        ConnectionId connection,
        IReadOnlyCollection<CompanyId> companies,
        CancellationToken cancellationToken
    ) => ForgetAsync(Partition(connection), key => key.Connection == connection, cancellationToken);

    /// <param name="connection">A connection that there is.</param>
    /// <param name="reason">Why; words of this program.</param>
    internal void Add(ConnectionId connection, string reason)
    {
        Keep((connection, Today()), 1);
        if (_lines.GetOrAdd(connection, _ => new LineAMinute(_time)).Count() is > 0 and var count)
            LogRefused(connection.Value, count, reason);
    }

    internal static string Partition(ConnectionId connection) => TableKey.Join(connection.Value, "refusedWebhooks");

    protected override (string Partition, string Row) PlaceOf((ConnectionId Connection, int Day) key) =>
        (Partition(key.Connection), (key.Day % Days).ToString(CultureInfo.InvariantCulture));

    protected override Dictionary<string, object?> Write((ConnectionId Connection, int Day) key, long sum) =>
        new(StringComparer.Ordinal) { [DayNumber] = (long)key.Day, [Count] = sum };

    protected override long Read((ConnectionId Connection, int Day) key, TableRow? row) =>
        row?.Integer(DayNumber) == key.Day ? row.Integer(Count) ?? 0 : 0;

    protected override long Add(long one, long other) => one + other;

    protected override void TellNotStored(Exception why, (ConnectionId Connection, int Day) key, long sum) =>
        LogNotStored(new LoggedException(why), key.Connection.Value, sum);

    private int Today() => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime).DayNumber;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Webhooks of connection {Connection} that were refused since this was last told: {Count}. The last: "
            + "{Reason}"
    )]
    private partial void LogRefused(string connection, long count, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: that {Count} webhooks were refused could not be stored yet; it is kept"
    )]
    private partial void LogNotStored(LoggedException exception, string connection, long count);
}
