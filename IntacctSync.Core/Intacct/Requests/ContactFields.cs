using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>
/// A CONTACT, or the DISPLAYCONTACT of a customer. Null leaves a field as it is, an empty text blanks it.
/// </summary>
/// <remarks>Fields: developer.intacct.com, Company &amp; Console, Contacts.</remarks>
public sealed record ContactFields
{
    /// <summary>Unique in the company, over customers, vendors and employees alike; up to 200 characters.</summary>
    public string? ContactName { get; init; }

    public string? PrintAs { get; init; }

    public string? CompanyName { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Phone1 { get; init; }

    public string? Phone2 { get; init; }

    public string? CellPhone { get; init; }

    public string? Fax { get; init; }

    /// <summary>Intacct checks its format and refuses the whole record when it is wrong.</summary>
    public string? Email1 { get; init; }

    public string? Email2 { get; init; }

    public string? Url1 { get; init; }

    public bool? Taxable { get; init; }

    public string? TaxGroup { get; init; }

    public string? TaxId { get; init; }

    public MailAddress? MailAddress { get; init; }

    /// <summary>active or inactive; only of a contact by itself.</summary>
    public string? Status { get; init; }

    /// <summary>By integration name.</summary>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = CustomFieldXml.None;

    /// <summary>
    /// The contact with each field but its name as it is chosen, by the field's name and its value; null leaves it as
    /// it is in Intacct.
    /// </summary>
    internal ContactFields Choose(Func<string, string?, string?> choose)
    {
        var address = MailAddress?.Choose(choose);
        return this with
        {
            PrintAs = choose("PRINTAS", PrintAs),
            CompanyName = choose("COMPANYNAME", CompanyName),
            FirstName = choose("FIRSTNAME", FirstName),
            LastName = choose("LASTNAME", LastName),
            Phone1 = choose("PHONE1", Phone1),
            Phone2 = choose("PHONE2", Phone2),
            CellPhone = choose("CELLPHONE", CellPhone),
            Fax = choose("FAX", Fax),
            Email1 = choose("EMAIL1", Email1),
            Email2 = choose("EMAIL2", Email2),
            Url1 = choose("URL1", Url1),
            Taxable = choose("TAXABLE", Taxable?.ToString()) is null ? null : Taxable,
            TaxGroup = choose("TAXGROUP", TaxGroup),
            TaxId = choose("TAXID", TaxId),
            MailAddress = address == new MailAddress() ? null : address,
            Status = choose("STATUS", Status),
            CustomFields = CustomFieldXml.Choose(CustomFields, choose),
        };
    }

    internal void Write(XmlWriter writer)
    {
        writer.Field("CONTACTNAME", ContactName);
        writer.Field("PRINTAS", PrintAs);
        writer.Field("COMPANYNAME", CompanyName);
        writer.Field("FIRSTNAME", FirstName);
        writer.Field("LASTNAME", LastName);
        writer.Field("PHONE1", Phone1);
        writer.Field("PHONE2", Phone2);
        writer.Field("CELLPHONE", CellPhone);
        writer.Field("FAX", Fax);
        writer.Field("EMAIL1", Email1);
        writer.Field("EMAIL2", Email2);
        writer.Field("URL1", Url1);
        writer.Field("TAXABLE", Taxable);
        writer.Field("TAXGROUP", TaxGroup);
        writer.Field("TAXID", TaxId);
        MailAddress?.Write(writer);
        writer.Field("STATUS", Status);
        writer.CustomFields(CustomFields);
    }
}
