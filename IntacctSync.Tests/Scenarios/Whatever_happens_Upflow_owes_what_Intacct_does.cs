using System.Globalization;
using IntacctSync.Tests.Scenarios.Histories;
using Xunit.Abstractions;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Histories at random: whenever all is polled and settled, each invoice has the same amount open on both sides, and
/// each customer the same balance; every fifth history settles after each step. After every step of all of them nothing
/// stands twice, nothing is linked by more than was applied, and Intacct is written to by receipts alone. A failure
/// names its seed and the shortest history found that still fails. More than the few of each run are played by
/// <c>INTACCTSYNC_TEST_RECEIVABLES=1000 dotnet test --filter Whatever_happens_Upflow</c>, from
/// <c>INTACCTSYNC_TEST_FIRST_SEED</c> on; the figures are printed at the end.
/// </summary>
public sealed class Whatever_happens_Upflow_owes_what_Intacct_does(ITestOutputHelper output)
{
    private const int Length = 40;
    private const int MostShorterRuns = 60;
    private const int MostFailures = 3;

    [Fact]
    public async Task To_the_cent()
    {
        var (first, count) = (Said("INTACCTSYNC_TEST_FIRST_SEED", 1), Said("INTACCTSYNC_TEST_RECEIVABLES", 8));
        var (steps, comparisons, prompt, writes) = (0, 0, 0, 0);
        var started = TimeProvider.System.GetTimestamp();
        var done = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var failed = new List<string>();
        for (var seed = first; seed < first + count && failed.Count < MostFailures; seed++)
        {
            var history = ReceivablesStep.History(seed, Length);
            var outcome = await ReceivablesRoad.PlayAsync(seed, history);
            steps += history.Count;
            comparisons += outcome.Comparisons;
            prompt += outcome.Prompt;
            writes += outcome.Writes;
            foreach (var (what, times) in outcome.Done)
                done[what] = done.GetValueOrDefault(what) + times;
            if (outcome.Differences.Count == 0)
                continue;
            output.WriteLine($"Seed {seed} fails.");
            (history, outcome) = await ShortenAsync(seed, history, outcome);
            failed.Add($"Seed {seed}: {string.Join(", ", history)}\n{string.Join("\n", outcome.Differences)}");
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} histories of {Length} steps from seed {first} on, each of {steps} steps held to what always "
                    + $"holds, {comparisons} comparisons of both sides ({prompt} of them after one poll of a step), "
                    + $"{writes} writes to Upflow, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s: "
                    + $"{failed.Count} failed.\n"
                    + $"Done: {string.Join(", ", done.Select(d => $"{d.Key} {d.Value}"))}."
            )
        );
        Assert.True(failed.Count == 0, string.Join("\n\n", failed));
    }

    /// <summary>Leaves out what the failure does not need: ever smaller parts, from the end.</summary>
    private static async Task<(List<ReceivablesStep> History, HistoryOutcome Outcome)> ShortenAsync(
        int seed,
        List<ReceivablesStep> history,
        HistoryOutcome outcome
    )
    {
        var runs = 0;
        for (var size = history.Count / 2; size > 0; size /= 2)
        {
            for (var at = history.Count - size; at >= 0 && runs < MostShorterRuns; at -= size)
            {
                List<ReceivablesStep> shorter = [.. history.Take(at), .. history.Skip(at + size)];
                runs++;
                if (await ReceivablesRoad.PlayAsync(seed, shorter) is { Differences.Count: > 0 } still)
                    (history, outcome) = (shorter, still);
            }
        }

        return (history, outcome);
    }

    private static int Said(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var said)
            ? said
            : otherwise;
}
