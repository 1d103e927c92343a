using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>A customer as Intacct has it.</summary>
/// <param name="Row">All of its fields.</param>
/// <param name="Contacts">Its contacts that have an e-mail address, the one that is written to first first.</param>
/// <param name="ContactNumbers">The RECORDNOs of all its contacts, those without an address too.</param>
/// <param name="Ancestors">The CUSTOMERIDs above it, its parent first; empty for one that has no parent.</param>
internal sealed record SourceCustomer(
    IntacctRecord Row,
    IReadOnlyList<SourceContact> Contacts,
    IReadOnlyList<string> ContactNumbers,
    IReadOnlyList<string> Ancestors
)
{
    /// <summary>
    /// The contacts that it names and that Intacct does not show, by name or RECORDNO: what is not shown may be there.
    /// </summary>
    public IReadOnlyList<string> HiddenContacts { get; init; } = [];

    /// <summary>Where it names such, the RECORDNOs of contacts in Upflow that Intacct shows all the same.</summary>
    public IReadOnlySet<string> SeenNumbers { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public string Id => Row["CUSTOMERID"]!.Trim();

    public string Name => Row["NAME"] ?? Id;

    public string? ParentId => Row["PARENTID"]?.Trim();

    public bool IsInactive => string.Equals(Row["STATUS"]?.Trim(), "inactive", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A contact of a customer.</summary>
/// <param name="RecordNo">Its key in Intacct, which a change of its name leaves.</param>
/// <param name="Name">CONTACTNAME.</param>
/// <param name="Email">EMAIL1; of several addresses in it, the first valid one.</param>
/// <param name="FirstName">Empty where there is none.</param>
/// <param name="LastName">Where there is none, what the contact prints as.</param>
/// <param name="Phone">PHONE1, else the mobile telephone.</param>
/// <param name="Category">Of the customer's contact list; null for the display and the bill-to contact.</param>
/// <param name="HasSeveral">Whether EMAIL1 holds more than the address that is used.</param>
internal sealed record SourceContact(
    string RecordNo,
    string Name,
    string Email,
    string FirstName,
    string LastName,
    string Phone,
    string? Category,
    bool HasSeveral = false
);
