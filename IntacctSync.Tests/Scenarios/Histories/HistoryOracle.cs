using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>
/// Compares what the two sides hold, by the rules of what is promised and not by the mapping. What differs must be
/// listed as needing a person, with a reason that fits; what exists twice is wrong whatever is listed.
/// </summary>
internal sealed class HistoryOracle(HistoryRoad road, IReadOnlyList<KeyMapEntry> entries)
{
    private static readonly string[] Booked = ["AWAIT_PAYMENT", "PARTIALLY_PAID", "PAID"];

    private readonly Dictionary<SyncKey, KeyMapEntry> _entries = entries.ToDictionary(e => e.Key);
    private readonly IReadOnlyList<IReadOnlyDictionary<string, string>> _customers = road.Intacct.Company.Records(
        "CUSTOMER"
    );
    private readonly IReadOnlyList<IReadOnlyDictionary<string, string>> _contacts = road.Intacct.Company.Records(
        "CONTACT"
    );
    private readonly List<IReadOnlyDictionary<string, string>> _invoices =
    [
        .. road.Invoices.Where(i => i["STATE"] is not ("Reversed" or "Reversal")),
    ];

    public IEnumerable<string> Differences() =>
        [
            .. Duplicates(),
            .. Of(ZuperModules.Organization).SelectMany(Organization),
            .. Of(ZuperModules.Customer).SelectMany(Customer),
            .. Of(ZuperModules.Invoice).SelectMany(Invoice),
            .. road.Intacct.Company.Records("ITEM").SelectMany(Item),
            .. new PaymentOracle(road, _entries).Differences(),
        ];

    private IEnumerable<string> Duplicates() =>
        [
            .. Twice("customers named", _customers.Select(c => c["NAME"])),
            .. Twice(
                "contacts printed as",
                _contacts
                    .Where(c =>
                        c["PRINTAS"].Contains("Roy", StringComparison.Ordinal)
                        || c["PRINTAS"].Contains("Renamed", StringComparison.Ordinal)
                    )
                    .Select(c => c["PRINTAS"] + Kind(c))
            ),
            .. Twice("invoices numbered", _invoices.Select(i => i["RECORDID"])),
            .. Twice("products of the item", Of(ZuperModules.Product).Select(p => Text(p, "product_id"))),
            .. Twice(
                "records with the customer",
                Of(ZuperModules.Organization)
                    .Concat(Of(ZuperModules.Customer))
                    .Select(r => Field(r, "Sage Customer ID"))
                    .OfType<string>()
            ),
            .. Twice(
                "records with the invoice",
                Of(ZuperModules.Invoice).Select(r => Field(r, "Sage Invoice ID")).OfType<string>()
            ),
        ];

    /// <summary>
    /// A customer that had no organization may have its own customer's display contact, besides the one of its own.
    /// </summary>
    private string Kind(IReadOnlyDictionary<string, string> contact) =>
        _customers.Any(c => c["DISPLAYCONTACT.CONTACTNAME"] == contact["CONTACTNAME"]) ? " (display)" : "";

    private IEnumerable<string> Organization(JsonObject organization)
    {
        var (name, id) = (Text(organization, "organization_name"), Field(organization, "Sage Customer ID"));
        var customer = _customers.FirstOrDefault(c => c["CUSTOMERID"] == id);
        if (!Lives(organization))
            return customer is null || customer["STATUS"] == "inactive"
                ? []
                : Unless(
                    ZuperFlows.Organizations,
                    Uid(organization, "organization_uid"),
                    $"{name} is gone and its customer active"
                );
        return customer is not null && customer["NAME"] == name && customer["STATUS"] == "active"
            ? []
            : Unless(
                ZuperFlows.Organizations,
                Uid(organization, "organization_uid"),
                $"organization {name} has {customer?["NAME"] ?? "no customer"} ({id}) {customer?["STATUS"]}"
            );
    }

    private IEnumerable<string> Customer(JsonObject customer)
    {
        var (name, id, uid) = (
            $"{Text(customer, "customer_first_name")} {Text(customer, "customer_last_name")}",
            Field(customer, "Sage Contact ID"),
            Uid(customer, "customer_uid")
        );
        var contact = _contacts.FirstOrDefault(c => c["CONTACTNAME"] == id);
        if (!Lives(customer))
            return contact is null || contact["STATUS"] == "inactive" || Kind(contact).Length > 0
                ? []
                : Unless(ZuperFlows.Customers, uid, $"{name} is gone and its contact active");
        var organization = Organization(Text(customer, "customer_organization"));
        var owner = organization is null
            ? Field(customer, "Sage Customer ID")
            : Field(organization, "Sage Customer ID");
        var listed =
            organization is null
            || _customers.Any(c =>
                c["CUSTOMERID"] == owner
                && c.GetValueOrDefault("CONTACT_LIST_INFO", "").Contains($"\t{id}", StringComparison.Ordinal)
            );
        return
            contact is not null
            && contact["PRINTAS"] == name
            && contact["STATUS"] == "active"
            && listed
            && _customers.Any(c => c["CUSTOMERID"] == owner)
            ? []
            : Unless(
                ZuperFlows.Customers,
                uid,
                $"customer {name} has {contact?["PRINTAS"] ?? "no contact"} ({id}) {contact?["STATUS"]}, "
                    + $"listed {listed} by {owner}",
                organization is not null && !Lives(organization) ? "parent-skipped" : null
            );
    }

    private IEnumerable<string> Invoice(JsonObject invoice)
    {
        var (number, uid, status) = (
            $"INV-{Text(invoice, "invoice_no")}",
            Uid(invoice, "invoice_uid"),
            Text(invoice, "invoice_status")
        );
        var booked = _invoices.Where(i => i["RECORDID"] == number).ToList();
        var paid = booked.Exists(b => HistoryDoing.Amount(b, "TRX_TOTALPAID") != 0);
        if (IsDeleted(invoice) || status == "CANCELED")
            return booked.Count == 0
                ? []
                : Unless(
                    ZuperFlows.Invoices,
                    uid,
                    $"invoice {number} is {status} and booked",
                    paid ? "invoice-paid-and-cancelled" : null
                );
        if (!Booked.Contains(status, StringComparer.Ordinal))
            return booked.Count == 0
                ? []
                : Unless(ZuperFlows.Invoices, uid, $"invoice {number} is {status} and booked", "invoice-back-to-draft");
        var organization = Organization(Text(invoice, "organization"))!;
        var right =
            booked is [var one]
            && one["RECORDNO"] == Field(invoice, "Sage Invoice ID")
            && one["CUSTOMERID"] == Field(organization, "Sage Customer ID")
            && HistoryDoing.Amount(one, "TRX_TOTALENTERED") == Number(invoice, "total")
            && Lines(one)
                == string.Join(
                    ' ',
                    ((JsonArray)invoice["line_items"]!).Select(l => $"{Number((JsonObject)l!, "total"):0.##}")
                );
        if (right)
            return [];
        var because = (Lives(organization), paid) switch
        {
            (false, _) => "*",
            (_, true) => "*",
            _ => "invoice-alive-again",
        };
        return Unless(
            ZuperFlows.Invoices,
            uid,
            $"invoice {number} of {Number(invoice, "total")} is booked as "
                + $"{string.Join(" and ", booked.Select(b => b["TRX_TOTALENTERED"] + ": " + Lines(b)))}",
            because
        );
    }

    private IEnumerable<string> Item(IReadOnlyDictionary<string, string> item)
    {
        var product = Of(ZuperModules.Product).Find(p => Text(p, "product_id") == item["ITEMID"]);
        var entry = _entries.GetValueOrDefault(new SyncKey(road.Id, ZuperFlows.Products, item["ITEMID"]));
        if (product is null)
            return
                (entry is null && item["ITEMID"] is "SVC-HVAC" or "FLT-16")
                || item.GetValueOrDefault("STATUS") == "inactive"
                ? []
                : Unless(ZuperFlows.Products, item["ITEMID"], $"item {item["ITEMID"]} has no product");
        var active = item.GetValueOrDefault("STATUS", "active") != "inactive";
        return
            (!active || Number(product, "price") == HistoryDoing.Amount(item, "BASEPRICE"))
            && (Text(product, "is_available") == "true") == active
            ? []
            : Unless(
                ZuperFlows.Products,
                item["ITEMID"],
                $"item {item["ITEMID"]} of {item["BASEPRICE"]} {item.GetValueOrDefault("STATUS")} is sold at "
                    + $"{Text(product, "price")}, {Text(product, "is_available")}"
            );
    }

    private string Lines(IReadOnlyDictionary<string, string> booked) =>
        string.Join(
            ' ',
            road.Intacct.Company.Records("ARINVOICEITEM")
                .Where(l => l["RECORDKEY"] == booked["RECORDNO"])
                .OrderBy(l => int.Parse(l["LINE_NO"], CultureInfo.InvariantCulture))
                .Select(l => $"{HistoryDoing.Amount(l, "TRX_AMOUNT"):0.##}")
        );

    /// <summary>
    /// A difference, unless its record is listed with a reason that fits; those of what never came to be for lack of
    /// its parent fit always.
    /// </summary>
    private IEnumerable<string> Unless(FlowName flow, string id, string difference, string? because = null)
    {
        var entry = _entries.GetValueOrDefault(new SyncKey(road.Id, flow, id));
        var fits =
            entry is { State: RecordState.NeedsAction or RecordState.Pending }
            && because is not null
            && (because == "*" || entry.Problem?.Code == because || entry.State == RecordState.Pending);
        return fits
            ? []
            : [$"{difference}: {entry?.State} {entry?.Problem} {string.Join("; ", entry?.Timeline ?? [])}"];
    }

    private List<JsonObject> Of(ZuperModule module) => [.. road.Zuper.Screens.Records(module)];

    private JsonObject? Organization(string uid) =>
        Of(ZuperModules.Organization).Find(o => Uid(o, "organization_uid") == Inner(uid, "organization_uid"));

    /// <summary>A reference is a uid, or an object that has one.</summary>
    private static string Inner(string reference, string field) =>
        reference.StartsWith('{') ? Text((JsonObject)JsonNode.Parse(reference)!, field) : reference;

    private static bool Lives(JsonObject record) => !IsDeleted(record) && Text(record, "is_active") != "false";

    private static bool IsDeleted(JsonObject record) => Text(record, "is_deleted") == "true";

    private static string Uid(JsonObject record, string field) => Text(record, field);

    private string? Field(JsonObject record, string label) =>
        road.Zuper.Screens.CustomField(
            Text(
                record,
                record.ContainsKey("invoice_uid") ? "invoice_uid"
                    : record.ContainsKey("customer_uid") ? "customer_uid"
                    : "organization_uid"
            ),
            label
        )
            is { Length: > 0 } value
            ? value
            : null;

    private static string Text(JsonObject record, string field) => record[field]?.ToString() ?? "";

    private static decimal Number(JsonObject record, string field) =>
        decimal.Parse(Text(record, field), CultureInfo.InvariantCulture);

    private static IEnumerable<string> Twice(string what, IEnumerable<string> values) =>
        values
            .GroupBy(v => v, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.Count()} {what} {g.Key}");
}
