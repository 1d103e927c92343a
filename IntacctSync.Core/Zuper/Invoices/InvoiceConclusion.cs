using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Ends the invoices that need neither a look-up nor a write.</summary>
internal static class InvoiceConclusion
{
    public static async Task RunAsync(
        InvoicePass pass,
        IReadOnlyDictionary<string, InvoiceDecision> decisions,
        CancellationToken cancellationToken
    )
    {
        var now = pass.Records.Now;
        var ended = new List<KeyMapEntry>();
        foreach (var (id, decision) in decisions)
        {
            var invoice = pass.Invoices.GetValueOrDefault(id);
            var entry = pass.Records.Titled(id, IntacctText.Clean(invoice?.DisplayNumber), invoice?.UpdatedAt);
            if (entry.WriteBack == WriteBack.Due && !WantsId(entry, invoice))
                pass.Records.Put(entry = entry with { WriteBack = invoice is null ? WriteBack.None : WriteBack.Done });
            switch (decision)
            {
                case InvoiceDecision.Reject reject:
                    pass.Fail(id, reject.Problem);
                    break;
                case InvoiceDecision.Skip skip:
                    ended.Add(entry.Skip(now, skip.Reason));
                    break;
                case InvoiceDecision.Unchanged same when LacksId(same, entry, invoice):
                    pass.Records.Put(entry with { Hash = same.Hash, WriteBack = WriteBack.Due });
                    break;
                case InvoiceDecision.Unchanged same when entry.WriteBack != WriteBack.Due:
                    ended.Add((entry with { Hash = same.Hash }).Sync(now, "unchanged", same.Detail));
                    break;
            }
        }

        await pass.Records.SaveFinalAsync(ended, cancellationToken);
    }

    /// <summary>Somebody has cleared or overwritten the id in Zuper.</summary>
    private static bool LacksId(InvoiceDecision.Unchanged same, KeyMapEntry entry, ZuperInvoice? invoice) =>
        InvoiceFlow.Field.Lacks(entry with { Hash = same.Hash }, invoice);

    /// <summary>Whether there is still somewhere to write the id, and it does not stand there already.</summary>
    private static bool WantsId(KeyMapEntry entry, ZuperInvoice? invoice) => InvoiceFlow.Field.Wants(entry, invoice);
}
