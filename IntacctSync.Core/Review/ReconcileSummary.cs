namespace IntacctSync.Core.Review;

/// <summary>What a comparison comes to.</summary>
/// <param name="Since">The first day; null for no beginning.</param>
/// <param name="Until">The last day; null for no end.</param>
/// <param name="Equal">Whether nothing differs.</param>
/// <param name="Differences">How many records differ.</param>
/// <param name="Flows">The counts of each flow.</param>
/// <param name="Sums">By flow, day and currency, those that differ first: as many as there is room for. All are in the
/// report.</param>
/// <param name="SumsLeftOut">How many are not in <paramref name="Sums"/>.</param>
/// <param name="Untold">Of a comparison at night, how many of the records that differ the letter tells of: what no
/// letter has told before, and nobody else will. Null for one that a person asked for.</param>
/// <param name="SumsDiffer">How many of all sums differ; null in what was stored before they were counted.</param>
public sealed record ReconcileSummary(
    DateOnly? Since,
    DateOnly? Until,
    bool Equal,
    int Differences,
    IReadOnlyList<FlowComparisonCounts> Flows,
    IReadOnlyList<ComparedSum> Sums,
    int SumsLeftOut,
    int? Untold = null,
    int? SumsDiffer = null
)
{
    /// <summary>How many records only one side has, by what people call that side.</summary>
    public IReadOnlyList<OnlyInSystem> Only() =>
        [
            .. Flows
                .Where(f => f.OnlyAtTarget > 0)
                .GroupBy(f => f.TargetSystem ?? "the target", StringComparer.Ordinal)
                .Select(g => new OnlyInSystem(g.Key, g.Sum(f => f.OnlyAtTarget))),
        ];
}

/// <summary>How the two sides of a flow compare.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Source">How many records its source has.</param>
/// <param name="Linked">How many of them have a counterpart.</param>
/// <param name="Equal">How many are equal on both sides.</param>
/// <param name="Differ">How many are not.</param>
/// <param name="LeftOut">How many need no counterpart: filtered, ignored, or dated before the start.</param>
/// <param name="OnlyAtTarget">How many the target has beside them, which are no record's counterpart.</param>
/// <param name="LeftOutBecause">Why those are left out, the most frequent reason first.</param>
/// <param name="DifferBecause">Why the others differ, by cause, the most frequent first; a record that differs for two
/// causes counts for both.</param>
/// <param name="NotCompared">What of some of the linked ones is not compared, such as lines that the target does not
/// show, and why; null where nothing is missing.</param>
/// <param name="TargetSystem">What people call the system of the target; null in what was stored before it was
/// named.</param>
public sealed record FlowComparisonCounts(
    string Flow,
    int Source,
    int Linked,
    int Equal,
    int Differ,
    int LeftOut,
    int OnlyAtTarget,
    IReadOnlyList<LeftOutReason>? LeftOutBecause = null,
    IReadOnlyList<CauseCount>? DifferBecause = null,
    IReadOnlyList<LeftOutReason>? NotCompared = null,
    string? TargetSystem = null
);

/// <summary>How many records differ for a cause.</summary>
/// <param name="Cause">As in <see cref="RecordDifference"/>.</param>
/// <param name="Count">How many.</param>
public sealed record CauseCount(string Cause, int Count);

/// <summary>Why records are left out.</summary>
/// <param name="Why">In words, such as that they are dated before the sync's start.</param>
/// <param name="Count">How many are, for that reason.</param>
public sealed record LeftOutReason(string Why, int Count);

/// <summary>A record that is left out of a comparison.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="SourceId">Its id at its source.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Date">Its own date; null for master data.</param>
/// <param name="Why">Why, in words.</param>
public sealed record LeftOutRecord(string Flow, string SourceId, string? Title, DateOnly? Date, string Why);

/// <summary>
/// A record of the target that is no record's counterpart, such as an invoice that was entered twice.
/// </summary>
/// <param name="Flow">The flow.</param>
/// <param name="TargetId">Its id there.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Date">Its own date; null for master data.</param>
/// <param name="Amount">What it comes to; null for master data.</param>
/// <param name="Currency">ISO 4217; null for the company's own, and for master data.</param>
public sealed record OnlyAtTargetRecord(
    string Flow,
    string TargetId,
    string? Title,
    DateOnly? Date,
    decimal? Amount,
    string? Currency
);

/// <summary>The records of a day and what they add up to, on both sides.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Day">The record's own date.</param>
/// <param name="Currency">ISO 4217; empty for the company's own.</param>
/// <param name="SourceCount">How many records the source has that count: those that are linked, and those that are to
/// be and are not.</param>
/// <param name="SourceSum">What they come to.</param>
/// <param name="TargetCount">How many counterparts the target has that count.</param>
/// <param name="TargetSum">What they come to.</param>
public sealed record ComparedSum(
    string Flow,
    DateOnly Day,
    string Currency,
    int SourceCount,
    decimal SourceSum,
    int TargetCount,
    decimal TargetSum
)
{
    public bool IsEqual => (SourceCount, SourceSum) == (TargetCount, TargetSum);
}
