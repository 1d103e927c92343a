using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntacctSync.Simulators.Upflow.Api;

namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>Making and changing contacts. An e-mail is unique in the organisation.</summary>
internal static partial class ContactWrite
{
    private static readonly string[] Fields =
    [
        "id",
        "externalId",
        "firstName",
        "lastName",
        "email",
        "phone",
        "position",
        "isMain",
        "customFields",
    ];

    /// <summary>
    /// Checks the contacts that one body gives a customer, and then writes them; an existing one is found by
    /// externalId, then by e-mail. [assumed]
    /// </summary>
    /// <returns>What writes them; the customer is given to it, since it may be new.</returns>
    /// <exception cref="UpflowRefusal">A field is missing or wrong, or another contact has the e-mail or the
    /// externalId.</exception>
    public static Func<UpflowCustomer, IReadOnlyList<UpflowContact>> Prepare(
        UpflowOrganization organization,
        UpflowCustomer? customer,
        IReadOnlyList<(JsonObject Body, string Path, UpflowContact? Known)> given
    )
    {
        var contacts = given.Select(g => Read(organization, customer, g.Body, g.Path, g.Known)).ToList();
        var addressed = contacts.Select(c => c.Known).OfType<UpflowContact>().ToHashSet();
        foreach (var (contact, i) in contacts.Select((c, i) => (c, i)))
        {
            var holder = organization.Emails.GetValueOrDefault(contact.Email);
            if (holder is not null && holder != contact.Known && !addressed.Contains(holder))
                throw new UpflowRefusal($"\"{contact.Path}email\": {contact.Email} is already used by another contact");
            if (contacts.Take(i).Any(c => c.Email.Equals(contact.Email, StringComparison.OrdinalIgnoreCase)))
                throw new UpflowRefusal($"\"{contact.Path}email\": {contact.Email} is given twice");
            if (contacts.Take(i).Any(c => c.Known is not null && c.Known == contact.Known))
                throw new UpflowRefusal($"\"{contact.Path}externalId\": the contact is given twice");
        }
        return owner =>
        {
            foreach (var known in addressed)
                organization.Emails.Remove(known.Email);
            return contacts.ConvertAll(c => Write(organization, owner, c));
        };
    }

    public static void Remove(UpflowOrganization organization, UpflowContact contact)
    {
        organization.Emails.Remove(contact.Email);
        organization.Contacts.Remove(contact);
        contact.Customer.Contacts.Remove(contact);
    }

    private static Given Read(
        UpflowOrganization organization,
        UpflowCustomer? customer,
        JsonObject body,
        string path,
        UpflowContact? known
    )
    {
        var options = organization.Options;
        var key = new FieldReader(body, keeps: true, path);
        key.Allow(options.UnknownFieldsRefused, Fields);
        var email = Email(key, path, options.Strict);
        var external = key.Text("externalId");
        var byExternalId = organization.Contacts.ByExternalId(external);
        known ??= organization.Contacts.ById(key.Text("id")) ?? byExternalId;
        if (known is null && organization.Emails.GetValueOrDefault(email) is { } holder && holder.Customer == customer)
            known = holder;
        if (known is not null && known.Customer != customer)
            throw new UpflowRefusal($"\"{path}externalId\": {external} belongs to a contact of another customer");
        if (byExternalId is not null && byExternalId != known)
            throw new UpflowRefusal($"\"{path}externalId\": {external} is already used by another contact");
        var reader = new FieldReader(body, !options.UpsertReplaces, path);
        return new Given(
            known,
            path,
            email,
            reader.Text("externalId", known?.ExternalId),
            reader.Text("firstName", known?.FirstName),
            reader.Text("lastName", known?.LastName),
            reader.Text("phone", known?.Phone),
            reader.OneOf("position", Enumerations.Positions, known?.Position),
            reader.Flag("isMain", known?.IsMain ?? false),
            References.Fields(organization, reader, "CONTACT", known?.CustomFields, !options.UpsertReplaces)
        );
    }

    private static UpflowContact Write(UpflowOrganization organization, UpflowCustomer customer, Given given)
    {
        var contact = given.Known;
        if (contact is null)
        {
            contact = new UpflowContact
            {
                Id = organization.Ids.Next(),
                Customer = customer,
                CreatedAt = organization.Now,
            };
            organization.Contacts.Add(contact);
            customer.Contacts.Add(contact);
        }
        organization.Contacts.Rename(contact, given.ExternalId);
        organization.Emails[given.Email] = contact;
        (contact.Email, contact.Position, contact.CustomFields) = (given.Email, given.Position, given.CustomFields);
        (contact.FirstName, contact.LastName, contact.Phone) = (given.FirstName, given.LastName, given.Phone);
        // One contact of a customer is the main one. [assumed]
        if (given.IsMain)
            foreach (var other in customer.Contacts)
                other.IsMain = false;
        contact.IsMain = given.IsMain;
        contact.ModifiedAt = organization.Now;
        return contact;
    }

    private static string Email(FieldReader reader, string path, bool strict)
    {
        var email = reader.Required("email");
        return !strict || Form().IsMatch(email)
            ? email
            : throw new UpflowRefusal($"\"{path}email\" must be a valid email");
    }

    [GeneratedRegex(
        @"^[^\s@,;<>()]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Form();

    private sealed record Given(
        UpflowContact? Known,
        string Path,
        string Email,
        string? ExternalId,
        string? FirstName,
        string? LastName,
        string? Phone,
        string? Position,
        bool IsMain,
        Dictionary<string, string?>? CustomFields
    );
}
