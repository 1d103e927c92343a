using System.Text.Json.Nodes;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>
/// What holds after every step, also while rows are not visible yet and calls are in doubt: nothing stands twice on
/// either side, nothing is linked by more than was ever applied, Intacct is written to by receipts alone, and a shadow
/// writes nothing.
/// </summary>
internal sealed class StepOracle(ReceivablesRoad road)
{
    private static readonly string[] Applied =
    [
        "TRX_PAYMENTAMOUNT",
        "TRX_DISCOUNTAMOUNT",
        "TRX_POSTEDADVANCEAMOUNT",
        "TRX_POSTEDOVERPAYMENTAMOUNT",
        "TRX_ADJUSTMENTAMOUNT",
        "TRX_NEGATIVEINVOICEAMOUNT",
    ];

    /// <summary>The most that a payment ever gave to a receivable.</summary>
    private readonly Dictionary<(string Maker, string Receivable), long> _most = [];

    private (int Upflow, int Intacct) _writesBeforeShadow;

    /// <summary>Called when the connection becomes a shadow.</summary>
    public void BeginShadow() => _writesBeforeShadow = (road.Upflow.Counters.Writes, IntacctWrites);

    private int IntacctWrites =>
        road.Intacct.Counters is var made ? made.Creates + made.Updates + made.Deletes + made.Refused : 0;

    /// <summary>What does not hold now.</summary>
    public IReadOnlyList<string> Violations()
    {
        Remember();
        return [.. Documents(), .. Payments(), .. Links(), .. Receipts(), .. Writes()];
    }

    /// <summary>Notes what payments give to receivables now.</summary>
    public void Remember()
    {
        var payments = road.Intacct.Company.Records("ARPYMT").ToDictionary(p => p["RECORDNO"], StringComparer.Ordinal);
        var now = new Dictionary<(string, string), long>();
        foreach (var detail in road.Intacct.Company.Records("ARPYMTDETAIL"))
        {
            if (!payments.TryGetValue(detail["PAYMENTKEY"], out var payment))
                continue;
            var receivable = Of(detail, "RECORDKEY") is { Length: > 0 } invoice
                ? invoice
                : UpflowIds.Of(UpflowIds.Adjustment, Of(detail, "POSADJKEY"));
            var key = (UpflowIds.Of(UpflowIds.Payment, payment["RECORDNO"]), receivable);
            now[key] =
                now.GetValueOrDefault(key)
                + Applied
                    .Where(f => Of(detail, f).Length > 0)
                    .Sum(f => SmallestUnit.Of(HistoryDoing.Amount(detail, f), payment["CURRENCY"]));
        }

        foreach (var (key, amount) in now)
            _most[key] = Math.Max(_most.GetValueOrDefault(key), amount);
    }

    /// <summary>A number is that of one invoice only, and of none that Intacct never had.</summary>
    private IEnumerable<string> Documents() =>
        road
            .Upflow.Screens.Records("invoices")
            .GroupBy(i => Text(i, "customId"), StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.Count()} invoices of Upflow have the number {g.Key}")
            .Concat(
                new[] { "invoices", "credit_notes", "refunds" }
                    .SelectMany(list => road.Upflow.Screens.Records(list).Select(r => (List: list, Record: r)))
                    .Where(r => Text(r.Record, "externalId").Length == 0 && r.List != "refunds")
                    .Select(r => $"one of the {r.List} of Upflow has no name of ours")
            );

    /// <summary>
    /// An advance stands as such and not as a payment too, and what was taken in Upflow is not sent there again.
    /// </summary>
    private IEnumerable<string> Payments()
    {
        var payments = road.Intacct.Company.Records("ARPYMT").ToDictionary(p => p["RECORDNO"], StringComparer.Ordinal);
        foreach (var externalId in road.Upflow.Screens.Records("payments").Select(p => Text(p, "externalId")))
        {
            if (
                UpflowIds.Parse(externalId) is not { Object: UpflowIds.Payment } name
                || payments.GetValueOrDefault(name.RecordNo) is not { } payment
            )
                continue;
            if (payment["RECORDTYPE"] == "rr")
                yield return $"the advance {name.RecordNo} stands in Upflow as a payment too";
            if (PortalDoing.IsTaken(payment))
                yield return $"{externalId} was taken in Upflow, and sent there again";
            if (payment["DISPLAYSTATE"] == "Reversal")
                yield return $"the counter-entry {externalId} stands in Upflow";
        }
    }

    private IEnumerable<string> Links() =>
        road
            .Upflow.Screens.Links()
            .Select(l => (Name: Text(l, "externalId").Split('_'), Amount: Linked(l)))
            .Where(l => l.Name is [_, "M" or "P" or "C" or "D" or "E", ..])
            .Where(l => l.Name[0].StartsWith(UpflowIds.Payment + "-", StringComparison.Ordinal))
            .GroupBy(l => (Maker: l.Name[0], Receivable: l.Name[^1]))
            .Where(g => g.Sum(l => l.Amount) > _most.GetValueOrDefault(g.Key))
            .Select(g =>
                $"{g.Key.Maker} is linked to {g.Key.Receivable} by {g.Sum(l => l.Amount)}, and gave "
                + $"{_most.GetValueOrDefault(g.Key)} at most"
            );

    /// <summary>Each payment that was taken in Upflow is in Intacct once at most, with its amount.</summary>
    private IEnumerable<string> Receipts()
    {
        var taken = road
            .Upflow.Screens.Records("payments")
            .Where(p => Text(p, "externalId").Length == 0)
            .ToDictionary(p => Text(p, "reference"), p => (long)p["amount"]!, StringComparer.Ordinal);
        foreach (
            var posted in road
                .Intacct.Company.Records("ARPYMT")
                .Where(p => PortalDoing.IsTaken(p) && p["DISPLAYSTATE"] != "Reversal")
                .GroupBy(p => p["DOCNUMBER"], StringComparer.Ordinal)
        )
        {
            if (posted.Count() > 1)
                yield return $"{posted.Key} is posted in Intacct {posted.Count()} times";
            var amount = posted.Max(p => SmallestUnit.Of(p, "TRX_TOTALENTERED"));
            var paid = taken.GetValueOrDefault(posted.Key);
            if (amount != paid)
                yield return $"{posted.Key} is posted with {amount}, and {paid} was paid in Upflow";
        }
    }

    private IEnumerable<string> Writes()
    {
        var counters = road.Intacct.Counters;
        var (all, ofPayments) = (
            IntacctWrites,
            counters["create ARPYMT"] + counters["update ARPYMT"] + counters["refused ARPYMT"]
        );
        if (all != (road.TakesReceipts ? ofPayments : 0))
            yield return $"Intacct was written to by what only reads: {string.Join(", ", counters.All)}";
        if (road.IsShadow && (road.Upflow.Counters.Writes, IntacctWrites) != _writesBeforeShadow)
            yield return $"{road.Upflow.Counters.Writes - _writesBeforeShadow.Upflow} writes to Upflow and "
                + $"{IntacctWrites - _writesBeforeShadow.Intacct} to Intacct were made in shadow";
    }

    private static long Linked(JsonObject link) => link["pairs"]!.AsArray().Sum(p => (long)p!["amountLinked"]!);

    private static string Of(IReadOnlyDictionary<string, string> record, string field) =>
        record.GetValueOrDefault(field, "");

    private static string Text(JsonObject record, string field) => record[field]?.ToString() ?? "";
}
