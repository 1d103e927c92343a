using IntacctSync.Core.Flows;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>
/// Looks in Upflow for invoices that are no longer owed and whose rows do not know of a counterpart, as after the loss
/// of the store: one that stands there would stay open for ever. Asked are those without a row, and those that a person
/// asks for.
/// </summary>
public sealed class ShownInvoices(UpflowClient upflow)
{
    internal async Task FindAsync(
        RecordPass pass,
        IReadOnlyDictionary<string, Receivable> documents,
        CancellationToken cancellationToken
    )
    {
        foreach (var work in pass.Open.Where(w => !w.WriteBackOnly).ToList())
        {
            var entry = pass[work.SourceId];
            var document = documents.GetValueOrDefault(work.SourceId);
            if (
                document is { State: ReceivableState.Reversal or ReceivableState.Posted, Gross: > 0 }
                || UpflowInvoiceDecision.MayStand(entry)
                || InvoiceParts.Of(entry.Parts).ReplacedBy is not null
                || !(work.Requested || entry.Stored is null)
            )
                continue;
            var externalId = Receivable.ExternalIdOf(work.SourceId);
            UpflowRead? read;
            try
            {
                read = await upflow.FindAsync(
                    pass.Batch.Access.Upflow(),
                    UpflowKind.Invoice,
                    UpflowReference.OfExternalId(externalId),
                    UpflowWrites.PriorityOf(work),
                    cancellationToken
                );
            }
            catch (UpflowException e)
            {
                // The other records of the batch have nothing to do with it.
                pass.Fail(work.SourceId, Failures.Of(e));
                continue;
            }

            if (read is { } shown)
                pass.Put(
                    (
                        entry with
                        {
                            TargetId = UpflowReference.TargetIdOf(shown, externalId),
                            NaturalKey = externalId,
                            Adopted = true,
                            Hash = null,
                        }
                    ).Note(pass.Now, "found", "Upflow shows an invoice of it that its row did not know.")
                );
        }
    }
}
