using System.Globalization;
using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>A CUSTOMER. Null leaves a field as it is, an empty text blanks it.</summary>
/// <remarks>Fields: developer.intacct.com, Accounts Receivable, Customers.</remarks>
public sealed record CustomerFields
{
    /// <summary>May name the customer of an update, instead of the id.</summary>
    public string? RecordNo { get; init; }

    /// <summary>If it is left out of a create, the company's document sequence gives it.</summary>
    public string? CustomerId { get; init; }

    public string? Name { get; init; }

    public ContactFields? DisplayContact { get; init; }

    /// <summary>Must be the NAME of an ARTERM.</summary>
    public string? TermName { get; init; }

    public string? CustomerType { get; init; }

    public string? ParentId { get; init; }

    public string? TaxId { get; init; }

    public string? ResaleNo { get; init; }

    /// <summary>In the company's base currency.</summary>
    public decimal? CreditLimit { get; init; }

    public bool? OnHold { get; init; }

    public string? Comments { get; init; }

    /// <summary>The customer's default currency, ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>active or inactive.</summary>
    public string? Status { get; init; }

    /// <summary>By integration name.</summary>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = CustomFieldXml.None;

    /// <summary>
    /// The customer with name, status, custom fields and the fields of its display contact as they are chosen, by the
    /// field's name and its value; null leaves a field as it is in Intacct. The contact's fields are named with
    /// <c>DC/</c> before them.
    /// </summary>
    internal CustomerFields Choose(Func<string, string?, string?> choose) =>
        this with
        {
            Name = choose("NAME", Name),
            DisplayContact = DisplayContact?.Choose((field, value) => choose("DC/" + field, value)),
            Status = choose("STATUS", Status),
            CustomFields = CustomFieldXml.Choose(CustomFields, choose),
        };

    internal void Write(XmlWriter writer)
    {
        writer.Field("RECORDNO", RecordNo);
        writer.Field("CUSTOMERID", CustomerId);
        writer.Field("NAME", Name);
        if (DisplayContact is { } contact)
            writer.Group("DISPLAYCONTACT", contact.Write);
        writer.Field("TERMNAME", TermName);
        writer.Field("CUSTTYPE", CustomerType);
        writer.Field("PARENTID", ParentId);
        writer.Field("TAXID", TaxId);
        writer.Field("RESALENO", ResaleNo);
        writer.Field("CREDITLIMIT", CreditLimit?.ToString(CultureInfo.InvariantCulture));
        writer.Field("ONHOLD", OnHold);
        writer.Field("COMMENTS", Comments);
        writer.Field("CURRENCY", Currency);
        writer.Field("STATUS", Status);
        writer.CustomFields(CustomFields);
    }
}

/// <summary>A contact in a customer's contact list.</summary>
/// <param name="Category">What people see in front of it; unique in the list together with the name.</param>
/// <param name="ContactName">The CONTACTNAME of a contact that exists.</param>
public sealed record ContactListEntry(string Category, string ContactName);
