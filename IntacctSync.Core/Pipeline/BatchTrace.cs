using System.Diagnostics;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Recoverability;

namespace IntacctSync.Core.Pipeline;

/// <summary>
/// Joins the traces of what a batch gathered. The batch's span belongs to the trace of its first envelope and is linked
/// to the others; each record has a span in the trace of its own change, linked to the batch that carried it over.
/// </summary>
internal sealed class BatchTrace : IDisposable
{
    private readonly ConnectionId _connection;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _started;
    private readonly Activity? _batch;

    public BatchTrace(ConnectionId connection, IReadOnlyList<ReceivedEnvelope> envelopes, TimeProvider time)
    {
        (_connection, _time, _started) = (connection, time, time.GetUtcNow());
        var causes = envelopes
            .Select(e => RoadTelemetry.ContextOf(e.Envelope.TraceParent))
            .OfType<ActivityContext>()
            .Distinct()
            .ToList();
        _batch = Telemetry.Source.StartActivity(
            "batch",
            ActivityKind.Consumer,
            causes.FirstOrDefault(),
            links: causes.Skip(1).Select(c => new ActivityLink(c))
        );
        _batch
            ?.SetTag("intacctsync.connection", connection.Value)
            .SetTag("messaging.batch.message_count", envelopes.Count);
    }

    /// <summary>Tells what became of records.</summary>
    public void Tell(IEnumerable<KeyValuePair<ReceivedEnvelope, Disposition>> outcomes)
    {
        foreach (var (received, disposition) in outcomes.Where(o => o.Key.Envelope.Kind == EnvelopeKind.Record))
        {
            var (envelope, outcome) = (received.Envelope, Word(disposition));
            RoadTelemetry.Record(_connection, envelope.Flow!.Value, outcome, _time.GetUtcNow() - envelope.FirstSeen);
            if (_batch is null || RoadTelemetry.ContextOf(envelope.TraceParent) is not { } cause)
                continue;
            using var span = Telemetry.Source.StartActivity(
                "record",
                ActivityKind.Consumer,
                cause,
                links: [new ActivityLink(_batch.Context)],
                startTime: _started
            );
            span?.SetTag("intacctsync.connection", _connection.Value)
                .SetTag("intacctsync.flow", envelope.Flow.Value.Value)
                .SetTag("intacctsync.source_id", envelope.SourceId)
                .SetTag("intacctsync.attempt", envelope.Attempt)
                .SetTag("intacctsync.outcome", outcome);
        }
    }

    public void Dispose() => _batch?.Dispose();

    private static string Word(Disposition disposition) =>
        disposition switch
        {
            Disposition.Complete => "done",
            Disposition.Retry => "retry",
            Disposition.NeedsAction => "needsAction",
            _ => "dead",
        };
}
