using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Contacts;

/// <summary>A Zuper customer, which is a person, as an Intacct contact. Pure.</summary>
public static class ContactMapper
{
    /// <summary>Label of the custom field that shows the contact's name in Zuper.</summary>
    public const string SageContactId = "Sage Contact ID";

    /// <summary>What people see in front of our contacts in a customer's contact list.</summary>
    public const string Category = "Zuper";

    private const string StatusField = "STATUS";
    private const string Active = "active";
    private const string Inactive = "inactive";

    public static Mapped<ContactFields> Map(ZuperCustomer customer)
    {
        var name = IntacctText.Cut(NameOf(customer), IntacctText.PrintAs);
        if (name.Length == 0)
        {
            return Rejected(
                "customer-without-name",
                "The customer has neither a name nor a company nor an e-mail address; Intacct's contacts must "
                    + "be called something.",
                "Give it a first name in Zuper."
            );
        }

        if (
            (customer.UnreadableField(SageContactId) ?? customer.UnreadableField(OrganizationMapper.SageCustomerId)) is
            { } unreadable
        )
            return new Mapped<ContactFields>.Rejected(unreadable);
        if (ContactDetails.Email(customer.Email) is not { } email)
        {
            return Rejected(
                "email-invalid",
                "The e-mail address of the customer is not valid; Intacct refuses contacts with such an address.",
                "Correct the e-mail address in Zuper, or clear it."
            );
        }

        if (customer.Carried.Problem is { } uncarried)
            return new Mapped<ContactFields>.Rejected(uncarried);
        var fields = new ContactFields
        {
            PrintAs = name,
            CompanyName = IntacctText.Cut(customer.CompanyName, IntacctText.CompanyName),
            FirstName = IntacctText.Cut(customer.FirstName, IntacctText.PersonName),
            LastName = IntacctText.Cut(customer.LastName, IntacctText.PersonName),
            Email1 = email,
            Email2 = ContactDetails.SecondEmail(customer.AdditionalEmails),
            Phone1 = IntacctText.Cut(Phone(customer), IntacctText.Phone),
            Phone2 = IntacctText.Cut(customer.HomePhone, IntacctText.Phone),
            CellPhone = IntacctText.Cut(customer.MobilePhone, IntacctText.Phone),
            Taxable = customer.Tax?.Exempt is { } exempt ? !exempt : null,
            MailAddress = ContactDetails.Address(customer.BillingAddress, customer.Address),
            Status = customer is { IsActive: true, IsDeleted: false } ? Active : Inactive,
            CustomFields = customer.Carried.Values,
        };
        return new Mapped<ContactFields>.Document(fields, HashOf(fields));
    }

    /// <summary>What a person is told of texts that are longer than Intacct's; null where there are none.</summary>
    internal static string? TextsCut(ZuperCustomer customer) =>
        LongTexts.Of([
            ("name", NameOf(customer), IntacctText.PrintAs),
            ("company", customer.CompanyName, IntacctText.CompanyName),
            ("first name", customer.FirstName, IntacctText.PersonName),
            ("last name", customer.LastName, IntacctText.PersonName),
            ("telephone", Phone(customer), IntacctText.Phone),
            ("home telephone", customer.HomePhone, IntacctText.Phone),
            ("mobile telephone", customer.MobilePhone, IntacctText.Phone),
            .. ContactDetails.TextsOf(customer.BillingAddress, customer.Address),
        ]);

    /// <summary>
    /// What a person calls the customer: first and last name, else the company, else the e-mail address.
    /// </summary>
    public static string NameOf(ZuperCustomer customer) =>
        ContactDetails.FirstOf($"{customer.FirstName} {customer.LastName}", customer.CompanyName, customer.Email);

    /// <summary>The name that its contact is created with, and keeps.</summary>
    public static string ContactName(ZuperCustomer customer) => ContactNames.For(NameOf(customer), customer.Uid);

    /// <summary>The contact as it is created: empty fields are not sent.</summary>
    public static ContactFields ForCreate(ContactFields fields, string contactName) =>
        ContactDetails.WithoutBlanks(fields) with
        {
            ContactName = contactName,
        };

    /// <summary>The contact as it is updated: with the fields alone that have changed in Zuper.</summary>
    /// <param name="fields">As mapped.</param>
    /// <param name="contactName">Which contact.</param>
    /// <param name="changes">What is known of the contact; it learns what is written.</param>
    public static ContactFields ForUpdate(ContactFields fields, string contactName, FieldChanges changes) =>
        fields.Choose(changes.Take) with
        {
            ContactName = contactName,
        };

    /// <summary>What a deactivated contact has as its hash where nothing but its status was written.</summary>
    internal const string OnlyInactive = Inactive;

    /// <summary>What is to be written of a contact that exists.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="fields">As mapped.</param>
    internal static FieldChanges Changes(KeyMapEntry entry, ContactFields fields)
    {
        var written = FieldChanges.Known(entry);

        // A row that has a hash and no fingerprints was written before there were any. The hash of a document tells
        // whether it was the inactive one.
        if (
            entry is { Adopted: false, Fingerprints: null, Hash: { } hash }
            && (
                hash == OnlyInactive
                || (fields is { PrintAs: not null } && hash == HashOf(fields with { Status = Inactive }))
            )
        )
            written = written.With(StatusField, Inactive);
        return new FieldChanges(written, StatusField, Active);
    }

    /// <summary>The fingerprints of a contact that is just like this.</summary>
    internal static string FingerprintsOf(ContactFields fields)
    {
        var changes = new FieldChanges(Fingerprints.None, StatusField, Active);
        fields.Choose(changes.Take);
        return changes.After.ToString();
    }

    /// <summary>
    /// The fingerprints of a contact that was written before there were any, and is just like the customer; null where
    /// that can't be told.
    /// </summary>
    internal static string? FingerprintsOf(KeyMapEntry entry, ZuperCustomer? customer) =>
        customer is not null && Map(customer) is Mapped<ContactFields>.Document document && document.Hash == entry.Hash
            ? FingerprintsOf(document.Value)
            : null;

    /// <summary>
    /// Intacct shows the first telephone number first: the work number, or another one where there is none.
    /// </summary>
    private static string Phone(ZuperCustomer customer) =>
        ContactDetails.FirstOf(
            customer.WorkPhone,
            customer.BillingAddress?.PhoneNumber,
            customer.Address?.PhoneNumber,
            customer.MobilePhone,
            customer.HomePhone
        );

    private static string HashOf(ContactFields fields) =>
        ShortHash.Of(ContactRequests.Create(default, fields with { ContactName = "-" }).Xml, 26);

    private static Mapped<ContactFields>.Rejected Rejected(string code, string message, string fix) =>
        new(new Problem(code, message, fix));
}
