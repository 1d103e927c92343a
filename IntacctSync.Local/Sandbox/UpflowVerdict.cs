using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Upflow;

namespace IntacctSync.Local.Sandbox;

/// <summary>Compares what the simulated Upflow shows with what the simulated Intacct is owed.</summary>
internal sealed class UpflowVerdict(RecordQuery records)
{
    private static readonly string[] Posted = ["Posted", "Partially Paid", "Paid"];
    private static readonly string[] Received = ["Complete", "Reconciled"];

    /// <summary>
    /// One line for each flow with records that did not reach Upflow, and for each difference between both sides.
    /// </summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(
        Connection connection,
        SandboxSystems world,
        CancellationToken cancellationToken
    )
    {
        var differences = new List<string>();
        foreach (var flow in UpflowFlows.All.Select(f => f.Name))
        {
            var counts = await records.CountAsync(connection.Id, flow, cancellationToken);
            var others = counts.Total - counts.Of(RecordState.Synced) - counts.Of(RecordState.Skipped);
            if (others > 0)
                differences.Add($"{others} records of {flow} ended neither synced nor skipped.");
        }

        return [.. differences, .. Between(world.IntacctSimulator.Company, world.UpflowSimulator.Screens)];
    }

    /// <summary>
    /// One line for each invoice or credit of Intacct that Upflow lacks, or shows with another open amount, and for
    /// each customer and currency whose balance differs. Amounts are in the currency's smallest unit.
    /// </summary>
    internal static IReadOnlyList<string> Between(IntacctCompany company, UpflowScreens upflow)
    {
        var documents = new[] { UpflowIds.Invoice, UpflowIds.Adjustment }
            .SelectMany(kind =>
                company.Records(kind).Select(record => (Id: UpflowIds.Of(kind, record["RECORDNO"]), record))
            )
            .Where(d => Posted.Contains(d.record["STATE"], StringComparer.Ordinal))
            .ToList();
        var money = company
            .Records(UpflowIds.Payment)
            .Where(p => p["RECORDTYPE"] != "rr" && Received.Contains(p["DISPLAYSTATE"], StringComparer.Ordinal))
            .Concat(
                company.Records(UpflowIds.Advance).Where(a => a["STATE"] != "Reversed" && a["STATE"] != "Reversal")
            );
        return
        [
            .. documents.SelectMany(d => OfDocument(d.Id, d.record, upflow)),
            .. documents
                .Select(d => (d.record, Sum: Due(d.record)))
                .Concat(money.Select(record => (record, Sum: -Due(record))))
                .GroupBy(s => (Customer: s.record["CUSTOMERID"], Currency: s.record["CURRENCY"]))
                .SelectMany(g => OfCustomer(g.Key.Customer, g.Key.Currency, g.Sum(s => s.Sum), upflow)),
        ];
    }

    private static IEnumerable<string> OfDocument(
        string id,
        IReadOnlyDictionary<string, string> document,
        UpflowScreens upflow
    )
    {
        var isCredit = Amount(document, "TRX_TOTALENTERED") < 0;
        var list = isCredit ? "credit_notes" : "invoices";
        var due = isCredit ? -Due(document) : Due(document);
        if (upflow.Record(list, id) is null)
            yield return $"{document["RECORDID"]} is not in Upflow.";
        else if (upflow.Unlinked(list, id) is var open && open != due)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{document["RECORDID"]} is open by {due} in Intacct, and by {open} in Upflow."
            );
    }

    private static IEnumerable<string> OfCustomer(string customer, string currency, long owed, UpflowScreens upflow)
    {
        if (upflow.Record("customers", customer) is null)
            yield return $"{customer} is not in Upflow.";
        else if (upflow.Balance(customer, currency) is var there && there != owed)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{customer} owes {owed} {currency} in Intacct, and {there} in Upflow."
            );
    }

    private static long Due(IReadOnlyDictionary<string, string> record) => Amount(record, "TRX_TOTALDUE");

    private static long Amount(IReadOnlyDictionary<string, string> record, string field) =>
        UpflowMoney.ToSmallest(
            decimal.Parse(record[field], CultureInfo.InvariantCulture),
            record["CURRENCY"] is { Length: > 0 } currency ? currency : "USD"
        );
}
