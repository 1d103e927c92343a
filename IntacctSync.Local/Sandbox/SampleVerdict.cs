using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Zuper.Sample;

namespace IntacctSync.Local.Sandbox;

/// <summary>Compares how each record of the sample ended with how it is meant to end.</summary>
internal sealed class SampleVerdict(KeyMapStore keyMap, RecordQuery records)
{
    /// <summary>One line for each record that ended otherwise.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(
        Connection connection,
        IntacctSimulator intacct,
        SandboxAccountant accountant,
        CancellationToken cancellationToken
    )
    {
        var differences = new List<string>();
        foreach (var (flow, expectations) in Expected(intacct, accountant))
        {
            var entries = await keyMap.GetManyAsync(connection.Id, flow, [.. expectations.Keys], cancellationToken);
            differences.AddRange(
                from expected in expectations
                let meant = Text(expected.Value.State, CodeOf(expected.Value.Problem))
                let found = Found(entries[expected.Key])
                where found != meant
                select $"{flow}/{expected.Key} ({SampleNames.Of(flow, expected.Key, entries[expected.Key].Title)}) is "
                    + $"{found}, and is meant to be {meant}."
            );
        }

        return differences;
    }

    /// <summary>
    /// One line for each record that did not reach Upflow, and for each invoice that is open there by another amount
    /// than in Intacct.
    /// </summary>
    public async Task<IReadOnlyList<string>> UpflowDifferencesAsync(
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

        foreach (var invoice in world.IntacctSimulator.Company.Records("ARINVOICE"))
        {
            if (
                world.UpflowSimulator.Screens.Record("invoices", $"ARINVOICE-{invoice["RECORDNO"]}") is not { } carried
            )
                continue;
            var due = decimal.ToInt64(decimal.Parse(invoice["TRX_TOTALDUE"], CultureInfo.InvariantCulture) * 100);
            if (carried["amountOutstanding"]!.GetValue<long>() is var open && open != due)
                differences.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{invoice["RECORDID"]} is open by {due} cents in Intacct, and by {open} in Upflow."
                    )
                );
        }

        return differences;
    }

    private static IEnumerable<(FlowName Flow, IReadOnlyDictionary<string, SampleExpectation> Expectations)> Expected(
        IntacctSimulator intacct,
        SandboxAccountant accountant
    )
    {
        yield return (ZuperFlows.Organizations, ZuperSample.Expectations);
        yield return (ZuperFlows.Customers, ZuperSample.CustomerExpectations);
        yield return (ZuperFlows.Invoices, ZuperSample.InvoiceExpectations);
        yield return (
            ZuperFlows.Products,
            intacct.Company.Records("ITEM").ToDictionary(item => item["ITEMID"], OfItem, StringComparer.Ordinal)
        );
        yield return (
            ZuperFlows.Payments,
            accountant.Receipts.ToDictionary(r => r.Key, r => r.Value.Expected, StringComparer.Ordinal)
        );
    }

    /// <summary>An item that is inactive before it ever became a product is not carried over.</summary>
    private static SampleExpectation OfItem(IReadOnlyDictionary<string, string> item) =>
        new(item["STATUS"] == "inactive" ? "skipped" : "synced");

    /// <summary>The code of a problem that the sample calls by a name of its own.</summary>
    private static string? CodeOf(string? problem) => problem == "total-mismatch" ? "invoice-does-not-add-up" : problem;

    private static string Found(KeyMapEntry entry) =>
        entry.Stored is null
            ? "unknown"
            : Text(JsonNamingPolicy.CamelCase.ConvertName(entry.State.ToString()), entry.Problem?.Code);

    private static string Text(string state, string? code) => code is null ? state : $"{state} ({code})";
}
