using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Pipeline;

/// <summary>Has people told of records that need one: in the log each time, and by e-mail when it is news.</summary>
public sealed partial class FailureReport(NoticeStore notices, EmailOptions options, ILogger<FailureReport> logger)
{
    /// <summary>
    /// Reports the records that failed. Call it before their rows are stored, so that a crash between the two loses no
    /// report. A record that had failed for the same cause before is logged again, and not e-mailed again.
    /// </summary>
    internal Task TellAsync(
        ConnectionId connection,
        FlowName flow,
        IReadOnlyDictionary<string, KeyMapEntry> before,
        IEnumerable<KeyMapEntry> after,
        CancellationToken cancellationToken
    )
    {
        var troubled = after
            .Where(e => e.State is RecordState.NeedsAction or RecordState.Dead && e.Problem is not null)
            .ToList();
        foreach (var entry in troubled)
            Log(connection, entry, entry.Problem!);
        var news = troubled
            .Where(e => before[e.Key.SourceId].Problem?.Code != e.Problem!.Code)
            .Select(e => (e.Key.SourceId, e.Problem!.Code));
        return notices.AddAsync(connection, flow, news, cancellationToken);
    }

    /// <summary>
    /// The cause and where the rest is: reasons quote what other systems say, with names and addresses of people.
    /// </summary>
    private void Log(ConnectionId connection, KeyMapEntry entry, Problem problem) =>
        LogNeedsPerson(
            connection.Value,
            entry.Key.Flow.Value,
            PersonalData.Mask(entry.Key.SourceId),
            entry.State,
            problem.Code,
            RecordLink.To(options.Links, connection, entry.Key.Flow.Value, entry.Key.SourceId)
        );

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: {Flow} {SourceId} is {State}: {Code}. Reason and fix: {Link}"
    )]
    private partial void LogNeedsPerson(
        string connection,
        string flow,
        string sourceId,
        RecordState state,
        string code,
        string link
    );
}
