using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>
/// Each payment of Intacct stands once on each invoice it pays, with its sum, and not at all once it is reversed.
/// </summary>
internal sealed class PaymentOracle(HistoryRoad road, Dictionary<SyncKey, KeyMapEntry> entries)
{
    public IEnumerable<string> Differences()
    {
        var numbers = road.Invoices.ToDictionary(i => i["RECORDNO"], i => i["RECORDID"], StringComparer.Ordinal);
        var details = road
            .Intacct.Company.Records("ARPYMTDETAIL")
            .ToLookup(d => d["PAYMENTKEY"], StringComparer.Ordinal);
        foreach (var payment in road.Intacct.Company.Records("ARPYMT").Where(p => p["DISPLAYSTATE"] != "Reversal"))
        {
            var standing = Standing(payment["RECORDNO"]);
            var wanted =
                payment["DISPLAYSTATE"] == "Reversed"
                    ? []
                    : details[payment["RECORDNO"]]
                        .GroupBy(d => numbers[d["RECORDKEY"]], StringComparer.Ordinal)
                        .ToDictionary(
                            g => g.Key,
                            g => g.Sum(d => HistoryDoing.Amount(d, "TRX_PAYMENTAMOUNT")),
                            StringComparer.Ordinal
                        );
            foreach (var number in wanted.Keys.Union(standing.Select(s => s.Number), StringComparer.Ordinal))
            {
                var found = standing.Where(s => s.Number == number).Select(s => s.Amount).ToList();
                var right = wanted.TryGetValue(number, out var sum)
                    ? found is [var one] && one == sum
                    : found.Count == 0;
                var entry = entries.GetValueOrDefault(new SyncKey(road.Id, ZuperFlows.Payments, payment["RECORDNO"]));
                if (found.Count > 1 || (!right && entry?.State != RecordState.NeedsAction))
                    yield return $"payment {payment["RECORDNO"]} ({payment["DISPLAYSTATE"]}) of {sum} on {number} "
                        + $"stands as "
                        + $"{string.Join(" and ", found)}: {entry?.State} {entry?.Problem} "
                        + $"{string.Join("; ", entry?.Timeline ?? [])}";
                else if (!right && !Excused(number))
                    yield return $"payment {payment["RECORDNO"]} on {number} needs a person for no reason: "
                        + $"{entry?.Problem}";
            }
        }
    }

    /// <summary>
    /// An invoice that is out of use in Zuper, or was paid there by other means, or says other sums than Intacct for a
    /// reason of its own, takes no payment.
    /// </summary>
    private bool Excused(string number)
    {
        var invoice = Invoices().First(i => "INV-" + i["invoice_no"] == number);
        return invoice["is_deleted"]?.ToString() == "true"
            || invoice["invoice_status"]!.ToString() is "CANCELED"
            || ((JsonArray)invoice["payment_history"]!).Any(p =>
                p!["reference_no"]?.ToString().StartsWith("SAGE-", StringComparison.Ordinal) != true
            )
            || entries[new SyncKey(road.Id, ZuperFlows.Invoices, invoice["invoice_uid"]!.ToString())].State
                == RecordState.NeedsAction;
    }

    private List<(string Number, decimal Amount)> Standing(string payment) =>
        [
            .. Invoices()
                .SelectMany(i =>
                    ((JsonArray)i["payment_history"]!)
                        .Where(p =>
                            !p!["is_void"]!.GetValue<bool>()
                            && (
                                p["reference_no"]?.ToString() == $"SAGE-{payment}"
                                || p["reference_no"]
                                    ?.ToString()
                                    .StartsWith($"SAGE-{payment}-", StringComparison.Ordinal) == true
                            )
                        )
                        .Select(p =>
                            (
                                "INV-" + i["invoice_no"],
                                decimal.Parse(p!["amount"]!.ToString(), CultureInfo.InvariantCulture)
                            )
                        )
                ),
        ];

    private IReadOnlyList<JsonObject> Invoices() => road.Zuper.Screens.Records(ZuperModules.Invoice);
}
