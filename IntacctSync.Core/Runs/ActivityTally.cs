using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Runs;

/// <summary>
/// Adds up, for each connection and hour (UTC), how many records were synced, how many came to need a person, and how
/// long changes took, over all instances. Counts are gathered in memory and stored some seconds later, and when the
/// host stops: a process that is killed loses those seconds. It is for people to look at, and nothing is decided by it.
/// </summary>
/// <remarks>
/// Two days are kept: the row of an hour takes the place of that of the same hour two days before, so nothing has to be
/// cleaned up.
/// </remarks>
public sealed partial class ActivityTally(ITable table, TimeProvider time, ILogger<ActivityTally> logger)
    : IPurgeable,
        IAsyncDisposable
{
    /// <summary>How many hours are kept.</summary>
    public const int Hours = 48;

    private const string Hour = "Hour";
    private const string Synced = "Synced";
    private const string Failed = "Failed";
    private const string Slowest = "SlowestSeconds";

    private static readonly TimeSpan FlushAfter = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private Dictionary<(ConnectionId Connection, long Hour), ActivityHour> _waiting = [];
    private ITimer? _timer;
    private bool _stopped;

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
        var hour = HourOf(time.GetUtcNow());
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
        var now = HourOf(time.GetUtcNow());
        var stored = new Dictionary<long, ActivityHour>();
        var page = await table.QueryAsync(new TableRange(Partition(connection)), null, Hours, cancellationToken);
        foreach (var row in page.Rows)
            stored[row.Integer(Hour) ?? 0] = Read(row);
        lock (_gate)
        {
            return
            [
                .. Enumerable
                    .Range(0, Math.Min(hours, Hours))
                    .Reverse()
                    .Select(back => now - back)
                    .Select(hour =>
                        (stored.GetValueOrDefault(hour) ?? ActivityHour.Empty(StartOf(hour))).Plus(
                            _waiting.GetValueOrDefault((connection, hour))
                        )
                    ),
            ];
        }
    }

    /// <summary>Stores what is waiting; what can't be stored waits on.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            foreach (var (key, count) in Take())
                await StoreOrKeepAsync(key, count, cancellationToken);
        }
        finally
        {
            _flushing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _stopped = true;
            _timer?.Dispose();
        }

        await FlushAsync(CancellationToken.None);
    }

    internal static string Partition(ConnectionId connection) => TableKey.Join(connection.Value, "activity");

    /// <summary>Forgets what is stored of a connection, and what waits to be stored.</summary>
    public async Task PurgeAsync(ConnectionId connection, CompanyId? company, CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            lock (_gate)
            {
                foreach (var key in _waiting.Keys.Where(key => key.Connection == connection).ToList())
                    _waiting.Remove(key);
            }

            await table.RemoveAsync(Partition(connection), cancellationToken);
        }
        finally
        {
            _flushing.Release();
        }
    }

    private Dictionary<(ConnectionId Connection, long Hour), ActivityHour> Take()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    private void Keep((ConnectionId Connection, long Hour) key, ActivityHour count)
    {
        lock (_gate)
        {
            _waiting[key] = count.Plus(_waiting.GetValueOrDefault(key));
            if (!_stopped)
                _timer ??= time.CreateTimer(
                    static tally => _ = ((ActivityTally)tally!).FlushAsync(CancellationToken.None),
                    this,
                    FlushAfter,
                    Timeout.InfiniteTimeSpan
                );
        }
    }

    private async Task StoreOrKeepAsync(
        (ConnectionId Connection, long Hour) key,
        ActivityHour count,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await StoreAsync(key, count, cancellationToken);
        }
        catch (Exception e)
        {
            LogNotStored(new LoggedException(e), key.Connection.Value);
            Keep(key, count);
        }
    }

    private async Task StoreAsync(
        (ConnectionId Connection, long Hour) key,
        ActivityHour count,
        CancellationToken cancellationToken
    )
    {
        var (partition, rowKey) = (Partition(key.Connection), RowKey(key.Hour));
        while (true)
        {
            var old = await table.GetAsync(partition, rowKey, cancellationToken);
            var sum = old is not null && old.Integer(Hour) == key.Hour ? count.Plus(Read(old)) : count;
            var row = new TableRow(
                partition,
                rowKey,
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [Hour] = key.Hour,
                    [Synced] = (long)sum.Synced,
                    [Failed] = (long)sum.Failed,
                    [Slowest] = sum.Slowest is { } slowest ? (long)slowest.TotalSeconds : null,
                }
            );
            try
            {
                await table.WriteAsync(
                    old is null ? TableWrite.Insert(row) : TableWrite.Replace(row, old.ETag),
                    cancellationToken
                );
                return;
            }
            catch (TableConflictException)
            {
                // Another instance added to the hour meanwhile, so it is read again.
            }
        }
    }

    private static ActivityHour Read(TableRow row) =>
        new(
            StartOf(row.Integer(Hour) ?? 0),
            (int)(row.Integer(Synced) ?? 0),
            (int)(row.Integer(Failed) ?? 0),
            row.Integer(Slowest) is { } seconds ? TimeSpan.FromSeconds(seconds) : null
        );

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
    public static ActivityHour Empty(DateTimeOffset at) => new(at, 0, 0, null);

    /// <summary>Both of the same hour, added up. Pure.</summary>
    public ActivityHour Plus(ActivityHour? other) =>
        other is null
            ? this
            : this with
            {
                Synced = Synced + other.Synced,
                Failed = Failed + other.Failed,
                Slowest =
                    Slowest is { } one && other.Slowest is { } two ? (one > two ? one : two) : Slowest ?? other.Slowest,
            };
}
