using System.Globalization;

namespace IntacctSync.Core.Review;

/// <summary>What a comparison found, in one sentence for people. Pure.</summary>
public static class ComparisonWords
{
    /// <summary>
    /// Such as: 2 records differ; 3 are only in Intacct. That both sides are equal is said only where neither has
    /// anything that the other lacks.
    /// </summary>
    /// <param name="differences">How many records differ.</param>
    /// <param name="only">How many are only in one of the systems, by its name.</param>
    public static string Of(int differences, IEnumerable<OnlyInSystem> only)
    {
        var others = only.Where(o => o.Count > 0).ToList();
        var said = differences switch
        {
            0 when others.Count == 0 => "Both sides are equal",
            0 => "What is linked is equal on both sides",
            1 => "One record differs",
            _ => string.Create(CultureInfo.InvariantCulture, $"{differences:N0} records differ"),
        };
        return string.Join("; ", others.Select(InWords).Prepend(said));
    }

    /// <summary>The same of a whole comparison; where neither side had anything, that is said.</summary>
    public static string Of(ReconcileSummary summary) =>
        summary.Differences == 0 && summary.Flows.All(f => f.Source + f.OnlyAtTarget == 0)
            ? "There was nothing to compare"
            : Of(summary.Differences, summary.Only());

    /// <summary>The days that a comparison is of, such as: from 2026-01-01 on.</summary>
    public static string Days(DateOnly? first, DateOnly? last) =>
        (first, last) switch
        {
            (null, null) => "all days",
            ({ } since, null) => $"from {Day(since)} on",
            (null, { } until) => $"until {Day(until)}",
            ({ } since, { } until) => $"{Day(since)} to {Day(until)}",
        };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string InWords(OnlyInSystem only) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{only.Count:N0} {(only.Count == 1 ? "is" : "are")} only in {only.System}"
        );
}

/// <summary>How many records only one of the systems has.</summary>
/// <param name="System">What people call it.</param>
/// <param name="Count">How many.</param>
public sealed record OnlyInSystem(string System, int Count);
