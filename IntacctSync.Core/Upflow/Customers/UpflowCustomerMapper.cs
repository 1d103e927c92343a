using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>An Intacct customer as a customer of Upflow. Pure.</summary>
/// <remarks>
/// Intacct owns the fields that are mapped here. Who manages the account and which reminders go out is the people's in
/// Upflow, and never written.
/// </remarks>
internal static class UpflowCustomerMapper
{
    // Upflow publishes no lengths. These hold what Intacct holds.
    private const int Name = 200;
    private const int Street = 300;
    private const int Short = 100;

    /// <param name="customer">As Intacct has it.</param>
    /// <param name="externalId">By which Upflow finds it again.</param>
    /// <param name="parent">Its parent in Upflow; null for none.</param>
    /// <param name="leavesParent">Whether it had another parent before.</param>
    /// <param name="contacts">Those of its contacts that it is to have.</param>
    /// <param name="customFields">By the connection's map.</param>
    public static UpflowCustomer Map(
        SourceCustomer customer,
        string externalId,
        UpflowReference? parent,
        bool leavesParent,
        IReadOnlyList<SourceContact> contacts,
        IReadOnlyList<UpflowFieldValue> customFields
    ) =>
        new()
        {
            ExternalId = externalId,
            Name = IntacctText.Cut(customer.Name, Name) is { Length: > 0 } name ? name : customer.Id,
            AccountingRef = customer.Id,
            VatNumber = IntacctText.Cut(customer.Row["TAXID"], Short),
            Address = Address(customer.Row),
            Parent = parent,
            LeavesParent = leavesParent,
            CustomFields = customFields,
            Contacts = [.. contacts.Select((c, i) => Contact(customer.Id, c, isMain: i == 0))],
        };

    /// <summary>What a person calls the customer.</summary>
    public static string Title(SourceCustomer customer) => TitleOf(customer.Id, customer.Name);

    public static string TitleOf(string customerId, string name) => IntacctText.Cut($"{customerId} {name}", Name);

    /// <summary>Equal customers have equal hashes.</summary>
    public static string HashOf(UpflowCustomer customer)
    {
        JsonObject body = customer.Body();
        body.Remove("parent");
        return ShortHash.Of($"{body.ToJsonString()} {customer.Parent?.TargetId}", 26);
    }

    private static UpflowContact Contact(string customerId, SourceContact contact, bool isMain) =>
        new()
        {
            ExternalId = UpflowIds.Contact(customerId, contact.RecordNo),
            Email = contact.Email,
            FirstName = IntacctText.Cut(contact.FirstName, Short),
            LastName = IntacctText.Cut(contact.LastName, Short),
            Phone = IntacctText.Cut(contact.Phone, Short),
            Position = PositionOf(contact.Category),
            IsMain = isMain,
        };

    /// <summary>
    /// The category of the customer's contact list where it names one of Upflow's positions; else who settles accounts.
    /// </summary>
    private static string PositionOf(string? category) =>
        IntacctText.Clean(category).ToUpperInvariant() switch
        {
            "SALES" => "SALES",
            "PAYER" or "PAYMENT" or "PAYMENTS" => "PAYER",
            "PURCHASER" or "PURCHASING" => "PURCHASER",
            _ => UpflowContact.Accounting,
        };

    private static UpflowAddress Address(IntacctRecord row)
    {
        var country = Field("COUNTRYCODE") is { Length: > 0 } code ? code : Field("COUNTRY");
        return new UpflowAddress(
            IntacctText.Cut(
                string.Join(
                    ", ",
                    ((string[])[Field("ADDRESS1"), Field("ADDRESS2"), Field("ADDRESS3")]).Where(l => l.Length > 0)
                ),
                Street
            ),
            Field("ZIP"),
            Field("CITY"),
            Field("STATE"),
            Countries.TryFind(country, out var known) ? known.Code : country
        );

        string Field(string name) => IntacctText.Cut(row[$"DISPLAYCONTACT.MAILADDRESS.{name}"], Short);
    }
}
