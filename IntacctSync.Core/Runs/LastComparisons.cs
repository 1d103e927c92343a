namespace IntacctSync.Core.Runs;

/// <summary>
/// How both sides of a connection were found last: by night, where they are compared then; one that a person asked for
/// takes its place only if it was of all flows and of no fewer days.
/// </summary>
/// <param name="Done">The last one that came to its end; null where none has.</param>
/// <param name="FailedSince">One that failed since; null where none has.</param>
public sealed record LastComparisons(Run? Done, Run? FailedSince)
{
    /// <param name="runs">The runs of the connection, newest first.</param>
    public static LastComparisons Of(IEnumerable<Run> runs)
    {
        var ended = Ended(runs);
        var nightly = ended.Find(r => r.Reach.Nightly);
        return Among(
            nightly is null
                ? ended
                : ended.FindAll(r => r.Reach.Nightly || (r.State == RunState.Done && r.Reach.Covers(nightly.Reach)))
        );
    }

    /// <summary>The same, whoever asked for them.</summary>
    public static LastComparisons OfAll(IEnumerable<Run> runs) => Among(Ended(runs));

    private static List<Run> Ended(IEnumerable<Run> runs) =>
        [
            .. runs.Where(r =>
                r is { Kind: RunKinds.Reconcile, State: RunState.Done or RunState.Failed, EndedAt: not null }
            ),
        ];

    private static LastComparisons Among(List<Run> ended) =>
        new(
            ended.Find(r => r.State == RunState.Done),
            ended.Count > 0 && ended[0].State == RunState.Failed ? ended[0] : null
        );
}
