using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Review;

/// <summary>What people are told by mail after a comparison at night: what is new, or that there was none.</summary>
internal static class NightlyLetter
{
    /// <summary>How many differences a letter names.</summary>
    public const int Named = 10;

    private const string DifferencesCode = "reconcile-differences";
    private const string FailedCode = "reconcile-failed";

    /// <summary>Under which it is noted which comparison people were last told of.</summary>
    public static Cause Differences { get; } = new(RunKinds.Reconcile, DifferencesCode);

    /// <summary>Under which people are told that there was no comparison.</summary>
    public static Cause Failed { get; } = new(RunKinds.Reconcile, FailedCode);

    /// <param name="app">Whose flows they are.</param>
    /// <param name="summary">What the comparison found.</param>
    /// <param name="news">How many records of each flow are new.</param>
    /// <param name="first">The first of the new differences.</param>
    public static Problem OfNews(
        IAppProfile app,
        ReconcileSummary summary,
        IReadOnlyDictionary<string, int> news,
        IReadOnlyList<RecordDifference> first
    )
    {
        var others = summary.Differences - summary.Untold;
        return new Problem(
            DifferencesCode,
            (
                summary.Untold == 1
                    ? "The comparison of both sides found one record that differs. "
                    : $"The comparison of both sides found {summary.Untold} records that differ: "
                        + string.Join(", ", news.Where(n => n.Value > 0).Select(n => InWords(app, n.Key, n.Value)))
                        + ". Among them: "
            )
                + string.Join("; ", first.Select(d => InWords(app, d)))
                + (
                    others > 0
                        ? $". {(others == 1 ? "One more record differs" : $"{others} more records differ")} that this "
                            + "letter does not name: an earlier letter told of them, they wait for the sync or for a "
                            + "person, or they were linked as they stood."
                        : ""
                ),
            "Look at the report of the comparison: it names each record, why it differs and what would mend it."
        );
    }

    /// <param name="why">Why there was no comparison.</param>
    public static Problem OfFailure(string why) =>
        new(
            FailedCode,
            $"Both sides could not be compared, so it is not known whether they are equal: {why}",
            "Mend that. The next night compares again; to know it sooner, start a comparison on the connection's page "
                + "Reconcile, or by: intacctsync reconcile"
        );

    /// <summary>Such as INV-2001 (invoices), due date.</summary>
    private static string InWords(IAppProfile app, RecordDifference difference) =>
        (difference.Title is { Length: > 0 } title ? title : "one without a name")
        + (PlainWords.Flow(app, difference.Flow) is { } flow ? $" ({flow.ToLowerInvariant()})" : "")
        + (difference.Field is { } field ? $", {PlainWords.Field(field)}" : "");

    /// <summary>Such as 3 invoices.</summary>
    private static string InWords(IAppProfile app, string flow, int count) =>
        $"{count} {PlainWords.Flow(app, flow)?.ToLowerInvariant() ?? flow}";
}
