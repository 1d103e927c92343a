using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.CustomFields;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>
/// Reads the invoices and debit memos of a pass from Intacct, one call for each object. What a list has brought is not
/// read again, if it can't be older than what was last looked at.
/// </summary>
public sealed class ReceivableReader(IntacctClient intacct, NetAmounts amounts, UserTimes times)
{
    /// <summary>
    /// The documents by source id. One that is taken for deleted is not among them; one that can't be read, or is not
    /// shown yet, ends (<see cref="AbsenceVerdict"/>).
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, Receivable>> ReadAsync(
        RecordPass pass,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, Receivable>(StringComparer.Ordinal);
        var works = pass.Open.Where(w => !w.WriteBackOnly).ToList();
        foreach (var work in works.Where(w => IsFresh(pass, w)))
        {
            var (row, along) = RowSnapshot.Read(
                Receivable.ObjectOf(work.SourceId),
                "",
                (work.FreshSnapshot ?? work.Snapshot)!
            );
            Take(pass, found, work.SourceId, row, along);
        }

        var read = works.Where(w => pass.IsOpen(w.SourceId) && !found.ContainsKey(w.SourceId)).ToList();
        foreach (var kind in read.Select(w => w.SourceId).GroupBy(Receivable.ObjectOf, StringComparer.Ordinal).ToList())
        {
            foreach (var row in await RowsAsync(pass, kind.Key, [.. kind], FieldsOf(pass, kind.Key), cancellationToken))
                Take(pass, found, Receivable.SourceIdOf(kind.Key, row["RECORDNO"]!), row);
        }

        await AbsentRecords
            .OfIntacct(pass, intacct)
            .JudgeAsync(
                [.. read.Where(w => !w.IsSaidDeleted(pass[w.SourceId]))],
                found.ContainsKey,
                Receivable.ObjectOf,
                (others, token) => ShowsAnyAsync(pass, others, token),
                UpflowInvoiceDecision.MayStand,
                cancellationToken
            );
        return await amounts.AddToAsync(pass, found, cancellationToken);
    }

    /// <summary>Those among the documents, by source id, that Intacct shows.</summary>
    internal async Task<IReadOnlySet<string>> ShownAsync(
        RecordPass pass,
        IReadOnlyCollection<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in sourceIds.GroupBy(Receivable.ObjectOf, StringComparer.Ordinal))
        {
            foreach (var row in await RowsAsync(pass, kind.Key, [.. kind], ["RECORDNO"], cancellationToken))
                shown.Add(Receivable.SourceIdOf(kind.Key, row["RECORDNO"]!));
        }

        return shown;
    }

    /// <summary>When the document changed, by Intacct's clock.</summary>
    internal async Task<DateTimeOffset?> VersionAsync(
        RecordPass pass,
        Receivable? document,
        CancellationToken cancellationToken
    ) =>
        document?.Head.WhenModified is { } text
        && IntacctTime.TryParse(
            text,
            await times.OffsetAsync(
                pass.Batch.Connection,
                pass.Batch.Access.Intacct,
                pass.Batch.MayUse,
                cancellationToken
            ),
            out var time
        )
            ? time.ToUniversalTime()
            : null;

    /// <summary>
    /// Whether the row that a list brought is newer than what was last looked at, and holds all that is needed.
    /// Intacct's times are whole seconds, so a row with the same time may be the older one, unless nothing newer can be
    /// known.
    /// </summary>
    private static bool IsFresh(RecordPass pass, RecordWork work) =>
        (work.FreshSnapshot ?? work.Snapshot) is not null
        && work.Entry.MissingSince is null
        && work.SnapshotVersion is { } version
        && (
            work.Entry.Version is not { } known
            || version > known
            || (version == known && work.FreshSnapshot is not null)
        )
        && pass.Batch.Connection.Upflow().CustomFields.Invoices.Count == 0;

    private static void Take(
        RecordPass pass,
        Dictionary<string, Receivable> found,
        string sourceId,
        IntacctRecord row,
        IReadOnlyList<IntacctRecord>? along = null
    )
    {
        try
        {
            var head = ArInvoiceSummary.Read(row);
            if (head.TrxTotalEntered is null && head.TotalEntered is null)
                throw new FormatException($"Document {head.RecordNo} has no total that could be read.");
            found[sourceId] = new Receivable(sourceId, head, row) { Along = along ?? [] };
        }
        catch (FormatException e)
        {
            pass.Fail(
                sourceId,
                new Failure(
                    FailureClass.Data,
                    new Problem("invoice-unreadable", e.Message, "Correct the document in Intacct, then retry.")
                )
            );
        }
    }

    /// <summary>An adjustment has no due date, and no custom fields of invoices.</summary>
    private static IReadOnlyList<string> FieldsOf(RecordPass pass, string objectName) =>
        objectName == UpflowIds.Invoice
            ?
            [
                .. ArInvoiceSummary.Fields,
                NetAmounts.TaxSolution,
                .. CustomFieldKind.Invoice.Map(pass.Batch.Connection.Upflow().CustomFields).Keys,
            ]
            : [.. ArInvoiceSummary.Fields.Where(f => f != "WHENDUE")];

    private async Task<bool> ShowsAnyAsync(
        RecordPass pass,
        IReadOnlyList<string> sourceIds,
        CancellationToken cancellationToken
    ) => (await ShownAsync(pass, sourceIds, cancellationToken)).Count > 0;

    /// <summary>Read by key, since a query may show a record late.</summary>
    private async Task<IEnumerable<IntacctRecord>> RowsAsync(
        RecordPass pass,
        string objectName,
        IReadOnlyList<string> sourceIds,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken
    ) =>
        (
            await intacct.ReadAsync(
                pass.Batch.Access.Intacct,
                objectName,
                [.. sourceIds.Select(Receivable.RecordNoOf)],
                fields,
                cancellationToken
            )
        ).Where(r => r["RECORDNO"] is not null);
}
