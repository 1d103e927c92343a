using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Contacts;

namespace IntacctSync.Core.Zuper.Customers;

/// <summary>Contacts that are to be in the contact list of one customer.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="SourceIds">The records whose contacts they are; never none.</param>
internal sealed record Attachment(string CustomerId, IReadOnlyList<string> SourceIds)
{
    /// <summary>How many contacts go into one function.</summary>
    public const int Most = 100;

    /// <summary>Whether the record's contact is still to be added to that customer's contact list. Pure.</summary>
    public static bool IsDue(KeyMapEntry entry, string customerId) =>
        entry.TargetId is not null
        && entry.Hash != ContactDecision.Carried
        && (
            entry.NaturalKey != entry.TargetId
            || !string.Equals(entry.AttachedTo, customerId, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>One function for each customer; several where a customer gets very many contacts. Pure.</summary>
    public static IEnumerable<Attachment> Of(IEnumerable<(string CustomerId, string SourceId)> due) =>
        due.GroupBy(d => d.CustomerId, d => d.SourceId, StringComparer.OrdinalIgnoreCase)
            .SelectMany(g => g.Chunk(Most).Select(some => new Attachment(g.Key, some)));

    /// <summary>One function for each contact, so that a refused contact does not hold up the others.</summary>
    public IEnumerable<Attachment> Singly() => SourceIds.Select(id => this with { SourceIds = [id] });

    public IntacctFunction Function(ControlId controlId, Func<string, string> contactNameOf) =>
        CustomerRequests.AttachContacts(
            controlId,
            CustomerId,
            [.. SourceIds.Select(id => new ContactListEntry(ContactMapper.Category, contactNameOf(id)))]
        );
}
