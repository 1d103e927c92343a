using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.CreditNotes;

/// <summary>
/// Reads the credit memos, negative invoices and reversed invoices of a pass from Intacct: one query for each object.
/// What a list has just brought of a record that nobody has looked at is not read again.
/// </summary>
public sealed class CreditReader(IntacctClient intacct)
{
    /// <summary>An adjustment has no due date.</summary>
    private static readonly string[] AdjustmentFields = [.. ArInvoiceSummary.Fields.Where(f => f != "WHENDUE")];

    /// <summary>
    /// The heads that Intacct shows, by source id. A record that can't be read ends, and so does one that is not shown,
    /// unless it is believed to be deleted (<see cref="AbsenceVerdict"/>).
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, ArInvoiceSummary>> ReadAsync(
        RecordPass pass,
        CancellationToken cancellationToken
    )
    {
        var heads = new Dictionary<string, ArInvoiceSummary>(StringComparer.Ordinal);
        var works = pass.Open.ToList();
        foreach (var work in works.Where(w => w.FreshSnapshot is not null))
            Take(pass, heads, ObjectOf(work.SourceId), RowSnapshot.Read(ObjectOf(work.SourceId), work.FreshSnapshot!));
        foreach (
            var kind in works
                .Where(w => w.FreshSnapshot is null)
                .Select(w => w.SourceId)
                .GroupBy(ObjectOf, StringComparer.Ordinal)
        )
        {
            var query = new IntacctQuery(kind.Key, FieldsOf(kind.Key))
            {
                Filter = QueryFilter.In("RECORDNO", [.. kind.Select(RecordNoOf)]),
            };
            await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
                Take(pass, heads, kind.Key, row);
        }

        await ConfirmAsync(pass, heads, cancellationToken);
        await AbsentRecords
            .OfIntacct(pass)
            .JudgeAsync(
                [.. works.Where(w => !w.IsSaidDeleted(pass[w.SourceId]))],
                heads.ContainsKey,
                static _ => true,
                (others, token) => ShowsAnyAsync(pass, others, token),
                cancellationToken
            );
        return heads;
    }

    /// <summary>
    /// A query may show a record late. One that stands in Upflow and is not shown is therefore read by key, which is
    /// not delayed.
    /// </summary>
    private async Task ConfirmAsync(
        RecordPass pass,
        Dictionary<string, ArInvoiceSummary> heads,
        CancellationToken cancellationToken
    )
    {
        var unseen = pass
            .Open.Where(w => pass[w.SourceId].Parts is { Length: > 0 } && !heads.ContainsKey(w.SourceId))
            .Select(w => w.SourceId);
        foreach (var kind in unseen.GroupBy(ObjectOf, StringComparer.Ordinal))
        {
            foreach (var row in await ReadAsync(pass, kind.Key, [.. kind], FieldsOf(kind.Key), cancellationToken))
                Take(pass, heads, kind.Key, row);
        }
    }

    private static void Take(
        RecordPass pass,
        Dictionary<string, ArInvoiceSummary> heads,
        string objectName,
        IntacctRecord row
    )
    {
        if (row["RECORDNO"] is not { } recordNo)
            return;
        var id = objectName == UpflowIds.Invoice ? recordNo : UpflowIds.Of(objectName, recordNo);
        try
        {
            heads[id] = ArInvoiceSummary.Read(row);
        }
        catch (FormatException e)
        {
            pass.Fail(
                id,
                new Failure(
                    FailureClass.Data,
                    new Problem("credit-note-unreadable", e.Message, "Correct the document in Intacct, then retry.")
                )
            );
        }
    }

    private async Task<bool> ShowsAnyAsync(
        RecordPass pass,
        IReadOnlyList<string> sourceIds,
        CancellationToken cancellationToken
    )
    {
        foreach (var kind in sourceIds.GroupBy(ObjectOf, StringComparer.Ordinal))
        {
            if ((await ReadAsync(pass, kind.Key, [.. kind], ["RECORDNO"], cancellationToken)).Count > 0)
                return true;
        }

        return false;
    }

    private Task<IReadOnlyList<IntacctRecord>> ReadAsync(
        RecordPass pass,
        string objectName,
        IReadOnlyList<string> sourceIds,
        IReadOnlyList<string> fields,
        CancellationToken cancellationToken
    ) =>
        intacct.ReadAsync(
            pass.Batch.Access.Intacct,
            objectName,
            [.. sourceIds.Select(RecordNoOf)],
            fields,
            cancellationToken
        );

    private static string ObjectOf(string sourceId) => UpflowIds.Parse(sourceId)?.Object ?? UpflowIds.Invoice;

    private static string RecordNoOf(string sourceId) => UpflowIds.Parse(sourceId)?.RecordNo ?? sourceId;

    private static IReadOnlyList<string> FieldsOf(string objectName) =>
        objectName == UpflowIds.Invoice ? ArInvoiceSummary.Fields : AdjustmentFields;
}
