using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>
/// When a document of Order Entry is edited, Intacct deletes its invoice and makes another with the same number
/// (developer.intacct.com, Order Entry transactions). The other then takes over the counterpart, so that what is paid
/// and said of it in Upflow stays with it.
/// </summary>
/// <remarks>
/// The row that is left says who takes its counterpart, before that one does: so a crash between the two loses nothing.
/// If the document is edited again before that one has taken it, the next one does.
/// <para>
/// Numbers may repeat from customer to customer, so both are of the same customer. The former one is gone where
/// Intacct's audit history says so, or by <see cref="AbsenceVerdict"/>: until then the other waits. Where that can't be
/// told, as in a company with entities, the other is carried as an invoice of its own.
/// </para>
/// </remarks>
public sealed class ReplacedInvoices(KeyMapStore keyMap, ReceivableReader reader, IntacctClient intacct)
{
    /// <summary>How many others are asked for at most to see whether Intacct shows any.</summary>
    private const int Others = 3;

    internal async Task TakeOverAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, Receivable> documents,
        CancellationToken cancellationToken
    )
    {
        foreach (
            var document in pass
                .Open.Select(w => documents.GetValueOrDefault(w.SourceId))
                .OfType<Receivable>()
                .Where(d => d.MadeByOrderEntry && pass[d.SourceId].TargetId is null)
                .ToList()
        )
            await TakeOverAsync(pass, document, cancellationToken);
    }

    private async Task TakeOverAsync(RecordPass pass, Receivable document, CancellationToken cancellationToken)
    {
        var connection = pass.Batch.Connection.Id;
        var named = await keyMap.FindByTitleAsync(
            connection,
            UpflowFlows.Invoices,
            UpflowInvoiceMapper.Title(document),
            cancellationToken
        );
        var others = named.Where(id => id != document.SourceId).ToList();
        if (others.Count == 0)
            return;
        var rows = (await keyMap.GetManyAsync(connection, UpflowFlows.Invoices, others, cancellationToken))
            .Values.Where(r => r.Stored is not null && r.Intent is null && MayBeReplaced(r, document))
            .ToList();
        var left = rows.Find(r => InvoiceParts.Of(r.Parts).ReplacedBy == document.SourceId);
        if (left is null)
        {
            var linked = rows.FindAll(r => r.TargetId is not null);
            var shown = await reader.ShownAsync(pass, [.. linked.Select(r => r.Key.SourceId)], cancellationToken);
            left = linked.FindAll(r => !shown.Contains(r.Key.SourceId)) is [var gone]
                ? await IsGoneAsync(pass, gone, document, cancellationToken)
                    ? await LeaveAsync(pass, gone, document.SourceId, cancellationToken)
                    : null
                : linked.Count == 0
                    ? await PassOnAsync(pass, rows, document.SourceId, cancellationToken)
                    : null;
        }

        if (left is null || InvoiceParts.Of(left.Parts) is not { LeftTarget: { } target } parts)
            return;
        pass.Put(
            (pass[document.SourceId] with { TargetId = target, NaturalKey = parts.LeftKey, Hash = null }).Note(
                pass.Now,
                "tookOver",
                $"Order Entry has made {document.Number} anew: it takes over the invoice of {left.Key.SourceId}."
            )
        );
    }

    private static bool MayBeReplaced(KeyMapEntry row, Receivable document) =>
        (row.AttachedTo ?? row.Facts?.Party) == document.CustomerId
        && InvoiceParts.Of(row.Parts).IsOfOrderEntry is not false;

    /// <summary>
    /// Whether an invoice that Intacct does not show is deleted. While that is not known the other document waits.
    /// </summary>
    private async Task<bool> IsGoneAsync(
        RecordPass pass,
        KeyMapEntry gone,
        Receivable document,
        CancellationToken cancellationToken
    )
    {
        var id = gone.Key.SourceId;
        if (
            gone.EventIds.Any(EventIds.IsDeletion)
            || pass.Batch.Records.Any(w => w.SourceId == id && w.IsSaidDeleted(gone))
        )
            return true;
        var since = AbsenceVerdict.Since(gone.MissingSince, gone.MissedAt, pass.Now);
        var missingFor = pass.Passed(since);
        switch (
            AbsenceVerdict.For(
                linked: true,
                wanted: true,
                missingFor,
                AbsenceVerdict.NeedsOthers(linked: true, missingFor)
                    && await OthersTellAsync(pass, id, cancellationToken)
            )
        )
        {
            case AbsenceVerdict.Deleted:
                return true;
            case AbsenceVerdict.LookAgain again:
                // A row of the same pass keeps it by itself.
                if (pass.Batch.Records.All(w => w.SourceId != id))
                    await keyMap.SaveAsync(
                        [gone with { MissingSince = since, MissedAt = pass.Now }],
                        cancellationToken
                    );
                pass.Fail(document.SourceId, new Failure(FailureClass.Throttled, Awaited(document, id), again.After));
                return false;
            default:
                return false;
        }
    }

    /// <summary>Whether others are shown, which would not be if this one were merely hidden.</summary>
    private async Task<bool> OthersTellAsync(RecordPass pass, string id, CancellationToken cancellationToken)
    {
        var others = await pass.OthersAsync(
            o => o != id && Receivable.ObjectOf(o) == Receivable.ObjectOf(id),
            Others,
            cancellationToken
        );
        return others.Count > 0
            && (await reader.ShownAsync(pass, others, cancellationToken)).Count > 0
            && !await Entities.MayHideAsync(intacct, pass.Batch, cancellationToken);
    }

    private static Problem Awaited(Receivable document, string former) =>
        new(
            "not-shown",
            $"Order Entry may have made {document.Number} anew: Intacct does not show the invoice with the RECORDNO "
                + $"{former} any more, which has the same number and customer. That one is looked for again first.",
            "Nothing: it is looked for again by itself."
        );

    /// <summary>
    /// Names another taker for a counterpart whose first one was deleted before it took it.
    /// </summary>
    /// <returns>The row that is left; null where there is none, more than one, or somebody else wrote it
    /// meanwhile.</returns>
    private async Task<KeyMapEntry?> PassOnAsync(
        RecordPass pass,
        List<KeyMapEntry> rows,
        string replacedBy,
        CancellationToken cancellationToken
    )
    {
        var waiting = rows.FindAll(r =>
            InvoiceParts.Of(r.Parts) is { LeftTarget: not null, ReplacedBy: { } taker }
            && !rows.Exists(o => o.Key.SourceId == taker && InvoiceParts.Of(o.Parts).LeftTarget is not null)
        );
        if (waiting is not [var left])
            return null;
        var parts = InvoiceParts.Of(left.Parts);
        if ((await reader.ShownAsync(pass, [parts.ReplacedBy!], cancellationToken)).Count > 0)
            return null;
        var next = left with { Parts = (parts with { ReplacedBy = replacedBy }).ToString() };
        return (
            await keyMap.SaveAsync(
                [next.Skip(pass.Now, $"Order Entry has made it anew as {replacedBy}.")],
                cancellationToken
            )
        ).GetValueOrDefault(left.Key.SourceId);
    }

    /// <returns>The row that is left; null where somebody else wrote it meanwhile.</returns>
    private async Task<KeyMapEntry?> LeaveAsync(
        RecordPass pass,
        KeyMapEntry gone,
        string replacedBy,
        CancellationToken cancellationToken
    )
    {
        var parts = new InvoiceParts
        {
            ReplacedBy = replacedBy,
            LeftTarget = gone.TargetId,
            LeftKey = gone.NaturalKey,
        };
        var left = (
            gone with
            {
                TargetId = null,
                NaturalKey = null,
                Hash = null,
                WriteBack = WriteBack.None,
                Parts = parts.ToString(),
            }
        ).Skip(pass.Now, $"Order Entry has made it anew as {replacedBy}.");
        var saved = (await keyMap.SaveAsync([left], cancellationToken)).GetValueOrDefault(left.Key.SourceId);
        if (saved is not null && pass.Batch.Records.Any(w => w.SourceId == saved.Key.SourceId))
            pass.Put(saved);
        return saved;
    }
}
