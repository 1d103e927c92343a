namespace IntacctSync.Core.Upflow.Standings;

/// <summary>One call that brings Upflow from what stands there to what is to stand there.</summary>
/// <param name="Key">Of the document or link.</param>
internal abstract record StandingStep(string Key)
{
    /// <summary>A document is made or changed.</summary>
    public sealed record Write(string Key, StandingDocument Document) : StandingStep(Key);

    /// <summary>A document is taken away.</summary>
    public sealed record Delete(string Key) : StandingStep(Key);

    /// <summary>A link is made, or gets another amount.</summary>
    public sealed record Link(string Key, StandingLink Wanted) : StandingStep(Key);

    /// <summary>A link is emptied.</summary>
    public sealed record Unlink(string Key) : StandingStep(Key);

    /// <summary>
    /// The steps that make room: they end links or lessen them. They go before all others, over all records at hand,
    /// since Upflow refuses to link more than is open. Pure.
    /// </summary>
    public static IReadOnlyList<StandingStep> ThatMakeRoom(Standing standing, WantedStanding wanted) =>
        [
            .. standing.Links.Where(k => !wanted.Links.ContainsKey(k)).Select(k => new Unlink(k)),
            .. wanted.Links.Where(l => standing.MostOf(l.Key) > l.Value.Amount).Select(l => new Link(l.Key, l.Value)),
        ];

    /// <summary>Whether any step takes away what stands, or lessens it. Pure.</summary>
    public static bool TakesBack(Standing standing, WantedStanding wanted) =>
        ThatMakeRoom(standing, wanted).Count > 0 || standing.Documents.Any(k => !wanted.Documents.ContainsKey(k));

    /// <summary>
    /// The steps after those: documents, then the links that need more of them. Pure.
    /// </summary>
    public static IReadOnlyList<StandingStep> ThatTakeRoom(Standing standing, WantedStanding wanted) =>
        [
            .. standing.Documents.Where(k => !wanted.Documents.ContainsKey(k)).Select(k => new Delete(k)),
            .. wanted.Documents.Where(d => !standing.Has(d.Key, d.Value.Hash)).Select(d => new Write(d.Key, d.Value)),
            .. wanted.Links.Where(l => !standing.IsLinked(l.Key, l.Value.Amount)).Select(l => new Link(l.Key, l.Value)),
        ];
}
