using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.CustomFields;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;

namespace IntacctSync.Core.Upflow.CreditNotes;

/// <summary>
/// Reads the credit memos, negative invoices and reversed invoices of a pass from Intacct, by key: a query may show a
/// record late. What a list has just brought of a record that nobody has looked at is not read again.
/// </summary>
public sealed class CreditReader(IntacctClient intacct, NetAmounts amounts)
{
    /// <summary>
    /// What Intacct shows, by source id. A record that can't be read ends, and so does one that is not shown, unless it
    /// is believed to be deleted (<see cref="AbsenceVerdict"/>).
    /// </summary>
    internal async Task<IReadOnlyDictionary<string, Receivable>> ReadAsync(
        RecordPass pass,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, Receivable>(StringComparer.Ordinal);
        var works = pass.Open.ToList();
        var fresh = works.ToLookup(w => IsFresh(pass, w));
        foreach (var work in fresh[true])
        {
            var objectName = Receivable.ObjectOf(work.SourceId);
            var (row, along) = RowSnapshot.Read(objectName, "", work.FreshSnapshot!);
            Take(pass, found, objectName, row, along);
        }

        foreach (var kind in fresh[false].Select(w => w.SourceId).GroupBy(Receivable.ObjectOf, StringComparer.Ordinal))
        {
            foreach (var row in await ReadAsync(pass, kind.Key, [.. kind], FieldsOf(pass, kind.Key), cancellationToken))
                Take(pass, found, kind.Key, row);
        }

        await AbsentRecords
            .OfIntacct(pass, intacct)
            .JudgeAsync(
                [.. fresh[false].Where(w => !w.IsSaidDeleted(pass[w.SourceId]))],
                found.ContainsKey,
                Receivable.ObjectOf,
                (others, token) => ShowsAnyAsync(pass, others, token),
                StandingLookup.MayStand,
                cancellationToken
            );
        await AddReversalsAsync(pass, found, cancellationToken);
        return await amounts.AddToAsync(pass, found, cancellationToken);
    }

    /// <summary>
    /// Says when the reversed ones were reversed: on the day of the reversal that names an adjustment as its parent,
    /// else on the day on which the document was last changed, since nothing of it changes after.
    /// </summary>
    /// <remarks>
    /// That the reversal of an adjustment names it in PARENTPAYMENT, as that of an advance does, is [assumed]. No field
    /// is known by which that of an invoice does.
    /// </remarks>
    private async Task AddReversalsAsync(
        RecordPass pass,
        Dictionary<string, Receivable> found,
        CancellationToken cancellationToken
    )
    {
        var reversed = found.Values.Where(r => r.State == ReceivableState.Reversed).ToList();
        var days = new Dictionary<string, DateOnly?>(StringComparer.Ordinal);
        string[] adjustments = [.. reversed.Where(r => !r.IsInvoice).Select(r => r.Head.RecordNo)];
        if (adjustments.Length > 0)
        {
            var query = new IntacctQuery(UpflowIds.Adjustment, ["RECORDNO", "PARENTPAYMENT", "WHENCREATED"])
            {
                Filter = QueryFilter.In("PARENTPAYMENT", adjustments),
            };
            await foreach (var row in intacct.QueryAsync(pass.Batch.Access.Intacct, query, cancellationToken))
            {
                if (row["PARENTPAYMENT"] is not { } original)
                    continue;
                var id = UpflowIds.Of(UpflowIds.Adjustment, original);
                Guarded(pass, id, () => days[id] = row.Date("WHENCREATED"));
            }
        }

        foreach (var document in reversed)
            found[document.SourceId] = document with
            {
                ReversedOn = Latest(document.Head.Date, days.GetValueOrDefault(document.SourceId) ?? Changed(document)),
            };
    }

    private static DateOnly? Latest(DateOnly? one, DateOnly? other) => other is null || one > other ? one : other;

    /// <summary>The day of the last change, in the user's own time.</summary>
    private static DateOnly? Changed(Receivable document) =>
        document.Head.WhenModified?.Trim() is { Length: >= 10 } text
        && DateOnly.TryParseExact(
            text[..10],
            "MM/dd/yyyy",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    /// <summary>A list brings no custom fields.</summary>
    private static bool IsFresh(RecordPass pass, RecordWork work) =>
        work is { FreshSnapshot: not null, Entry.MissingSince: null }
        && (
            Receivable.ObjectOf(work.SourceId) == UpflowIds.Invoice
            || CustomFieldKind.CreditNote.Map(pass.Batch.Connection.Upflow().CustomFields).Count == 0
        );

    private static void Take(
        RecordPass pass,
        Dictionary<string, Receivable> found,
        string objectName,
        IntacctRecord row,
        IReadOnlyList<IntacctRecord>? along = null
    )
    {
        if (row["RECORDNO"] is not { } recordNo)
            return;
        var id = Receivable.SourceIdOf(objectName, recordNo);
        Guarded(
            pass,
            id,
            () =>
            {
                var head = ArInvoiceSummary.Read(row);
                if (head.TrxTotalEntered is null && head.TotalEntered is null)
                    throw new FormatException($"Document {head.RecordNo} has no total that could be read.");
                found[id] = new Receivable(id, head, row) { Along = along ?? [] };
            }
        );
    }

    /// <summary>What can't be read ends its own record.</summary>
    private static void Guarded(RecordPass pass, string id, Action read)
    {
        try
        {
            read();
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
        foreach (var kind in sourceIds.GroupBy(Receivable.ObjectOf, StringComparer.Ordinal))
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
            [.. sourceIds.Select(Receivable.RecordNoOf)],
            fields,
            cancellationToken
        );

    /// <summary>The custom fields are those of adjustments, which have no due date.</summary>
    private static IReadOnlyList<string> FieldsOf(RecordPass pass, string objectName) =>
        objectName == UpflowIds.Invoice
            ? [.. ArInvoiceSummary.Fields, NetAmounts.TaxSolution]
            :
            [
                .. ArInvoiceSummary.Fields.Where(f => f != "WHENDUE"),
                .. CustomFieldKind.CreditNote.Map(pass.Batch.Connection.Upflow().CustomFields).Keys,
            ];
}
