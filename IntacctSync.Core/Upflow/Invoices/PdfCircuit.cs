using System.Collections.Concurrent;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Errors;
using IntacctSync.Core.Notifications;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>
/// Keeps the PDFs of a connection back while they are refused for all of its invoices: its user may not print, Upflow
/// does not take any, or several invoices in a row were refused. People are told once, and some are tried again after
/// growing pauses. It is known to this process only; another one finds out by itself.
/// </summary>
public sealed class PdfCircuit(NoticeStore notices, ConnectionTimeline timeline, TimeProvider time)
{
    /// <summary>So many different invoices, and none between them that went well, stand for all.</summary>
    private const int InARow = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<ConnectionId, Refused> _refused = new();

    /// <summary>Until when no PDF of the connection is tried; null where they are.</summary>
    /// <param name="connection">Whose.</param>
    /// <param name="askedAt">When a person asked for the invoice. It is tried where none was refused since.</param>
    internal DateTimeOffset? RestsUntil(ConnectionId connection, DateTimeOffset? askedAt = null) =>
        _refused.TryGetValue(connection, out var refused)
        && !(askedAt > refused.At)
        && NotedTimes.Lasts(refused.Until, LongestPause, time.GetUtcNow())
            ? refused.Until
            : null;

    /// <summary>One was refused.</summary>
    /// <param name="connection">Whose.</param>
    /// <param name="sourceId">Of which invoice.</param>
    /// <param name="problem">What was said.</param>
    /// <param name="ofAll">Whether what was said concerns every invoice.</param>
    /// <param name="cancellationToken">Stops telling.</param>
    internal async Task RefusedAsync(
        ConnectionId connection,
        string sourceId,
        Problem problem,
        bool ofAll,
        CancellationToken cancellationToken
    )
    {
        var before = _refused.GetValueOrDefault(connection) ?? new Refused([], null, null, TimeSpan.Zero);
        string[] invoices = [.. before.Invoices.Append(sourceId).Distinct(StringComparer.Ordinal)];
        if (!ofAll && invoices.Length < InARow)
        {
            _refused[connection] = before with { Invoices = invoices };
            return;
        }

        // One that a person asked for is tried while the others rest. If it is refused as well, the others'
        // rest is not prolonged.
        var now = time.GetUtcNow();
        if (NotedTimes.Lasts(before.Until, LongestPause, now))
        {
            _refused[connection] = before with { Invoices = [], At = now };
            return;
        }

        var pause = before.Pause == TimeSpan.Zero ? FirstPause : before.Pause * 2;
        pause = pause < LongestPause ? pause : LongestPause;
        if (before.Pause == TimeSpan.Zero)
        {
            var told = OfAll(problem);
            await timeline.AddAsync(connection, "pdfsRefused", told.ToString(), null, cancellationToken);
            await notices.AddFeedAsync(connection, UpflowFlows.Invoices.Value, told, cancellationToken);
        }

        // Others are tried next, so that a few bad ones do not stand in the way of the good ones.
        _refused[connection] = new Refused([], now, now + pause, pause);
    }

    /// <summary>One was carried over, so not all are refused.</summary>
    internal async Task CarriedAsync(ConnectionId connection, CancellationToken cancellationToken)
    {
        if (_refused.TryRemove(connection, out var refused) && refused.Until is not null)
            await timeline.AddAsync(
                connection,
                "pdfsCarried",
                "PDFs of invoices are carried over again.",
                null,
                cancellationToken
            );
    }

    private static Problem OfAll(Problem problem) =>
        new(
            "upflow-pdfs-refused",
            $"Invoices go to Upflow without their PDFs, as these are refused: {problem.Message}",
            (
                problem.Code == IntacctFailures.PermissionCode
                    ? "Let the role of the Web Services user print invoices in Intacct."
                    : problem.Fix
            )
                + " Or set syncPdfs to false. What waits is tried again by itself for three days; afterwards, run "
                + "upflow-invoices in full."
        );

    /// <param name="Invoices">Those that were refused in a row.</param>
    /// <param name="At">When that was taken for a refusal of all, or one that a person asked for was refused since;
    /// null while it is not.</param>
    /// <param name="Until">When some are tried again; null while all are tried.</param>
    /// <param name="Pause">How long the last pause was.</param>
    private sealed record Refused(
        IReadOnlyList<string> Invoices,
        DateTimeOffset? At,
        DateTimeOffset? Until,
        TimeSpan Pause
    );
}
