using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>A customer as it is to be in Upflow, with what its row keeps then.</summary>
/// <param name="Work">The record.</param>
/// <param name="Customer">What is sent.</param>
/// <param name="Hash">Of that.</param>
/// <param name="Before">What the row says of the customer now.</param>
/// <param name="After">What it says once the write has landed.</param>
/// <param name="Names">What the row is found by afterwards.</param>
/// <param name="Remarks">For the story: what Upflow can't show.</param>
/// <param name="IsNew">Whether the customer is made.</param>
/// <param name="Gone">The contacts that are deleted in Upflow, by external id.</param>
/// <param name="IsUnchanged">Whether nothing is to be written.</param>
internal sealed record CustomerWrite(
    RecordWork Work,
    UpflowCustomer Customer,
    string Hash,
    CustomerParts Before,
    CustomerParts After,
    IReadOnlyList<string> Names,
    IReadOnlyList<string> Remarks,
    bool IsNew,
    IReadOnlyList<string> Gone,
    bool IsUnchanged
)
{
    /// <summary>Pure.</summary>
    public static CustomerWrite Of(
        RecordWork work,
        KeyMapEntry entry,
        SourceCustomer source,
        CustomerParent? parent,
        EmailChoice choice,
        IReadOnlyList<UpflowFieldValue> customFields
    )
    {
        var before = CustomerParts.Of(entry.Parts);
        var customer = UpflowCustomerMapper.Map(
            source,
            entry.NaturalKey ?? source.Id,
            parent?.Reference,
            before.Parent is not null || entry.Adopted,
            choice.Contacts,
            customFields
        );
        var hash = UpflowCustomerMapper.HashOf(customer);
        var contacts = customer.Contacts.ToDictionary(
            c => c.ExternalId,
            c => CustomerParts.HashOf(c.Email),
            StringComparer.Ordinal
        );
        var missing = before.MayHave.Where(c => !contacts.ContainsKey(c)).ToList();
        var kept = missing.Where(c => MayBeHidden(source, c)).ToList();
        return new CustomerWrite(
            work,
            customer,
            hash,
            before,
            new CustomerParts(
                source.Row["RECORDNO"],
                parent?.Reference is null ? null : parent.Id,
                source.Ancestors,
                contacts
                    .Concat(before.Contacts.Where(c => kept.Contains(c.Key, StringComparer.Ordinal)))
                    .ToDictionary(StringComparer.Ordinal),
                kept.Exists(c => !before.Contacts.ContainsKey(c))
                    ? [.. kept.Where(c => !before.Contacts.ContainsKey(c))]
                    : null
            ),
            [
                .. source
                    .ContactNumbers.Concat(kept.Select(c => UpflowIds.Parse(c)?.RecordNo).OfType<string>())
                    .Select(CustomersOfContacts.NameOf),
                .. source
                    .Contacts.Select(c => CustomerParts.HashOf(c.Email))
                    .Concat(kept.Select(before.Contacts.GetValueOrDefault).OfType<string>())
                    .Select(EmailHolders.NameOf),
                .. source.Ancestors.Select(CustomerParents.NameOf),
            ],
            [.. RemarksOn(source, parent, choice)],
            entry.TargetId is null,
            [.. missing.Except(kept, StringComparer.Ordinal)],
            entry.TargetId is not null && entry.Hash == hash && missing.Count == kept.Count
        );
    }

    /// <summary>
    /// Whether a contact that the customer has in Upflow may be one that it names and Intacct does not show. One that
    /// is shown, and is not to be there, has no address or is inactive; where all are shown, it is named no longer.
    /// </summary>
    private static bool MayBeHidden(SourceCustomer source, string contact) =>
        source.HiddenContacts.Count > 0
        && !source
            .ContactNumbers.Concat(source.SeenNumbers)
            .Select(n => UpflowIds.Contact(source.Id, n))
            .Contains(contact, StringComparer.Ordinal);

    /// <summary>The row with what it keeps.</summary>
    public KeyMapEntry Landed(KeyMapEntry row) =>
        row with
        {
            Hash = Hash,
            Parts = After.ToString(),
            Waits = [.. Names.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)],
            Adopted = false,
        };

    /// <summary>A line of the story with the remarks behind it.</summary>
    public string Story(string what) => string.Join(' ', Remarks.Prepend(what));

    private static IEnumerable<string> RemarksOn(SourceCustomer source, CustomerParent? parent, EmailChoice choice)
    {
        if (source.IsInactive)
            yield return "It is inactive in Intacct; Upflow has no such state, so it is kept as it is.";
        if (parent?.Remark is { } remark)
            yield return remark;
        foreach (var hidden in source.HiddenContacts)
            yield return $"It names the contact {hidden}, which Intacct does not show: no contact that may be that "
                + "one is deleted in Upflow.";
        foreach (var contact in source.Contacts.Where(c => c.HasSeveral))
            yield return $"The e-mail field of contact {contact.Name} holds more than one entry; the first valid "
                + "address is used.";
        foreach (var (contact, holder) in choice.Taken)
            yield return $"Contact {contact.Name} is left out: its e-mail address is that of a contact of {holder}, "
                + "and Upflow takes an address once.";
    }
}
