using System.Text.Json.Nodes;

namespace IntacctSync.Core.Upflow.Records;

/// <summary>
/// A customer as it is written. A text that is empty clears the field [assumed: what is given replaces].
/// </summary>
public sealed record UpflowCustomer
{
    public required string ExternalId { get; init; }

    public required string Name { get; init; }

    public string AccountingRef { get; init; } = "";

    public string VatNumber { get; init; } = "";

    public UpflowAddress Address { get; init; } = new();

    /// <summary>Its parent; null for none. A parent has no parent itself.</summary>
    public UpflowReference? Parent { get; init; }

    /// <summary>
    /// True where no parent is to be named although the customer may have one in Upflow: the parent is then taken away
    /// [assumed: <c>null</c> does that].
    /// </summary>
    public bool LeavesParent { get; init; }

    public IReadOnlyList<UpflowFieldValue> CustomFields { get; init; } = [];

    /// <summary>Its contacts, in the order in which they are sent.</summary>
    public IReadOnlyList<UpflowContact> Contacts { get; init; } = [];

    /// <param name="withContacts">Whether the contacts go with it, or each by itself.</param>
    internal JsonObject Body(bool withContacts = true)
    {
        var body = new JsonObject
        {
            ["externalId"] = ExternalId,
            ["name"] = Name,
            ["accountingRef"] = AccountingRef,
            ["vatNumber"] = VatNumber,
            ["address"] = Address.Body(),
        };
        if (Parent is not null)
            body["parent"] = Parent.Body();
        else if (LeavesParent)
            body["parent"] = null;
        UpflowFieldValue.AddTo(body, CustomFields);
        if (withContacts && Contacts.Count > 0)
            body["contacts"] = new JsonArray([.. Contacts.Select(c => c.Body())]);
        return body;
    }
}

/// <summary>Where a customer is.</summary>
/// <param name="Street">One line or more, joined by commas.</param>
/// <param name="Zip">The postal code.</param>
/// <param name="City">Its name.</param>
/// <param name="State">As the country writes it.</param>
/// <param name="Country">Two letters of ISO 3166, or a name where no letters are known.</param>
public sealed record UpflowAddress(
    string Street = "",
    string Zip = "",
    string City = "",
    string State = "",
    string Country = ""
)
{
    internal JsonObject Body() =>
        new()
        {
            ["address"] = Street,
            ["zipcode"] = Zip,
            ["city"] = City,
            ["state"] = State,
            ["country"] = Country,
        };
}
