using System.Globalization;
using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>
/// What is owed must be the same on both sides, for each customer and currency: what is open of each invoice, what is
/// not linked of payments and credit notes, and so the balance.
/// </summary>
internal sealed class ReceivablesOracle(ReceivablesRoad road)
{
    private static readonly string[] OfInvoices = ["Posted", "Partially Paid", "Paid", "Selected"];

    public IReadOnlyList<string> Differences()
    {
        var owed = Documents().Where(d => d.Total > 0).Select(Named).ToList();
        var invoices = road
            .Upflow.Screens.Records("invoices")
            .ToDictionary(i => Text(i, "externalId"), i => i, StringComparer.Ordinal);
        return
        [
            .. owed.SelectMany(d => OfInvoice(d, invoices.GetValueOrDefault(d.ExternalId))),
            .. invoices
                .Keys.Except(owed.Select(d => d.ExternalId), StringComparer.Ordinal)
                .Where(id => road.Upflow.Screens.Outstanding(id) != 0)
                .Select(id => $"Upflow has {road.Upflow.Screens.Outstanding(id)} open of {id}, which Intacct has not"),
            .. Unlinked("payments", Rest()),
            .. Unlinked("credit_notes", Credits()),
            .. Unlinked("refunds", []),
            .. Balances(owed),
            .. road.CustomerIds.SelectMany(OfCustomer),
            .. Addresses(),
            .. Pdfs(owed),
        ];
    }

    /// <summary>
    /// By the name that it has in Upflow. Order Entry makes an invoice anew, which takes the place of the earlier one.
    /// </summary>
    private Document Named(Document document) =>
        road.Upflow.Screens.Record("invoices", document.ExternalId) is null
        && road.Upflow.Screens.Record("invoices", document.Number) is { } other
            ? document with
            {
                ExternalId = Text(other, "externalId"),
            }
            : document;

    /// <summary>A customer has its name, and the customer at the top of its group above it.</summary>
    private IEnumerable<string> OfCustomer(string id)
    {
        if (road.Upflow.Screens.Record("customers", id) is not { } there)
            yield break;
        var name = road.Intacct.Company.Record("CUSTOMER", id)!["NAME"];
        if (Text(there, "name") != name)
            yield return $"{id} is called {name} in Intacct and {Text(there, "name")} in Upflow";
        var (top, parent) = (TopOf(id), there["parent"]?["externalId"]?.ToString());
        if (top != parent)
            yield return $"{id} belongs to {top ?? "nobody"} in Intacct and to {parent ?? "nobody"} in Upflow";
    }

    /// <summary>
    /// Each address that customers have in Intacct is in Upflow once, at one of them, and none is at another customer.
    /// </summary>
    private IEnumerable<string> Addresses()
    {
        var wanted = road
            .CustomerIds.Where(id => road.Upflow.Screens.Record("customers", id) is not null)
            .SelectMany(id => AddressesOf(id).Select(address => (Customer: id, Address: address)))
            .ToHashSet();
        var there = road
            .Upflow.Screens.Records("customers")
            .SelectMany(c =>
                c["contacts"]!.AsArray().Select(o => (Text(c, "externalId"), Text(o!.AsObject(), "email")))
            )
            .ToList();
        return there
            .Where(o => !wanted.Contains(o))
            .Select(o => $"{o.Item2} is at {o.Item1} in Upflow and not in Intacct")
            .Concat(
                wanted
                    .Select(o => o.Address)
                    .Distinct(StringComparer.Ordinal)
                    .Where(address => there.Count(o => o.Item2 == address) != 1)
                    .Select(address =>
                        $"{address} is in Upflow {there.Count(o => o.Item2 == address)} times, and in Intacct at "
                        + string.Join(", ", wanted.Where(o => o.Address == address).Select(o => o.Customer))
                    )
            );
    }

    private IEnumerable<string> AddressesOf(string customer)
    {
        var record = road.Intacct.Company.Record("CUSTOMER", customer)!;
        return record
            .GetValueOrDefault("CONTACT_LIST_INFO", "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')[1])
            .Append(record["DISPLAYCONTACT.CONTACTNAME"])
            .Select(name => road.Intacct.Company.Record("CONTACT", name))
            .Where(contact => contact?["STATUS"] != "inactive")
            .Select(contact => contact?.GetValueOrDefault("EMAIL1", "") ?? "")
            .Where(address => address.Length > 0);
    }

    /// <summary>Where PDFs are carried, each invoice has one.</summary>
    private IEnumerable<string> Pdfs(IEnumerable<Document> owed) =>
        road.CarriesPdfs
            ? owed.Where(d => d.ExternalId.StartsWith("ARINVOICE", StringComparison.Ordinal))
                .Where(d => road.Upflow.Screens.Record("invoices", d.ExternalId) is not null)
                .Where(d => road.Upflow.Screens.Pdf(d.ExternalId) is null)
                .Select(d => $"{d.ExternalId} has no PDF in Upflow")
            : [];

    private string? TopOf(string id)
    {
        var above = new List<string> { id };
        while (
            road.Intacct.Company.Record("CUSTOMER", above[^1])?.GetValueOrDefault("PARENTID") is { Length: > 0 } next
            && !above.Contains(next, StringComparer.Ordinal)
        )
            above.Add(next);
        return above.Count == 1 ? null : above[^1];
    }

    private IEnumerable<string> OfInvoice(Document document, JsonObject? invoice)
    {
        var open = invoice is null ? (long?)null : road.Upflow.Screens.Outstanding(document.ExternalId);
        if (open != document.Due)
            yield return $"{document.ExternalId} ({document.Number}) of {document.Customer}: {document.Due} due in "
                + $"Intacct, {open?.ToString(CultureInfo.InvariantCulture) ?? "none"} open in Upflow";
    }

    /// <summary>What must be unlinked, by customer and currency, against what is.</summary>
    private IEnumerable<string> Unlinked(
        string list,
        IEnumerable<(string Customer, string Currency, long Amount)> wanted
    )
    {
        var expected = Sums(wanted);
        var actual = Sums(
            road.Upflow.Screens.Records(list)
                .Select(r =>
                    (
                        r["customer"]?["externalId"]?.ToString() ?? "",
                        Text(r, "currency"),
                        road.Upflow.Screens.Unlinked(list, Text(r, "id"))
                    )
                )
        );
        foreach (var key in expected.Keys.Union(actual.Keys, StringComparer.Ordinal))
        {
            var (want, have) = (expected.GetValueOrDefault(key), actual.GetValueOrDefault(key));
            if (want != have)
                yield return $"{key}: {want} unapplied in Intacct, {have} unlinked of {list} in Upflow";
        }
    }

    private IEnumerable<string> Balances(IReadOnlyList<Document> owed)
    {
        var expected = Sums(
            owed.Select(d => (d.Customer, d.Currency, d.Due))
                .Concat(Rest().Concat(Credits()).Select(r => (r.Customer, r.Currency, -r.Amount)))
        );
        foreach (var (key, balance) in expected)
        {
            var (customer, currency) = (key.Split('/')[0], key.Split('/')[1]);
            if (road.Upflow.Screens.Record("customers", customer) is null)
            {
                if (balance != 0)
                    yield return $"{customer} owes {balance} {currency} and is not in Upflow";
            }
            else if (road.Upflow.Screens.Balance(customer, currency) is var there && there != balance)
                yield return $"{customer} owes {balance} {currency} in Intacct and {there} in Upflow";
        }
    }

    private IEnumerable<(string Customer, string Currency, long Amount)> Rest() =>
        road
            .Intacct.Company.Records("ARPYMT")
            .Where(p => p["DISPLAYSTATE"] is "Complete" or "Reconciled" && p["RECORDTYPE"] != "rr")
            .Concat(
                road.Intacct.Company.Records("ARADVANCE")
                    .Where(a => a["STATE"] is "Posted" or "Partially applied" or "Fully applied")
            )
            .Select(p => (p["CUSTOMERID"], p["CURRENCY"], SmallestUnit.Of(p, "TRX_TOTALDUE")));

    private IEnumerable<(string Customer, string Currency, long Amount)> Credits() =>
        Documents().Where(d => d.Total < 0).Select(d => (d.Customer, d.Currency, -d.Due));

    private IEnumerable<Document> Documents() =>
        new[] { "ARINVOICE", "ARADJUSTMENT" }.SelectMany(kind =>
            road.Intacct.Company.Records(kind)
                .Where(r => OfInvoices.Contains(r["STATE"], StringComparer.Ordinal))
                .Select(r => new Document(
                    $"{kind}-{r["RECORDNO"]}",
                    r["RECORDID"],
                    r["CUSTOMERID"],
                    r["CURRENCY"],
                    SmallestUnit.Of(r, "TRX_TOTALENTERED"),
                    SmallestUnit.Of(r, "TRX_TOTALDUE")
                ))
        );

    private static Dictionary<string, long> Sums(
        IEnumerable<(string Customer, string Currency, long Amount)> amounts
    ) =>
        amounts
            .GroupBy(a => $"{a.Customer}/{a.Currency}", StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(a => a.Amount), StringComparer.Ordinal);

    private static string Text(JsonObject record, string field) => record[field]?.ToString() ?? "";

    private sealed record Document(
        string ExternalId,
        string Number,
        string Customer,
        string Currency,
        long Total,
        long Due
    );
}
