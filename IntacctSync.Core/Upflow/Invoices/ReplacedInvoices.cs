using IntacctSync.Core.Flows;
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
/// </remarks>
public sealed class ReplacedInvoices(KeyMapStore keyMap, ReceivableReader reader)
{
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
            .Values.Where(r => r.Stored is not null && r.Intent is null)
            .ToList();
        var left = rows.Find(r => InvoiceParts.Of(r.Parts).ReplacedBy == document.SourceId);
        if (left is null)
        {
            var linked = rows.FindAll(r => r.TargetId is not null);
            var shown = await reader.ShownAsync(pass, [.. linked.Select(r => r.Key.SourceId)], cancellationToken);
            left =
                linked.FindAll(r => !shown.Contains(r.Key.SourceId)) is [var gone]
                    ? await LeaveAsync(pass, gone, document.SourceId, cancellationToken)
                : linked.Count == 0 ? await PassOnAsync(pass, rows, document.SourceId, cancellationToken)
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
