using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>A comparison of both sides, as a scenario asks for it.</summary>
internal static class ComparedSides
{
    /// <returns>The summary, and each difference: flow, title, field, source, target and cause.</returns>
    public static async Task<(JsonNode Summary, IReadOnlyList<string> Differences)> ReconcileAsync(
        this SyncProcess process,
        Connection connection,
        Func<Func<Task<Run>>, Task<Run>> pass,
        params IReadOnlyList<FlowName> flows
    )
    {
        var run = await pass(async () =>
        {
            var (started, _) = await process
                .Get<Reconciliation>()
                .StartAsync(connection, null, null, flows.Count == 0 ? null : flows, tells: false, default);
            await process.Get<LongRuns>().EndOfAsync(started.RunId, default);
            return started;
        });
        var ended = (await process.Get<RunStore>().GetAsync(connection.Id, run.RunId, default))!;
        Assert.True(ended.State == RunState.Done, $"{ended.State}: {ended.Report}");
        var differences = new List<string>();
        await foreach (var line in process.Get<RunReports>().ReadAsync(connection.Id, run.RunId, default))
        {
            var d = JsonNode.Parse(line)!;
            differences.Add($"{d["flow"]} {d["title"]} {d["field"]} '{d["source"]}' '{d["target"]}' {d["cause"]}");
        }

        return (JsonNode.Parse(ended.Report!)!, [.. differences.Order(StringComparer.Ordinal)]);
    }
}
