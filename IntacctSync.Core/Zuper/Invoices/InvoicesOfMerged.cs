using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// When two customers are merged in Zuper, all invoices of one move to the other. Those that are booked stay with the
/// customer in Intacct that they are booked for: Intacct can't move them, and nobody is to be asked about each.
/// </summary>
internal sealed class InvoicesOfMerged(ZuperClient zuper, KeyMapStore keyMap)
{
    /// <summary>
    /// Gives the invoices that have moved so the customer that they are booked for, or were until they were reversed to
    /// be made anew.
    /// </summary>
    public async Task KeepAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var moved = pass
            .Open.Where(w => w is { Context: not null, Invoice.CustomerUid: not null })
            .Select(w => (Work: w, CustomerId: BookedFor(w) ?? w.Context!.CustomerId))
            .Where(m => !IsSame(m.CustomerId, m.Work.Context!.CustomerId))
            .ToList();
        if (moved.Count == 0)
            return;
        var owners = await keyMap.FindByTargetsAsync(
            pass.Batch.Connection.Id,
            ZuperFlows.Organizations,
            [.. moved.Select(m => m.CustomerId).Distinct(StringComparer.OrdinalIgnoreCase)],
            cancellationToken
        );
        var merged = new MergedChain(zuper, pass.Batch.Access.Zuper(), pass.Priority);
        foreach (var (work, customerId) in moved)
        {
            if (owners.GetValueOrDefault(customerId.ToUpperInvariant()) is not { } owner || !OwnCustomer.Is(owner))
                continue;
            try
            {
                work.MergedFrom = await merged.OfAsync(
                    OwnCustomer.Uid(owner),
                    work.Invoice!.CustomerUid!,
                    cancellationToken
                );
                if (work.MergedFrom.Count == 0)
                    continue;
            }
            catch (ZuperException e)
            {
                work.Fail(Failures.Of(e));
                continue;
            }

            work.Context = work.Context! with { CustomerId = customerId, BillTo = null };

            // Noted once: the update stores the new identity.
            if (InvoiceHash.Parse(work.Entry.Hash)?.Identity != work.Draft!.Hash.Identity)
                work.Entry = work.Entry.Note(
                    pass.Now,
                    "customerMerged",
                    $"Its customer was merged into another one in Zuper. It stays with {customerId}, for which it is "
                        + "booked."
                );
        }
    }

    /// <summary>The customer in Intacct that an invoice stands for in the books, or stood for.</summary>
    private static string? BookedFor(InvoiceWork work) =>
        work.Decision switch
        {
            InvoiceDecision.Update => work.Booked?.CustomerId,
            InvoiceDecision.Create when work.Entry.Hash == InvoiceHash.Replaced => BookedInvoice.CustomerIn(
                work.Entry.NaturalKey
            ),
            _ => null,
        };

    private static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
