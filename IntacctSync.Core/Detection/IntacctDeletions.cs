using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Detection;

/// <summary>
/// Looks in Intacct's audit history for deleted records, once an hour; a query does not show what is gone. A user who may not see
/// it is noted in the connection's timeline and asked for again each day: everything else goes on without.
/// </summary>
public sealed partial class IntacctDeletions(
    IntacctClient intacct, FeedOutput output, RecordQuery records, ConnectionTimeline timeline, TimeProvider time, ILogger<IntacctDeletions> logger)
{
    private const int ScanPage = 200;

    /// <returns>How far deletions have been read now.</returns>
    internal async Task<DeletionPosition?> ReadAsync(
        Connection connection,
        IntacctCredentials credentials,
        FlowName flow,
        DeletionPosition? position,
        TimeSpan offset,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (position?.IsDue(now) == false)
            return position;
        position ??= new DeletionPosition(connection.CreatedAt, now);
        try
        {
            foreach (var (from, to) in position.Windows(connection.CreatedAt, now))
                await ReadWindowAsync(connection, credentials, flow, from, to, offset, runIds, cancellationToken);
            if (position.Failed)
                await timeline.AddAsync(connection.Id, "deletionsSeen", $"Deletions of {flow} can be read again.", null, cancellationToken);
            return new DeletionPosition(now, now);
        }
        catch (IntacctException e) when (Failures.Of(e).Class != FailureClass.Authentication)
        {
            var denied = e.Failure is IntacctFailure.AuditDenied or IntacctFailure.PermissionDenied;
            LogFailed(connection.Id.Value, flow.Value, e.Message);
            if (!position.Failed || denied != position.Denied)
                await timeline.AddAsync(connection.Id, "deletionsUnseen", $"Deletions of {flow} can't be read: {Failures.Of(e).Problem}", null, cancellationToken);
            return position with { TriedAt = now, Denied = denied, Failed = true };
        }
    }

    private async Task ReadWindowAsync(
        Connection connection,
        IntacctCredentials credentials,
        FlowName flow,
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan offset,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken)
    {
        var query = AuditDeletion.Query([IntacctFeed.Of(flow)[0].Object], IntacctTime.Format(from, offset));
        query = query with { Filter = QueryFilter.And(query.Filter, QueryFilter.LessThanOrEqualTo("ACCESSTIME", IntacctTime.Format(to, offset))) };
        await foreach (var page in intacct.QueryPagesAsync(credentials, query, cancellationToken))
        {
            var gone = page.Records.Select(AuditDeletion.Read).DistinctBy(d => d.Key, StringComparer.Ordinal).ToList();
            if (gone.Count == 0)
                continue;
            var sourceIds = await SourceIdsAsync(connection.Id, flow, gone, cancellationToken);
            var now = time.GetUtcNow();
            await output.SendAsync(
                connection,
                flow,
                [.. sourceIds.Select(s => EnvelopeFor(connection, flow, s.SourceId, s.At, runIds, now))],
                static (found, entry) => entry.Stored is not null && IntacctSweep.IsNew(found, entry),
                runIds,
                cancellationToken);
        }
    }

    /// <summary>
    /// The records that a deletion may be of. What is named by something else than its RECORDNO keeps that among its parts; where the
    /// key could be either, both are sent: a record that is still there is found to be there.
    /// </summary>
    private async Task<IReadOnlyList<(string SourceId, string At)>> SourceIdsAsync(
        ConnectionId connection, FlowName flow, IReadOnlyList<AuditDeletion> gone, CancellationToken cancellationToken)
    {
        var found = gone.Select(d => (SourceId: d.Key, d.At)).ToList();
        if (IntacctFeed.Of(flow)[0].SourceIdField == "RECORDNO" || gone.All(d => d.RecordNo is null))
            return found;
        var byRecordNo = gone.Where(d => d.RecordNo is not null).ToDictionary(d => d.RecordNo!, d => d.At, StringComparer.Ordinal);
        string? next = null;
        do
        {
            var page = await records.ListAsync(connection, flow, null, null, next, ScanPage, cancellationToken);
            found.AddRange(page.Items.Where(e => e.Parts is not null && byRecordNo.ContainsKey(e.Parts)).Select(e => (e.Key.SourceId, byRecordNo[e.Parts!])));
            next = page.Next;
        }
        while (next is not null);

        return [.. found.DistinctBy(f => f.SourceId, StringComparer.Ordinal)];
    }

    private static Envelope EnvelopeFor(
        Connection connection, FlowName flow, string sourceId, string at, IReadOnlyList<string> runIds, DateTimeOffset now) => new()
        {
            Kind = EnvelopeKind.Record,
            Connection = connection.Id,
            Company = connection.Company,
            Flow = flow,
            SourceId = sourceId,
            RunId = runIds.Count > 0 ? runIds[0] : null,
            EventId = Envelope.DeletionPrefix + ShortHash.Of(string.Create(CultureInfo.InvariantCulture, $"{connection.Id}\n{flow}\n{sourceId}\n{at}"), 26),
            FirstSeen = now,
            Bulk = true,
        };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {Connection}: deletions of {Flow} could not be read: {Reason}")]
    private partial void LogFailed(string connection, string flow, string reason);
}
