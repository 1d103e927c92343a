using System.Globalization;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Recoverability;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Detection.Intacct;

/// <summary>
/// Looks in Intacct's audit history for deleted records, once an hour; a query does not show deleted records. If the
/// user may not see the history, the connection's timeline says so, it is tried again each day, and everything else
/// goes on without it.
/// </summary>
public sealed partial class IntacctDeletions(
    IntacctClient intacct,
    FeedOutput output,
    DeletedRecords deleted,
    KeyMapStore keyMap,
    ConnectionTimeline timeline,
    NoticeStore notices,
    TimeProvider time,
    ILogger<IntacctDeletions> logger
)
{
    /// <summary>
    /// How long the story says nothing again of deletions that can't be read. It is no longer than a deletion is met
    /// again, as the windows overlap: one that comes during the pause is told after it.
    /// </summary>
    private static readonly TimeSpan UnreadableAgain = DeletionPosition.Trailing;

    /// <param name="connection">Whose records.</param>
    /// <param name="credentials">To sign in with.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="objects">The objects of the flow; the first is what its records are.</param>
    /// <param name="position">How far deletions have been read; null before the first time.</param>
    /// <param name="offset">The user's offset.</param>
    /// <param name="runIds">The runs that wait.</param>
    /// <param name="seen">Keeps how far deletions have been read now, window by window.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal async Task ReadAsync(
        Connection connection,
        IntacctCredentials credentials,
        FlowName flow,
        IReadOnlyList<IntacctFeed> objects,
        DeletionPosition? position,
        TimeSpan offset,
        IReadOnlyList<string> runIds,
        Func<DeletionPosition, Task> seen,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        if (position?.IsDue(now) == false)
            return;
        position ??= new DeletionPosition(connection.CreatedAt, DateTimeOffset.MinValue);
        try
        {
            foreach (var (from, to) in position.Windows(connection.CreatedAt, now).ToList())
            {
                var unreadable = await ReadWindowAsync(
                    connection,
                    credentials,
                    flow,
                    objects,
                    from,
                    to,
                    offset,
                    runIds,
                    cancellationToken
                );

                // Told before the window counts as read: it is not read again.
                await TellUnreadableAsync(connection, flow, unreadable, cancellationToken);
                if (to < now)
                    await seen(position = position with { UpTo = to });
            }

            if (position.Failed)
                await timeline.AddAsync(
                    connection.Id,
                    "deletionsSeen",
                    $"Deletions of {flow} can be read again.",
                    null,
                    cancellationToken
                );
            await seen(new DeletionPosition(now, now));
        }
        catch (IntacctException e) when (Failures.Of(e).Class != FailureClass.Authentication)
        {
            var problem = Failures.Of(e).Problem;
            var denied = e.Failure is IntacctFailure.AuditDenied or IntacctFailure.PermissionDenied;
            LogFailed(connection.Id.Value, flow.Value, problem.Code);
            if (!position.Failed || denied != position.Denied)
            {
                await timeline.AddAsync(
                    connection.Id,
                    "deletionsUnseen",
                    $"Deletions of {flow} can't be read: {problem}",
                    null,
                    cancellationToken
                );
                if (!denied)
                    await notices.AddFeedAsync(
                        connection.Id,
                        flow.Value,
                        problem with
                        {
                            Message = $"Deletions can't be read: {problem.Message}",
                        },
                        cancellationToken
                    );
            }

            await seen(position with { TriedAt = now, Denied = denied, Failed = true });
        }
    }

    /// <summary>Nobody but a person can find out what these deletions are of, so it is told by letter too.</summary>
    private async Task TellUnreadableAsync(
        Connection connection,
        FlowName flow,
        int count,
        CancellationToken cancellationToken
    )
    {
        if (count == 0)
            return;
        var problem = new Problem(
            "deletions-unreadable",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} deletions of {flow} do not say what was deleted and were passed over."
            ),
            $"Look in Intacct's audit trail for them, and correct those records in {connection.Settings.Profile.Title} "
                + "by hand."
        );

        // The windows overlap, so the same ones are met again for some hours.
        var cause = new Cause(flow.Value, problem.Code);
        var noted = await notices.ReadAsync(connection.Id, cancellationToken);
        if (
            noted.Waiting.Any(n => n.Cause == cause)
            || NotedTimes.IsWithin(
                UnreadableAgain,
                noted.Told.TryGetValue(cause, out var told) ? told : null,
                time.GetUtcNow()
            )
        )
            return;
        await timeline.AddAsync(
            connection.Id,
            "deletionsUnreadable",
            $"{problem.Message} {problem.Fix}",
            null,
            cancellationToken
        );
        await notices.AddFeedAsync(connection.Id, flow.Value, problem, cancellationToken);
    }

    /// <returns>How many deletions could not be read.</returns>
    private async Task<int> ReadWindowAsync(
        Connection connection,
        IntacctCredentials credentials,
        FlowName flow,
        IReadOnlyList<IntacctFeed> objects,
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan offset,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    )
    {
        var unreadable = 0;
        await foreach (
            var page in intacct.QueryPagesAsync(
                credentials,
                DeletedRecords.QueryOf(objects, from, to, offset),
                cancellationToken
            )
        )
        {
            var readable = page.Records.Select(DeletedRecords.TryRead).OfType<AuditDeletion>().ToList();
            unreadable += page.Records.Count - readable.Count;
            var gone = readable.DistinctBy(d => (d.ObjectType, d.Key)).ToList();
            if (gone.Count == 0)
                continue;
            var sourceIds = await deleted.SourceIdsAsync(connection.Id, flow, objects, gone, cancellationToken);
            var now = time.GetUtcNow();
            await output.SendAsync(
                connection,
                flow,
                [.. sourceIds.Select(s => EnvelopeFor(connection, flow, s.SourceId, s.At, runIds, now))],
                static (found, entry) => entry.Stored is not null && IntacctSweep.IsNew(found, entry),
                runIds,
                cancellationToken
            );
        }

        return unreadable;
    }

    /// <summary>The deletions of a window that are of records which are known here.</summary>
    /// <returns>Null where the user may not see them, which is noted.</returns>
    internal async Task<IReadOnlyList<SeenRecord>?> FindAsync(
        Connection connection,
        IntacctCredentials credentials,
        FlowName flow,
        IReadOnlyList<IntacctFeed> objects,
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan offset,
        CancellationToken cancellationToken
    )
    {
        var gone = new List<AuditDeletion>();
        var unreadable = 0;
        try
        {
            await foreach (
                var page in intacct.QueryPagesAsync(
                    credentials,
                    DeletedRecords.QueryOf(objects, from, to, offset),
                    cancellationToken
                )
            )
            {
                var readable = page.Records.Select(DeletedRecords.TryRead).OfType<AuditDeletion>().ToList();
                unreadable += page.Records.Count - readable.Count;
                gone.AddRange(readable);
            }
        }
        catch (IntacctException e) when (e.Failure is IntacctFailure.AuditDenied or IntacctFailure.PermissionDenied)
        {
            LogFailed(connection.Id.Value, flow.Value, e.Message);
            await timeline.AddAsync(
                connection.Id,
                "deletionsUnseen",
                $"Deletions of {flow} can't be read: {Failures.Of(e).Problem}",
                null,
                cancellationToken
            );
            return null;
        }

        await TellUnreadableAsync(connection, flow, unreadable, cancellationToken);
        var distinct = gone.DistinctBy(d => (d.ObjectType, d.Key)).ToList();
        if (distinct.Count == 0)
            return [];
        var found = await deleted.SourceIdsAsync(connection.Id, flow, objects, distinct, cancellationToken);
        var known = await keyMap.GetManyAsync(
            connection.Id,
            flow,
            [.. found.Select(f => f.SourceId).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        return
        [
            .. found
                .Where(f => known[f.SourceId] is { Stored: not null, Ignored: false })
                .Select(f => new SeenRecord(f.SourceId, null, f.At)),
        ];
    }

    private static Envelope EnvelopeFor(
        Connection connection,
        FlowName flow,
        string sourceId,
        string at,
        IReadOnlyList<string> runIds,
        DateTimeOffset now
    )
    {
        var record = new SyncKey(connection.Id, flow, sourceId);
        return Envelope.ForRecord(record, connection.Company, EventIds.Deletion(record, at), now) with
        {
            RunId = runIds.Count > 0 ? runIds[0] : null,
            Bulk = true,
        };
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection {Connection}: deletions of {Flow} could not be read: {Code}"
    )]
    private partial void LogFailed(string connection, string flow, string code);
}
