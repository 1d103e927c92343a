using System.Globalization;
using IntacctSync.Tests.Scenarios.Histories;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Histories at random. A failure names its seed and the shortest history found that still fails; the environment may
/// ask for others: <c>INTACCTSYNC_TEST_SEEDS=200</c> and <c>INTACCTSYNC_TEST_FIRST_SEED=1000</c>.
/// </summary>
public class Whatever_happens_both_sides_end_equal
{
    private const int Length = 55;
    private const int MostShorterRuns = 60;

    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(Said("INTACCTSYNC_TEST_FIRST_SEED", 1), Said("INTACCTSYNC_TEST_SEEDS", 10))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task And_nothing_is_there_twice(int seed)
    {
        var history = HistoryStep.History(seed, Length);
        var differences = await HistoryRoad.PlayAsync(history);
        if (differences.Count > 0)
            (history, differences) = await ShortenAsync(history, differences);
        Assert.True(
            differences.Count == 0,
            $"Seed {seed}: {string.Join(", ", history)}\n{string.Join("\n", differences)}"
        );
    }

    /// <summary>Leaves out what the failure does not need: ever smaller parts, from the end.</summary>
    private static async Task<(List<HistoryStep> History, IReadOnlyList<string> Differences)> ShortenAsync(
        List<HistoryStep> history,
        IReadOnlyList<string> differences
    )
    {
        var runs = 0;
        for (var size = history.Count / 2; size > 0; size /= 2)
        {
            for (var at = history.Count - size; at >= 0 && runs < MostShorterRuns; at -= size)
            {
                List<HistoryStep> shorter = [.. history.Take(at), .. history.Skip(at + size)];
                runs++;
                if (await HistoryRoad.PlayAsync(shorter) is { Count: > 0 } still)
                    (history, differences) = (shorter, still);
            }
        }

        return (history, differences);
    }

    private static int Said(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var said)
            ? said
            : otherwise;
}
