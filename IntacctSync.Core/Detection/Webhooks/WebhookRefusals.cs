using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Detection.Webhooks;

/// <summary>
/// Counts webhooks of a connection that were refused for want of its secret, in this process. Anybody can send them, so
/// the log tells of them once a minute at most.
/// </summary>
public sealed partial class WebhookRefusals(TimeProvider time, ILogger<WebhookRefusals> logger)
{
    private readonly ConcurrentDictionary<ConnectionId, Tally> _tallies = new();

    /// <summary>How many were refused since midnight, UTC.</summary>
    public long Today(ConnectionId connection) => _tallies.TryGetValue(connection, out var tally) ? tally.Of(Day()) : 0;

    /// <param name="connection">A connection that there is.</param>
    /// <param name="reason">Why; words of this program.</param>
    internal void Add(ConnectionId connection, string reason)
    {
        var tally = _tallies.GetOrAdd(connection, _ => new Tally(time));
        tally.Add(Day());
        if (tally.Line.Count() is > 0 and var count)
            LogRefused(connection.Value, count, reason);
    }

    private DateOnly Day() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Webhooks of connection {Connection} that were refused since this was last told: {Count}. The last: "
            + "{Reason}"
    )]
    private partial void LogRefused(string connection, long count, string reason);

    private sealed class Tally(TimeProvider time)
    {
        private readonly Lock _gate = new();
        private DateOnly _day;
        private long _count;

        public LineAMinute Line { get; } = new(time);

        public void Add(DateOnly day)
        {
            lock (_gate)
                (_day, _count) = (day, _day == day ? _count + 1 : 1);
        }

        public long Of(DateOnly day)
        {
            lock (_gate)
                return _day == day ? _count : 0;
        }
    }
}
