using System.Globalization;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;

namespace IntacctSync.Local.Sandbox;

/// <summary>Compares what the simulated Upflow shows with what the simulated Intacct is owed.</summary>
internal sealed class UpflowVerdict(RecordQuery records)
{
    /// <summary>
    /// One line for each record that did not reach Upflow, and for each invoice that is open there by another amount
    /// than in Intacct.
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

        foreach (var invoice in world.IntacctSimulator.Company.Records("ARINVOICE"))
        {
            if (world.UpflowSimulator.Screens.Record("invoices", $"ARINVOICE-{invoice["RECORDNO"]}") is not { } carried)
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
}
