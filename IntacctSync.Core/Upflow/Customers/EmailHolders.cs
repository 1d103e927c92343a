using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>
/// Which customer has an e-mail address in Upflow, where no two contacts of an organisation may have the same. The
/// first that was written keeps it; the others are looked at again when it lets go of it.
/// </summary>
/// <remarks>
/// Each customer's row names the addresses of its contacts among what it waits to hear of, and keeps those that it was
/// written with.
/// </remarks>
public sealed class EmailHolders(KeyMapStore keyMap)
{
    private const string Mark = "email:";

    internal static string NameOf(string emailHash) => Mark + emailHash;

    /// <summary>
    /// Chooses the contacts that a customer is written with: those whose address no other customer has.
    /// </summary>
    /// <param name="pass">The records.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="chosen">The addresses that customers of the same pass are to be written with, by hash; takes those
    /// of this one.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The contacts, and the customers that have the addresses of the others.</returns>
    internal async Task<EmailChoice> ChooseAsync(
        RecordPass pass,
        SourceCustomer customer,
        Dictionary<string, string> chosen,
        CancellationToken cancellationToken
    )
    {
        var contacts = new List<SourceContact>();
        var taken = new List<(SourceContact, string)>();
        foreach (var contact in customer.Contacts)
        {
            var hash = CustomerParts.HashOf(contact.Email);
            var holder =
                chosen.GetValueOrDefault(hash) ?? await HolderAsync(pass, customer.Id, hash, cancellationToken);
            if (holder is null || holder == customer.Id)
            {
                chosen[hash] = customer.Id;
                contacts.Add(contact);
            }
            else
            {
                taken.Add((contact, holder));
            }
        }

        return new EmailChoice(contacts, taken);
    }

    /// <summary>The customers that name an address and do not have it, to be looked at when it comes free.</summary>
    internal async Task<IReadOnlyList<string>> WantingAsync(
        ConnectionId connection,
        string customerId,
        string emailHash,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await keyMap.FindWaitingAsync(connection, UpflowFlows.Customers, NameOf(emailHash), cancellationToken)
            ).Where(id => id != customerId),
        ];

    private async Task<string?> HolderAsync(
        RecordPass pass,
        string customerId,
        string hash,
        CancellationToken cancellationToken
    )
    {
        var connection = pass.Batch.Connection.Id;
        var others = await WantingAsync(connection, customerId, hash, cancellationToken);
        if (others.Count == 0)
            return null;
        var rows = await keyMap.GetManyAsync(connection, UpflowFlows.Customers, others, cancellationToken);
        return rows
            .Values.Where(r => r.TargetId is not null && CustomerParts.Of(r.Parts).Holds(hash))
            .Select(r => r.Key.SourceId)
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
    }
}

/// <summary>The contacts that a customer is written with, and those whose address another customer has.</summary>
internal sealed record EmailChoice(
    IReadOnlyList<SourceContact> Contacts,
    IReadOnlyList<(SourceContact Contact, string Holder)> Taken
);
