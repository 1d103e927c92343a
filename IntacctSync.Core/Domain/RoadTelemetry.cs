using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IntacctSync.Core.Domain;

/// <summary>The metrics of the road itself. docs/telemetry.md says what each is for.</summary>
public static class RoadTelemetry
{
    private static readonly Counter<long> Webhooks = Telemetry.Meter.CreateCounter<long>(
        "intacctsync.webhooks",
        "{webhook}"
    );

    private static readonly Counter<long> WrongKeys = Telemetry.Meter.CreateCounter<long>(
        "intacctsync.keys.refused",
        "{call}"
    );

    private static readonly Counter<long> Polls = Telemetry.Meter.CreateCounter<long>("intacctsync.polls", "{poll}");

    private static readonly Counter<long> Records = Telemetry.Meter.CreateCounter<long>(
        "intacctsync.records",
        "{record}"
    );

    private static readonly Histogram<double> Delay = Telemetry.Meter.CreateHistogram<double>(
        "intacctsync.record.delay",
        "s"
    );

    private static readonly Counter<long> Failures = Telemetry.Meter.CreateCounter<long>(
        "intacctsync.failures",
        "{failure}"
    );

    private static readonly Gauge<long> State = Telemetry.Meter.CreateGauge<long>(
        "intacctsync.records.state",
        "{record}"
    );

    private static readonly Gauge<double> Lag = Telemetry.Meter.CreateGauge<double>("intacctsync.lag", "s");

    private static readonly Gauge<long> Stopped = Telemetry.Meter.CreateGauge<long>(
        "intacctsync.connection.stopped",
        "{connection}"
    );

    /// <summary>A webhook was answered.</summary>
    public static void Webhook(ConnectionId connection, string status) =>
        Webhooks.Add(1, Of(connection), new("intacctsync.status", status));

    /// <summary>A call of the operations came without the right key.</summary>
    public static void WrongKey() => WrongKeys.Add(1);

    /// <summary>A feed was due.</summary>
    /// <param name="connection">Whose feed.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="sent">False where the poll before it still waits.</param>
    public static void Poll(ConnectionId connection, FlowName flow, bool sent) =>
        Polls.Add(1, Of(connection), Of(flow), new("intacctsync.outcome", sent ? "sent" : "waiting"));

    /// <summary>A record's envelope was given its disposition.</summary>
    /// <param name="connection">Whose record.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="outcome"><c>done</c>, <c>retry</c>, <c>needsAction</c> or <c>dead</c>.</param>
    /// <param name="delay">The time since its change was first seen.</param>
    public static void Record(ConnectionId connection, FlowName flow, string outcome, TimeSpan delay)
    {
        Records.Add(1, Of(connection), Of(flow), new("intacctsync.outcome", outcome));
        if (outcome == "done")
            Delay.Record(Math.Max(0, delay.TotalSeconds), Of(connection), Of(flow));
    }

    /// <summary>Something failed for a record or a feed, whatever becomes of it.</summary>
    public static void Failure(ConnectionId connection, string flow, string code) =>
        Failures.Add(1, Of(connection), new("intacctsync.flow", flow), new("intacctsync.code", code));

    /// <summary>How many records are in a state now.</summary>
    public static void Count(ConnectionId connection, FlowName flow, string state, int count) =>
        State.Record(count, Of(connection), Of(flow), new("intacctsync.state", state));

    /// <summary>How long the record that has waited longest has waited; zero when none waits.</summary>
    public static void Waiting(ConnectionId connection, FlowName flow, TimeSpan lag) =>
        Lag.Record(Math.Max(0, lag.TotalSeconds), Of(connection), Of(flow));

    /// <summary>Whether a connection is stopped because a sign-in was refused.</summary>
    public static void Stop(ConnectionId connection, bool stopped) => Stopped.Record(stopped ? 1 : 0, Of(connection));

    /// <summary>What a caller's trace is known by; null for none or an unreadable one.</summary>
    public static ActivityContext? ContextOf(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : null;

    private static KeyValuePair<string, object?> Of(ConnectionId connection) =>
        new("intacctsync.connection", connection.Value);

    private static KeyValuePair<string, object?> Of(FlowName flow) => new("intacctsync.flow", flow.Value);
}
