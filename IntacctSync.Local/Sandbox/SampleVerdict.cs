using System.Text.Json;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Zuper.Sample;

namespace IntacctSync.Local.Sandbox;

/// <summary>Compares how each record of the sample ended with how it is meant to end.</summary>
internal sealed class SampleVerdict(KeyMapStore keyMap)
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
