using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>
/// The payments that were taken in Upflow. Its lists can't be asked for what changed, so all payments are read each
/// time, a page at a time, and each one that accounting did not send is held against what was last seen of it; then the
/// refunds, since one may not touch the payment that it pays back. Of a posted payment that no page has shown, nothing
/// else would tell: at the end it is sent to be looked at.
/// </summary>
public sealed class ReceiptFeed(
    UpflowClient upflow,
    CursorStore cursors,
    FeedOutput output,
    MissingReceipts missing,
    KnownSources sources,
    TimeProvider time
) : IChangeFeed
{
    /// <summary>A long reading stops here and goes on behind what is waiting.</summary>
    private static readonly TimeSpan LongestPart = TimeSpan.FromSeconds(2);

    /// <summary>What a reading that was interrupted has seen; another process that goes on with it lacks it.</summary>
    private readonly ConcurrentDictionary<ConnectionId, SeenSoFar> _seen = new();

    public FlowName Flow => UpflowFlows.Receipts;

    public string Begin(DateTimeOffset? since) => Write(new ListPlace(false, 0, since));

    public async Task<BackfillChunk> ReadAsync(
        Connection connection,
        ConnectionAccess access,
        string bookmark,
        int size,
        CancellationToken cancellationToken
    )
    {
        var place = JsonSerializer.Deserialize<ListPlace>(bookmark)!;
        var (page, next) = await PageAsync(access, place, RequestPriority.Bulk, cancellationToken);
        var taken = await TakenAsync(connection, page, place, cancellationToken);
        return new BackfillChunk(
            [
                .. taken
                    .Where(p => place.Since is null || p.Read.ModifiedAt is null || p.Read.ModifiedAt >= place.Since)
                    .Select(p => new SeenRecord(p.Payment, null))
                    .DistinctBy(s => s.Uid, StringComparer.Ordinal),
            ],
            next is null ? null : Write(next),
            page.Total is { } total ? Math.Max(0, total - place.Offset - page.Records.Count) : null
        );
    }

    public async Task<bool> SweepAsync(
        Connection connection,
        ConnectionAccess access,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetUtcNow();
        var cursor = await cursors.ChangeAsync(
            connection.Id,
            Flow.Value,
            c => c with { LastRunAt = started },
            cancellationToken
        );
        var place = cursor.Position is { Length: > 0 } json
            ? JsonSerializer.Deserialize<ListPlace?>(json) ?? new ListPlace(false, 0, null)
            : new ListPlace(false, 0, null);
        var seen = SeenBefore(connection.Id, place);
        ListPlace? at = place;
        while (at is not null)
        {
            if (at != place && time.GetUtcNow() - started >= LongestPart)
            {
                if (seen is not null)
                    _seen[connection.Id] = new SeenSoFar(at, seen);
                return false;
            }

            var (page, next) = await PageAsync(access, at, RequestPriority.Bulk, cancellationToken);
            if (!at.Refunds)
                seen?.UnionWith(page.Records.Select(p => UpflowIds.Own(p.Id)).OfType<string>());
            var taken = await TakenAsync(connection, page, at, cancellationToken);
            await output.SendAsync(
                connection,
                Flow,
                [.. taken.Select(p => EnvelopeFor(connection, p, runIds))],
                (found, entry) =>
                    !entry.Ignored
                    && (!entry.Knows(found.EventId) || entry.State is RecordState.Pending or RecordState.InDoubt)
                    && !ReceiptNames.WaitsWith(entry, found.EventId, started),
                runIds,
                cancellationToken
            );
            at = next;
            await cursors.ChangeAsync(
                connection.Id,
                Flow.Value,
                c => c.At(next is null ? "" : Write(next), ended: next is null, time.GetUtcNow()),
                cancellationToken
            );
        }

        if (seen is not null)
            await missing.SendAsync(connection, seen, runIds, cancellationToken);
        await output.EndAsync(connection.Id, runIds, cancellationToken);
        return true;
    }

    /// <summary>
    /// The payments that this reading has shown before it comes to a place; null where that is not known, since another
    /// process has read them.
    /// </summary>
    private HashSet<string>? SeenBefore(ConnectionId connection, ListPlace place)
    {
        var kept = _seen.TryRemove(connection, out var so) && so.Next == place ? so.Payments : null;
        return place is { Refunds: false, Offset: 0 } ? new HashSet<string>(StringComparer.Ordinal) : kept;
    }

    private async Task<(UpflowPage Page, ListPlace? Next)> PageAsync(
        ConnectionAccess access,
        ListPlace place,
        RequestPriority priority,
        CancellationToken cancellationToken
    )
    {
        var kind = place.Refunds ? UpflowKind.Refund : UpflowKind.Payment;
        var page = await upflow.PageAsync(
            access.Upflow(),
            kind,
            place.Offset,
            UpflowClient.PageSize,
            null,
            priority,
            cancellationToken
        );
        var read = place.Offset + page.Records.Count;
        var shown = page.Records.Count > 0 ? ShownBy(page) : null;
        if (shown is not null && shown == place.Before)
            throw UpflowClient.Repeats(kind, place.Offset);
        return (
            page,
            !page.IsLast ? place with { Offset = read, Before = shown }
            : place.Refunds ? null
            : place with { Refunds = true, Offset = 0, Before = null }
        );
    }

    /// <summary>Which records a page shows, so short that it is kept with the place.</summary>
    private static string ShownBy(UpflowPage page) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', page.Records.Select(r => r.Id))))
        )[..32];

    /// <summary>The payments that a page tells of, with what it tells: those that accounting did not send.</summary>
    private static IEnumerable<(string Payment, UpflowRead Read)> Taken(UpflowPage page, ListPlace place) =>
        place.Refunds
            ? page
                .Records.Where(r => r.ExternalId is null)
                .SelectMany(r => r.LinkedTransactions.Select(l => (Payment: l.Transaction, Read: r)))
                .Where(l => l.Payment.ExternalId is null && l.Payment.Id is not null)
                .Select(l => (l.Payment.Id!, l.Read))
            : page.Records.Where(p => p.ExternalId is null && p.Id is not null).Select(p => (p.Id!, p));

    /// <summary>The same, each payment by the source id that it is kept under.</summary>
    private async Task<IReadOnlyList<(string Payment, UpflowRead Read)>> TakenAsync(
        Connection connection,
        UpflowPage page,
        ListPlace place,
        CancellationToken cancellationToken
    )
    {
        var taken = Taken(page, place).ToList();
        var ids = await sources.FindAsync(connection, Flow, [.. taken.Select(t => t.Payment)], cancellationToken);
        return taken.ConvertAll(t => (ids[t.Payment], t.Read));
    }

    /// <summary>The event is the content: a payment can change twice in one second.</summary>
    private Envelope EnvelopeFor(
        Connection connection,
        (string Payment, UpflowRead Read) seen,
        IReadOnlyList<string> runIds
    )
    {
        var record = new SyncKey(connection.Id, Flow, seen.Payment);
        return Envelope.ForRecord(
            record,
            connection.Company,
            EventIds.Content(
                record,
                UpflowIds.Own(seen.Read.Id) == UpflowIds.Own(seen.Payment) ? "payments" : "refunds",
                [TextOf(seen.Read)]
            ),
            time.GetUtcNow()
        ) with
        {
            SourceVersion = seen.Read.ModifiedAt,
            Snapshot = seen.Read.CustomerId,
            RunId = runIds.Count > 0 ? runIds[0] : null,
        };
    }

    private static string TextOf(UpflowRead read) =>
        string.Create(CultureInfo.InvariantCulture, $"{read.Id} {read.ModifiedAt:O} {read.Amount} {read.AmountLinked} ")
        + string.Join(
            ' ',
            read.LinkedInvoices.Select(l => FormattableString.Invariant($"{l.Invoice.Id}={l.Amount}"))
                .Order(StringComparer.Ordinal)
        )
        + (ReceiptStates.Of(read) is var state and not ReceiptState.Taken ? $" {state}" : "");

    private static string Write(ListPlace place) => JsonSerializer.Serialize(place);

    /// <param name="Next">Where the reading goes on.</param>
    /// <param name="Payments">The payments that it has shown.</param>
    private sealed record SeenSoFar(ListPlace Next, HashSet<string> Payments);

    /// <param name="Refunds">Whether the list of refunds is being read, after that of payments.</param>
    /// <param name="Offset">Where in the list.</param>
    /// <param name="Since">What changed since then; null for all.</param>
    /// <param name="Before">What the page before showed; null at the beginning of a list.</param>
    private sealed record ListPlace(bool Refunds, int Offset, DateTimeOffset? Since, string? Before = null);
}
