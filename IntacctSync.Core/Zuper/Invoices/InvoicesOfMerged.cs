using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// When two customers are merged in Zuper, all invoices of one move to the other. Those that are booked stay with the
/// customer in Intacct that they are booked for: Intacct can't move them, and nobody is to be asked about each.
/// </summary>
internal sealed class InvoicesOfMerged(ZuperClient zuper, KeyMapStore keyMap)
{
    /// <summary>Gives the invoices that have moved so the customer that they are booked for.</summary>
    public async Task KeepAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var moved = pass.OpenOf<InvoiceDecision.Update>()
            .Where(w => w is { Context: not null, Booked.CustomerId: not null, Invoice.CustomerUid: not null })
            .Where(w => !IsSame(w.Booked!.CustomerId!, w.Context!.CustomerId))
            .ToList();
        if (moved.Count == 0)
            return;
        var owners = await keyMap.FindByTargetsAsync(
            pass.Batch.Connection.Id,
            ZuperFlows.Organizations,
            [.. moved.Select(w => w.Booked!.CustomerId!).Distinct(StringComparer.OrdinalIgnoreCase)],
            cancellationToken
        );
        var merged = new MergedChain(zuper, pass.Batch.Access.Zuper(), pass.Priority);
        foreach (var work in moved)
        {
            var customerId = work.Booked!.CustomerId!;
            if (owners.GetValueOrDefault(customerId.ToUpperInvariant()) is not { } owner || !OwnCustomer.Is(owner))
                continue;
            try
            {
                if (!await merged.IsMergedAsync(OwnCustomer.Uid(owner), work.Invoice!.CustomerUid!, cancellationToken))
                    continue;
            }
            catch (ZuperException e)
            {
                work.Fail(Failures.Of(e));
                continue;
            }

            work.Context = work.Context! with { CustomerId = customerId, BillTo = null };
            work.StaysWithCustomer = true;

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

    private static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
