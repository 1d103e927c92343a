using IntacctSync.Core.Connections;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;

namespace IntacctSync.Web.Console.Words;

/// <summary>Runs as people read them.</summary>
internal static class RunWords
{
    /// <summary>A guess needs at least this much to go by.</summary>
    private const int EnoughDone = 10;

    public static string Title((IAppProfile App, Run Run) of) =>
        $"{Kind(of.Run.Kind)}: {Flow(of.App, of.Run).ToLowerInvariant()}";

    public static string Flow(IAppProfile app, Run run) =>
        run.Flow is { } flow ? RecordWords.Flow(app, flow) : "All flows";

    public static string Kind(string kind) =>
        kind switch
        {
            RunKinds.Poll => "Look for changes",
            RunKinds.Backfill => "Backfill",
            RunKinds.Preview => "Preview",
            RunKinds.Reconcile => "Comparison",
            RunKinds.Rebuild => "Rebuild of the links",
            _ => RecordWords.Sentence(kind),
        };

    public static string State(RunState state) =>
        state switch
        {
            RunState.Running => "Running",
            RunState.Done => "Done",
            RunState.Failed => "Failed",
            _ => "Cancelled",
        };

    /// <summary>As the badges of the states of records are named.</summary>
    public static string Badge(RunState state) =>
        state switch
        {
            RunState.Running => "pending",
            RunState.Done => "synced",
            RunState.Failed => "dead",
            _ => "skipped",
        };

    /// <summary>
    /// What it was asked to look at, such as: All from the start date on, as a first sync. Null where it says so by
    /// itself.
    /// </summary>
    public static string? Reach(IAppProfile app, Run run) =>
        run switch
        {
            { Kind: RunKinds.Reconcile, Reach: var asked } => (asked.Nightly ? "By night, as the settings ask: " : "")
                + $"{Flows(app, asked.Flows?.Select(f => f.Value))}; {Period(asked.FirstDay, asked.Until)}",
            { Reach.Since: { } since } => $"Changed since {Times.Of(since)}, of any date",
            { Reach: { Full: true, First: true } } => "All from the start date on, as a first sync",
            { Reach.Full: true } => "All, of any date",
            { Kind: RunKinds.Poll } => "What changed since it was last looked at",
            _ => null,
        };

    /// <summary>Such as: Invoices, payments.</summary>
    public static string Flows(IAppProfile app, IEnumerable<string>? flows) =>
        flows is null
            ? "All flows"
            : RecordWords.Sentence(string.Join(", ", flows.Select(f => RecordWords.Flow(app, f).ToLowerInvariant())));

    public static string Progress(Run run)
    {
        if (run is { Kind: RunKinds.Reconcile, State: RunState.Running, Done: 0 })
            return "Both sides are being read, none is compared yet";
        if (run.Kind == RunKinds.Reconcile)
            return $"{Amounts.Of(run.Done)} compared, {Amounts.Of(run.Failed)} differ";
        var failed = run.Failed == 0 ? "" : $", {Amounts.Of(run.Failed)} of them in vain";
        return run.Detected || run.State != RunState.Running
            ? $"{Amounts.Of(run.Done + run.Failed)} of {Amounts.Of(run.Found)} worked off{failed}"
            : $"{Amounts.Of(run.Found)} found so far, {Amounts.Of(run.Done + run.Failed)} worked off{failed}";
    }

    /// <summary>
    /// What is left of it, and how long that will take at the pace until now; or that it can't be told. Null for a run
    /// that has ended, or is through.
    /// </summary>
    public static string? Left(Run run, DateTimeOffset now)
    {
        if (run.State != RunState.Running)
            return null;
        if (run.Left is not { } left)
            return "How many are left is not known yet.";
        if (left <= 0)
            return null;
        var worked = run.Done + run.Failed;
        var pace =
            worked >= EnoughDone && now > run.StartedAt
                ? $"; about {Times.Span(Seconds((now - run.StartedAt) / worked * left))} at this pace"
                : "";
        return $"{(run.Detected ? "" : "About ")}{Amounts.Count(left, "is", "are")} left{pace}.";
    }

    private static TimeSpan Seconds(TimeSpan span) => TimeSpan.FromSeconds(Math.Max(1, span.TotalSeconds));

    /// <summary>The days that a comparison is of.</summary>
    public static string Period(ReconcileSummary summary) => Period(summary.Since, summary.Until);

    private static string Period(DateOnly? first, DateOnly? last)
    {
        var days = ComparisonWords.Days(first, last);
        return char.ToUpperInvariant(days[0]) + days[1..];
    }
}
