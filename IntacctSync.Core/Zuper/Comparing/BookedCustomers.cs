using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Comparing;

/// <summary>
/// The customers that invoices stay with in Intacct after theirs was merged into another one in Zuper
/// (<see cref="InvoicesOfMerged"/>): an invoice is held against the one that it is booked for, as it should be.
/// </summary>
internal sealed class BookedCustomers(ZuperClient zuper, KeyMapStore keyMap)
{
    /// <summary>The CUSTOMERIDs of those invoices that stay, by uid.</summary>
    /// <param name="scope">What is compared.</param>
    /// <param name="invoices">As Zuper has them.</param>
    /// <param name="payerOf">The CUSTOMERID that an invoice would be billed to now; null where it is not known.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(
        ComparedScope scope,
        IReadOnlyList<ZuperInvoice> invoices,
        Func<ZuperInvoice, string?> payerOf,
        CancellationToken ct
    )
    {
        var connection = scope.Connection.Id;
        var stay = new Dictionary<string, string>(StringComparer.Ordinal);
        var persons = invoices.Where(i => i is { OrganizationUid: null, CustomerUid: not null }).ToList();
        var rows = await keyMap.GetManyAsync(
            connection,
            ZuperFlows.Invoices,
            persons.Select(i => i.Uid).ToHashSet(StringComparer.Ordinal),
            ct
        );
        var moved = persons
            .Select(i => (Invoice: i, Booked: BookedInvoice.CustomerIn(rows[i.Uid].NaturalKey)))
            .Where(i => i.Booked is not null && payerOf(i.Invoice) is { } payer && !IsSame(payer, i.Booked))
            .ToList();
        if (moved.Count == 0)
            return stay;
        var owners = await keyMap.FindByTargetsAsync(
            connection,
            ZuperFlows.Organizations,
            moved.Select(i => i.Booked!).ToHashSet(StringComparer.OrdinalIgnoreCase),
            ct
        );
        var merged = new MergedChain(zuper, scope.Access.Zuper(), RequestPriority.Bulk);
        foreach (var (invoice, booked) in moved)
        {
            if (owners.GetValueOrDefault(booked!.ToUpperInvariant()) is not { } owner || !OwnCustomer.Is(owner))
                continue;
            try
            {
                if (await merged.IsMergedAsync(OwnCustomer.Uid(owner), invoice.CustomerUid!, ct))
                    stay[invoice.Uid] = booked;
            }
            catch (ZuperException e) when (Failures.Of(e).Class == FailureClass.Data)
            {
                // What can't be told of one customer is told as a difference of its invoices, and ends no other.
            }
        }

        return stay;
    }

    private static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
