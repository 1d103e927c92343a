using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Ends the invoices for which nothing is looked up or written in Intacct: rejected, left out, or unchanged.
/// </summary>
internal static class InvoicesWithoutWrite
{
    public static Task EndAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var ended = new List<KeyMapEntry>();
        foreach (var work in pass.Open)
        {
            switch (work.Decision)
            {
                case InvoiceDecision.Reject reject:
                    work.Fail(reject.Problem);
                    break;
                case InvoiceDecision.Skip skip:
                    ended.Add(work.Entry.Skip(pass.Now, skip.Reason));
                    break;
                case InvoiceDecision.Unchanged same when Row(same, work.Entry, work.Invoice) is var row:
                    if (row.WriteBack == WriteBack.Due)
                        work.Entry = row;
                    else
                        ended.Add(row.Sync(pass.Now, "unchanged", same.Detail));
                    break;
            }
        }

        return pass.Records.SaveFinalAsync(ended, cancellationToken);
    }

    /// <summary>The row of an unchanged invoice; its id is due in Zuper where somebody has cleared it there.</summary>
    internal static KeyMapEntry Row(InvoiceDecision.Unchanged same, KeyMapEntry entry, ZuperInvoice? invoice)
    {
        var row = entry with { Hash = same.Hash, Fingerprints = same.Fingerprints ?? entry.Fingerprints };
        return InvoiceFlow.Field.Lacks(row, invoice) ? row with { WriteBack = WriteBack.Due } : row;
    }
}
