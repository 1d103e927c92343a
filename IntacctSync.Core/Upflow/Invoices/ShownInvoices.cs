using IntacctSync.Core.Flows;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>
/// Looks in Upflow for invoices that are no longer owed and whose rows do not know of a counterpart, as after the loss
/// of the store or the return of an older copy: one that stands there would stay open for ever.
/// </summary>
public sealed class ShownInvoices(ShownRecords shown)
{
    /// <summary>Puts what Upflow shows into the rows. A record that can't be asked about ends.</summary>
    internal async Task FindAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, Receivable> documents,
        CancellationToken cancellationToken
    )
    {
        var asked = pass
            .Open.Where(w => MayBeShown(pass, w, documents))
            .Select(w => (Work: w, ExternalId: Receivable.ExternalIdOf(w.SourceId)))
            .ToList();
        foreach (var (id, read) in await shown.FindAsync(pass, UpflowKind.Invoice, asked, cancellationToken))
        {
            var externalId = Receivable.ExternalIdOf(id);
            pass.Put(
                (
                    pass[id] with
                    {
                        TargetId = UpflowReference.TargetIdOf(read, externalId),
                        NaturalKey = externalId,
                        Adopted = true,
                        Hash = null,
                    }
                ).Note(pass.Now, "found", "Upflow shows an invoice of it that its row did not know.")
            );
        }
    }

    private static bool MayBeShown(
        RecordPass pass,
        RecordWork work,
        IReadOnlyDictionary<string, Receivable> documents
    ) =>
        !work.WriteBackOnly
        && documents.GetValueOrDefault(work.SourceId)
            is not { State: ReceivableState.Reversal or ReceivableState.Posted, Gross: > 0 }
        && pass[work.SourceId] is var entry
        && !UpflowInvoiceDecision.MayStand(entry)
        && InvoiceParts.Of(entry.Parts).ReplacedBy is null;
}
