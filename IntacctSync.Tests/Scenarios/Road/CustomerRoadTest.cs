using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>A road whose scenarios are about Zuper customers.</summary>
public abstract class CustomerRoadTest : RoadTest
{
    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Contacts => Intacct.Company.Records("CONTACT");

    /// <summary>Puts the connection, and has Zuper tell of what happens to organizations and customers.</summary>
    internal async Task ConnectCustomersAsync(
        Func<ZuperConnectionSettings, ZuperConnectionSettings>? change = null,
        bool webhooks = true
    )
    {
        await ConnectAsync(change, webhooks);
        Zuper.Screens.Subscribe(
            new Uri($"http://road.test/api/webhooks/{Id}"),
            HookSecret,
            "customer.create",
            "customer.update",
            "customer.activate",
            "customer.deactivate",
            "customer.delete",
            "customer.bulk_action",
            "import.customer"
        );
    }

    internal string MakeCustomer(
        string first,
        string last,
        string? organization = null,
        Action<JsonObject>? change = null
    )
    {
        var fields = new JsonObject { ["customer_first_name"] = first, ["customer_last_name"] = last };
        if (organization is not null)
            fields["customer_organization"] = organization;
        change?.Invoke(fields);
        return Zuper.Screens.Create(ZuperModules.Customer, fields);
    }

    internal async Task<KeyMapEntry> ContactEntryAsync(string uid) =>
        await Process.Get<KeyMapStore>().GetAsync(new SyncKey(Id, ZuperFlows.Customers, uid), Forever)
        ?? throw new InvalidOperationException($"No row is stored for the customer {uid}.");

    internal async Task<KeyMapEntry> OwnEntryAsync(string uid) => await EntryAsync(OwnCustomer.Prefix + uid);

    internal string? ContactId(string uid) => Zuper.Screens.CustomField(uid, "Sage Contact ID");

    internal IReadOnlyDictionary<string, string> Contact(string uid) =>
        Intacct.Company.Record("CONTACT", ContactId(uid)!)!;

    internal IReadOnlyDictionary<string, string> Customer(string id) => Intacct.Company.Record("CUSTOMER", id)!;

    /// <summary>The contact list of a customer: lines of category, tab and name.</summary>
    internal string[] ListOf(string customerId) =>
        Customer(customerId)
            .GetValueOrDefault("CONTACT_LIST_INFO", "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal async Task AssertAttachedAsync(string uid, string organization)
    {
        var entry = await ContactEntryAsync(uid);
        Assert.True(
            entry.State == RecordState.Synced,
            $"{entry.State}: {entry.Problem} {string.Join("; ", entry.Timeline.Select(t => t.What + " " + t.Detail))}"
        );
        Assert.Equal(entry.TargetId, ContactId(uid));
        Assert.Equal(entry.AttachedTo, SageId(organization));
        Assert.Contains($"Zuper\t{entry.TargetId}", ListOf(SageId(organization)!));
    }

    /// <summary>A customer without an organization whose own customer carries its contact.</summary>
    internal async Task AssertCarriedAsync(string uid)
    {
        var (entry, own) = (await ContactEntryAsync(uid), await OwnEntryAsync(uid));
        Assert.True(
            entry.State == RecordState.Synced,
            $"{entry.State}: {entry.Problem} {string.Join("; ", entry.Timeline.Select(t => t.What + " " + t.Detail))}"
        );
        Assert.Equal((RecordState.Synced, SageId(uid)), (own.State, own.TargetId));
        Assert.Equal(
            (own.NaturalKey, own.NaturalKey, own.TargetId),
            (entry.TargetId, ContactId(uid), entry.AttachedTo)
        );
        Assert.Equal(own.NaturalKey, Customer(own.TargetId!)["DISPLAYCONTACT.CONTACTNAME"]);
    }

    internal void AddCustomer(string id, string name, string? contactName = null, string email = "")
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CUSTOMERID"] = id,
            ["NAME"] = name,
            ["DISPLAYCONTACT.PRINTAS"] = name,
            ["DISPLAYCONTACT.EMAIL1"] = email,
        };
        if (contactName is not null)
            fields["DISPLAYCONTACT.CONTACTNAME"] = contactName;
        Intacct.Company.Add("CUSTOMER", fields);
    }

    internal void AddContact(string name, string printAs) =>
        Intacct.Company.Add(
            "CONTACT",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CONTACTNAME"] = name,
                ["PRINTAS"] = printAs,
                ["EMAIL1"] = "kept@vendor.example",
            }
        );

    internal async Task LinkAsync(FlowName flow, string sourceId, string targetId)
    {
        var connection = await ConnectionAsync();
        await Process.Get<PersonRequests>().LinkAsync(connection, flow, sourceId, targetId, Forever);
        await RestAsync();
    }

    internal static Action<JsonObject> WithField(string label, string value) =>
        o => o["custom_fields"] = new JsonArray(Field(label, value));
}
