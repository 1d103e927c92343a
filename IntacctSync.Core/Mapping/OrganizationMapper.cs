using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Core.Mapping;

/// <summary>A Zuper organization as an Intacct customer. Pure.</summary>
/// <remarks>
/// Zuper owns what is mapped here; everything else on the customer stays as the accountants keep it. The payment term is
/// given on creation only, since it is theirs to change.
/// </remarks>
public static class OrganizationMapper
{
    /// <summary>Label of the custom field that shows the customer's id in Zuper.</summary>
    public const string SageCustomerId = "Sage Customer ID";

    public static Mapped<CustomerFields> Map(ZuperOrganization organization)
    {
        var name = IntacctText.Cut(organization.Name, IntacctText.Name);
        if (name.Length == 0)
            return Rejected("organization-without-name", "The organization has no name; Intacct's customers must have one.", "Give it a name in Zuper.");

        if (Email(organization.Email) is not { } email)
        {
            return Rejected(
                "email-invalid",
                $"The e-mail address '{IntacctText.Cut(organization.Email, 60)}' is not valid; Intacct refuses customers with such an address.",
                "Correct organization_email in Zuper, or clear it.");
        }

        var fields = new CustomerFields
        {
            Name = name,
            Status = organization is { IsActive: true, IsDeleted: false } ? "active" : "inactive",
            DisplayContact = Contact(organization, email),
        };
        return new Mapped<CustomerFields>.Document(fields, HashOf(fields));
    }

    /// <summary>The display contact's name: what a person reads, and a part that makes it unique in the company and the same every time.</summary>
    public static string ContactName(ZuperOrganization organization)
    {
        var suffix = $" (Z-{ShortHash.Of(organization.Uid)})";
        return IntacctText.Cut(organization.Name, IntacctText.ContactName - suffix.Length) + suffix;
    }

    /// <summary>The CUSTOMERID that we give when the company's document sequence does not.</summary>
    public static string CustomerId(string organizationUid) => "Z" + ShortHash.Of(organizationUid);

    /// <summary>The customer as it is created: nothing is sent for what is empty.</summary>
    public static CustomerFields ForCreate(CustomerFields fields, ZuperOrganization organization, ConnectionSettings settings) =>
        WithoutBlanks(fields) with
        {
            CustomerId = settings.CustomerIds == CustomerIds.Zuper ? CustomerId(organization.Uid) : null,
            TermName = settings.Invoice.TermName,
            DisplayContact = WithoutBlanks(fields).DisplayContact! with { ContactName = ContactName(organization) },
        };

    /// <summary>The customer as it is updated: what Zuper has cleared is cleared.</summary>
    /// <param name="fields">As mapped.</param>
    /// <param name="customerId">Which customer.</param>
    /// <param name="contactName">The name of its display contact, which is never changed; null where it is not known.</param>
    /// <param name="firstWrite">True for a customer that was not made here: what Zuper never had does not clear what the accountants have.</param>
    public static CustomerFields ForUpdate(CustomerFields fields, string customerId, string? contactName, bool firstWrite)
    {
        var written = firstWrite ? WithoutBlanks(fields) : fields;

        // A customer whose organization is gone is given a status only, and then there is no contact.
        var contact = written.DisplayContact is { } given ? given with { ContactName = contactName } : null;
        return written with { CustomerId = customerId, DisplayContact = contact };
    }

    private static ContactFields Contact(ZuperOrganization organization, string email)
    {
        var address = Address(organization);
        return new ContactFields
        {
            PrintAs = IntacctText.Cut(organization.Name, IntacctText.PrintAs),
            CompanyName = IntacctText.Cut(organization.Name, IntacctText.CompanyName),
            Email1 = email,
            Email2 = organization.AdditionalEmails.Select(Email).FirstOrDefault(e => !string.IsNullOrEmpty(e)) ?? "",
            Phone1 = IntacctText.Cut(Phone(organization), IntacctText.Phone),
            Taxable = organization.Tax?.Exempt is { } exempt ? !exempt : null,
            MailAddress = address,
        };
    }

    private static string? Phone(ZuperOrganization organization) =>
        string.IsNullOrWhiteSpace(organization.BillingAddress?.PhoneNumber) ? organization.Address?.PhoneNumber : organization.BillingAddress.PhoneNumber;

    private static Intacct.Requests.MailAddress Address(ZuperOrganization organization)
    {
        var source = IsEmpty(organization.BillingAddress) ? organization.Address : organization.BillingAddress;
        var lines = Lines(IntacctText.Clean(source?.Street), IntacctText.Clean(source?.Landmark));
        var country = IntacctText.Cut(source?.Country, IntacctText.CountryName);
        var known = Countries.TryFind(country, out var found) ? found : null;
        return new Intacct.Requests.MailAddress
        {
            Address1 = lines[0],
            Address2 = lines[1],
            Address3 = lines[2],
            City = IntacctText.Cut(source?.City, IntacctText.City),
            State = IntacctText.Cut(source?.State, IntacctText.State),
            Zip = IntacctText.Cut(source?.ZipCode, IntacctText.Zip),
            Country = known?.Name ?? country,
            CountryCode = known?.Code ?? (country.Length == 0 ? "" : null),
        };
    }

    /// <summary>Three address lines: a street too long for its line goes on in the next, and so does the landmark.</summary>
    private static string[] Lines(string street, string landmark)
    {
        var lines = new List<string>(3);
        foreach (var text in new[] { street, landmark })
        {
            var rest = text;
            while (rest.Length > IntacctText.AddressLine && lines.Count < 3)
            {
                var blank = rest.LastIndexOf(' ', IntacctText.AddressLine);
                var end = blank > 0 ? blank : WholeCharacters.End(rest, IntacctText.AddressLine);
                lines.Add(IntacctText.Cut(rest[..end], IntacctText.AddressLine));
                rest = rest[end..].Trim();
            }

            if (rest.Length > 0)
                lines.Add(IntacctText.Cut(rest, IntacctText.AddressLine));
        }

        return [.. lines.Concat(["", "", ""]).Take(3)];
    }

    private static bool IsEmpty(ZuperAddress? address) => address is null
        || (IntacctText.Clean(address.Street) + IntacctText.Clean(address.City) + IntacctText.Clean(address.State) + IntacctText.Clean(address.ZipCode)).Length == 0;

    /// <returns>The address, empty where there is none; null where it is no address.</returns>
    private static string? Email(string? text)
    {
        var email = IntacctText.Clean(text);
        return email.Length == 0 ? ""
            : email.Length <= IntacctText.Email && System.Net.Mail.MailAddress.TryCreate(email, out var parsed) && parsed.Address == email
                && parsed.Host.Split('.') is { Length: > 1 } labels && labels.All(l => l.Length > 0) && email.All(c => c is > ' ' and < '\u007f')
                ? email
                : null;
    }

    private static CustomerFields WithoutBlanks(CustomerFields fields) => fields.DisplayContact is not { } contact ? fields : fields with
    {
        DisplayContact = contact with
        {
            Email1 = NullIfEmpty(contact.Email1),
            Email2 = NullIfEmpty(contact.Email2),
            Phone1 = NullIfEmpty(contact.Phone1),
            MailAddress = WithoutBlanks(contact.MailAddress!),
        },
    };

    private static Intacct.Requests.MailAddress? WithoutBlanks(Intacct.Requests.MailAddress address)
    {
        var kept = address with
        {
            Address1 = NullIfEmpty(address.Address1),
            Address2 = NullIfEmpty(address.Address2),
            Address3 = NullIfEmpty(address.Address3),
            City = NullIfEmpty(address.City),
            State = NullIfEmpty(address.State),
            Zip = NullIfEmpty(address.Zip),
            Country = NullIfEmpty(address.Country),
            CountryCode = NullIfEmpty(address.CountryCode),
        };
        return kept == new Intacct.Requests.MailAddress() ? null : kept;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string HashOf(CustomerFields fields) => ShortHash.Of(CustomerRequests.Create(default, fields).Xml, 26);

    private static Mapped<CustomerFields>.Rejected Rejected(string code, string message, string fix) => new(new Problem(code, message, fix));
}
