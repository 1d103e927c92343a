using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Api;

namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>Making and changing customers. All is checked before anything is changed.</summary>
internal static class CustomerWrite
{
    private static readonly string[] Fields =
    [
        "externalId",
        "name",
        "vatNumber",
        "accountingRef",
        "accountManagerId",
        "dunningPlanId",
        "address",
        "parent",
        "paymentMethods",
        "customFields",
        "contacts",
    ];

    private static readonly string[] AddressFields = ["address", "zipcode", "city", "state", "country"];

    private static readonly string[] Methods = ["card", "check", "achDebit", "sepaDebit", "goCardless", "wireTransfer"];

    /// <param name="organization">Where.</param>
    /// <param name="known">The one to change; null = by the body's externalId, or a new one.</param>
    /// <param name="body">The fields.</param>
    /// <param name="posted">By POST, which needs the required fields; a PUT does not. [assumed]</param>
    /// <returns>The customer, and whether it was made.</returns>
    /// <exception cref="UpflowRefusal">A field is missing or wrong.</exception>
    public static (UpflowCustomer Customer, bool Made) Apply(
        UpflowOrganization organization,
        UpflowCustomer? known,
        JsonObject body,
        bool posted
    )
    {
        var options = organization.Options;
        var keeps = !options.UpsertReplaces || !posted;
        var reader = new FieldReader(body, keeps);
        reader.Allow(options.UnknownFieldsRefused, Fields);
        var external = reader.Text("externalId", known?.ExternalId);
        known ??= organization.Customers.ByExternalId(external);
        if (external is not null && organization.Customers.ByExternalId(external) is { } other && other != known)
            throw new UpflowRefusal($"\"externalId\": {external} is already used by another customer");
        var name = posted || reader.Has("name") ? reader.Required("name") : known?.Name ?? reader.Required("name");
        var manager = References.OneOf(
            organization.Users,
            reader.Text("accountManagerId", known?.AccountManagerId),
            "accountManagerId",
            options.Strict
        );
        var plan = References.OneOf(
            organization.DunningPlans,
            reader.Text("dunningPlanId", known?.DunningPlanId),
            "dunningPlanId",
            options.Strict
        );
        var address = Address(organization, reader, keeps ? known?.Address : null);
        var methods = PaymentMethods(organization, reader, keeps ? known?.PaymentMethods : null);
        var parent = Parent(organization, reader, known, keeps);
        var fields = References.Fields(organization, reader, "CUSTOMER", known?.CustomFields, keeps);
        var contacts = ContactWrite.Prepare(
            organization,
            known,
            [.. reader.Objects("contacts").Select((c, i) => (c, $"contacts[{i}].", (UpflowContact?)null))]
        );
        var (vat, accounting) = (
            reader.Text("vatNumber", known?.VatNumber),
            reader.Text("accountingRef", known?.AccountingRef)
        );

        var made = known is null;
        var customer = known ?? Add(organization, external);
        organization.Customers.Rename(customer, external);
        (customer.Name, customer.VatNumber, customer.AccountingRef) = (name, vat, accounting);
        (customer.AccountManagerId, customer.DunningPlanId) = (manager, plan);
        (customer.Address, customer.PaymentMethods) = (address, methods);
        (customer.Parent, customer.CustomFields) = (parent, fields);
        customer.ModifiedAt = organization.Now;
        var kept = contacts(customer);
        if (!keeps)
            foreach (var gone in customer.Contacts.Except(kept).ToList())
                ContactWrite.Remove(organization, gone);
        return (customer, made);
    }

    private static UpflowCustomer Add(UpflowOrganization organization, string? external)
    {
        var customer = new UpflowCustomer
        {
            Id = organization.Ids.Next(),
            ExternalId = external,
            CreatedAt = organization.Now,
        };
        organization.Customers.Add(customer);
        return customer;
    }

    private static JsonObject? Address(UpflowOrganization organization, FieldReader reader, JsonObject? current)
    {
        if (!reader.Has("address"))
            return current;
        if (reader.Object("address") is not { } given)
            return null;
        var address = new FieldReader(given, keeps: false, "address.");
        address.Allow(organization.Options.UnknownFieldsRefused, AddressFields);
        return new JsonObject(AddressFields.Select(f => KeyValuePair.Create(f, (JsonNode?)address.Text(f))));
    }

    private static JsonObject? PaymentMethods(UpflowOrganization organization, FieldReader reader, JsonObject? current)
    {
        if (!reader.Has("paymentMethods"))
            return current;
        if (reader.Object("paymentMethods") is not { } given)
            return null;
        var methods = new FieldReader(given, keeps: false, "paymentMethods.");
        methods.Allow(organization.Options.UnknownFieldsRefused, Methods);
        foreach (var (name, value) in given)
        {
            var method = new FieldReader(value as JsonObject ?? [], keeps: false, $"paymentMethods.{name}.");
            method.Allow(organization.Options.UnknownFieldsRefused, "enabled", "bankAccount");
            method.Flag("enabled", false);
            References.OneOf(
                organization.BankAccounts,
                method.Object("bankAccount")?["id"]?.ToString(),
                $"paymentMethods.{name}.bankAccount.id",
                organization.Options.Strict
            );
        }
        return (JsonObject)given.DeepClone();
    }

    private static UpflowCustomer? Parent(
        UpflowOrganization organization,
        FieldReader reader,
        UpflowCustomer? known,
        bool keeps
    )
    {
        if (!reader.Has("parent"))
            return keeps ? known?.Parent : null;
        if (reader.Object("parent") is not { } reference)
            return null;
        var parent = References.Customer(organization, reference, "parent");
        for (var above = parent; above is not null; above = above.Parent)
            if (above == known)
                throw new UpflowRefusal("\"parent\" must not be the customer itself or one below it");
        if (
            organization.Options.DeepParentsRefused
            && (
                parent.Parent is not null || organization.Customers.All.Any(c => known is not null && c.Parent == known)
            )
        )
            throw new UpflowRefusal("\"parent\": a group of customers has one level only");
        return parent;
    }
}
