using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Contacts;

/// <summary>A Zuper organization as an Intacct customer. Pure.</summary>
/// <remarks>
/// Zuper owns the fields that are mapped here; the accountants own everything else on the customer. The payment term is
/// given on creation only, and then belongs to the accountants.
/// </remarks>
public static class OrganizationMapper
{
    /// <summary>Label of the custom field that shows the customer's id in Zuper.</summary>
    public const string SageCustomerId = "Sage Customer ID";

    private const string StatusField = "STATUS";
    private const string Active = "active";
    private const string Inactive = "inactive";

    public static Mapped<CustomerFields> Map(ZuperOrganization organization)
    {
        var name = IntacctText.Cut(organization.Name, IntacctText.Name);
        if (name.Length == 0)
            return Rejected(
                "organization-without-name",
                "The organization has no name; Intacct's customers must have one.",
                "Give it a name in Zuper."
            );

        if (organization.UnreadableField(SageCustomerId) is { } unreadable)
            return new Mapped<CustomerFields>.Rejected(unreadable);
        if (ContactDetails.Email(organization.Email) is not { } email)
        {
            return Rejected(
                "email-invalid",
                "The e-mail address of the organization is not valid; Intacct refuses customers with such an address.",
                "Correct the e-mail address in Zuper, or clear it."
            );
        }

        if (organization.Carried.Problem is { } uncarried)
            return new Mapped<CustomerFields>.Rejected(uncarried);
        return Document(
            name,
            organization is { IsActive: true, IsDeleted: false },
            Contact(organization, email),
            organization.Carried.Values
        );
    }

    /// <summary>A customer as the organizations flow writes it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="active">Whether it is in use.</param>
    /// <param name="displayContact">Its display contact.</param>
    /// <param name="customFields">By integration name.</param>
    internal static Mapped<CustomerFields>.Document Document(
        string name,
        bool active,
        ContactFields displayContact,
        IReadOnlyDictionary<string, string?> customFields
    )
    {
        var fields = new CustomerFields
        {
            Name = name,
            Status = active ? Active : Inactive,
            DisplayContact = displayContact,
            CustomFields = customFields,
        };
        return new Mapped<CustomerFields>.Document(fields, HashOf(fields));
    }

    /// <summary>What a deactivated customer has as its hash where nothing but its status was written.</summary>
    internal const string OnlyInactive = Inactive;

    /// <summary>What is to be written of a customer that exists.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="fields">As mapped.</param>
    internal static FieldChanges Changes(KeyMapEntry entry, CustomerFields fields)
    {
        var written = FieldChanges.Known(entry);

        // A row that has a hash and no fingerprints was written before there were any. The hash of a document tells
        // whether it was the inactive one.
        if (
            entry is { Adopted: false, Fingerprints: null, Hash: { } hash }
            && (
                hash == OnlyInactive
                || (fields is { Name: not null } && hash == HashOf(fields with { Status = Inactive }))
            )
        )
            written = written.With(StatusField, Inactive);
        return new FieldChanges(written, StatusField, Active);
    }

    /// <summary>The fingerprints of a customer that is just like this.</summary>
    internal static string FingerprintsOf(CustomerFields fields)
    {
        var changes = new FieldChanges(Fingerprints.None, StatusField, Active);
        fields.Choose(changes.Take);
        return changes.After.ToString();
    }

    /// <summary>
    /// The fingerprints of a customer that was written before there were any, and is just like the document; null where
    /// that can't be told.
    /// </summary>
    internal static string? FingerprintsOf(KeyMapEntry entry, Mapped<CustomerFields>? mapped) =>
        mapped is Mapped<CustomerFields>.Document document && document.Hash == entry.Hash
            ? FingerprintsOf(document.Value)
            : null;

    private static string HashOf(CustomerFields fields) =>
        ShortHash.Of(CustomerRequests.Create(default, fields).Xml, 26);

    /// <summary>What a person is told of texts that are longer than Intacct's; null where there are none.</summary>
    internal static string? TextsCut(ZuperOrganization organization) =>
        LongTexts.Of([
            ("name", organization.Name, IntacctText.Name),
            ("telephone", Phone(organization), IntacctText.Phone),
            .. ContactDetails.TextsOf(organization.BillingAddress, organization.Address),
        ]);

    /// <summary>The display contact's name.</summary>
    public static string ContactName(ZuperOrganization organization) =>
        ContactNames.For(organization.Name, organization.Uid);

    /// <summary>The CUSTOMERID that we give when the company's document sequence does not.</summary>
    public static string CustomerId(string uid) => "Z" + ShortHash.Of(uid);

    /// <summary>The customer as it is created: empty fields are not sent.</summary>
    /// <param name="fields">As mapped.</param>
    /// <param name="uid">Of the record in Zuper.</param>
    /// <param name="contactName">The name that its display contact gets.</param>
    /// <param name="settings">The connection's.</param>
    public static CustomerFields ForCreate(
        CustomerFields fields,
        string uid,
        string contactName,
        ZuperConnectionSettings settings
    ) =>
        fields with
        {
            CustomerId = settings.CustomerIds == CustomerIds.Zuper ? CustomerId(uid) : null,
            TermName = settings.Invoice.TermName,
            CustomFields = CustomFieldXml.WithoutBlanks(fields.CustomFields),
            DisplayContact = ContactDetails.WithoutBlanks(fields.DisplayContact!) with { ContactName = contactName },
        };

    /// <summary>The customer as it is updated: with the fields alone that have changed in Zuper.</summary>
    /// <param name="fields">As mapped.</param>
    /// <param name="customerId">Which customer.</param>
    /// <param name="contactName">The name of its display contact, which is never changed; null where that contact is
    /// not ours to write.</param>
    /// <param name="changes">What is known of the customer; it learns what is written.</param>
    public static CustomerFields ForUpdate(
        CustomerFields fields,
        string customerId,
        string? contactName,
        FieldChanges changes
    )
    {
        var ours = contactName is null ? fields with { DisplayContact = null } : fields;
        var changed = ours.Choose(changes.Take);
        var contact = changed.DisplayContact;
        return changed with
        {
            CustomerId = customerId,
            DisplayContact =
                contact is null || contact == new ContactFields() ? null : contact with { ContactName = contactName },
        };
    }

    private static ContactFields Contact(ZuperOrganization organization, string email) =>
        new()
        {
            PrintAs = IntacctText.Cut(organization.Name, IntacctText.PrintAs),
            CompanyName = IntacctText.Cut(organization.Name, IntacctText.CompanyName),
            Email1 = email,
            Email2 = ContactDetails.SecondEmail(organization.AdditionalEmails),
            Phone1 = IntacctText.Cut(Phone(organization), IntacctText.Phone),
            Taxable = organization.Tax?.Exempt is { } exempt ? !exempt : null,
            MailAddress = ContactDetails.Address(organization.BillingAddress, organization.Address),
        };

    private static string Phone(ZuperOrganization organization) =>
        ContactDetails.FirstOf(organization.BillingAddress?.PhoneNumber, organization.Address?.PhoneNumber);

    private static Mapped<CustomerFields>.Rejected Rejected(string code, string message, string fix) =>
        new(new Problem(code, message, fix));
}
