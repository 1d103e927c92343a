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
            ),
            [
                .. source.ContactNumbers.Select(CustomersOfContacts.NameOf),
                .. source.Contacts.Select(c => EmailHolders.NameOf(CustomerParts.HashOf(c.Email))),
                .. source.Ancestors.Select(CustomerParents.NameOf),
            ],
            [.. RemarksOn(source, parent, choice)],
            entry.TargetId is null,
            entry.TargetId is not null && entry.Hash == hash && before.MayHave.All(contacts.ContainsKey)
        );
    }

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
        foreach (var contact in source.Contacts.Where(c => c.HasSeveral))
            yield return $"The e-mail field of contact {contact.Name} holds more than one entry; the first valid "
                + "address is used.";
        foreach (var (contact, holder) in choice.Taken)
            yield return $"Contact {contact.Name} is left out: its e-mail address is that of a contact of {holder}, "
                + "and Upflow takes an address once.";
    }
}
