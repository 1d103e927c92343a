using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Upflow.Records;

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
        var invoices = road
            .Upflow.Screens.Records("invoices")
            .ToDictionary(i => Text(i, "externalId"), i => i, StringComparer.Ordinal);
        var owed = Documents().Where(d => d.Total > 0).ToList();
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
        ];
    }

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
            .Select(p => (p["CUSTOMERID"], p["CURRENCY"], Smallest(p, "TRX_TOTALDUE")));

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
                    Smallest(r, "TRX_TOTALENTERED"),
                    Smallest(r, "TRX_TOTALDUE")
                ))
        );

    private static Dictionary<string, long> Sums(
        IEnumerable<(string Customer, string Currency, long Amount)> amounts
    ) =>
        amounts
            .GroupBy(a => $"{a.Customer}/{a.Currency}", StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(a => a.Amount), StringComparer.Ordinal);

    private static long Smallest(IReadOnlyDictionary<string, string> record, string field) =>
        UpflowMoney.ToSmallest(HistoryDoing.Amount(record, field), record["CURRENCY"]);

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
