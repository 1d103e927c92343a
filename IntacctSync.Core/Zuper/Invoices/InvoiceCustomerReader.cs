using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Reads the Zuper customers that invoices are for, many at once.</summary>
internal sealed class InvoiceCustomerReader(ZuperClient zuper)
{
    /// <summary>
    /// Gives the invoices their Zuper customers. One that Zuper does not know stays null; an invoice whose customer
    /// can't be read ends.
    /// </summary>
    /// <param name="pass">The pass.</param>
    /// <param name="works">Invoices that name a customer.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task ReadAsync(InvoicePass pass, IReadOnlyList<InvoiceWork> works, CancellationToken cancellationToken)
    {
        if (works.Count == 0)
            return;
        IReadOnlyDictionary<string, ZuperCustomer> found;
        try
        {
            found = await zuper.GetCustomersAsync(
                pass.Batch.Access.Zuper(),
                [.. works.Select(w => w.Invoice!.CustomerUid!).Distinct(StringComparer.Ordinal)],
                pass.Priority,
                cancellationToken
            );
        }
        catch (ZuperPartialReadException<ZuperCustomer> e)
        {
            found = e.Found;
            foreach (var work in works)
            {
                var uid = work.Invoice!.CustomerUid!;
                if (!e.Found.ContainsKey(uid) && !e.Missing.Contains(uid))
                    work.Fail(Failures.Of(e.CauseOf(uid)));
            }
        }

        foreach (var work in works)
            work.ZuperCustomer = found.GetValueOrDefault(work.Invoice!.CustomerUid!);
    }
}
