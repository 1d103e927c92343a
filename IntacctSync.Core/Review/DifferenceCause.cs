using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Review;

/// <summary>Why two sides differ, and what would mend it. Pure.</summary>
/// <param name="Code">A stable word.</param>
/// <param name="Why">The same in a sentence.</param>
/// <param name="Repair">What is proposed; nothing is done of it unless a person does it.</param>
public sealed record DifferenceCause(string Code, string Why, string Repair)
{
    public const string ByHand = "changedByHand";
    public const string Waiting = "waiting";
    public const string NeedsPerson = "needsPerson";
    public const string OtherPayment = "paidOtherwise";
    public const string Missing = "counterpartGone";
    public const string SourceGone = "sourceGone";
    public const string Unknown = "unknown";

    /// <summary>Why a record has no counterpart; null where it is to have none.</summary>
    public static DifferenceCause? OfUnlinked(KeyMapEntry? entry, ComparedRecord source, Names names) =>
        entry switch
        {
            { Ignored: true } => null,
            { State: RecordState.Skipped } => null,
            { State: RecordState.NeedsAction or RecordState.Dead, Problem: { } problem } => Asked(problem),
            { State: RecordState.Pending or RecordState.InDoubt } => Waits(entry),
            _ when (source.LeftOut ?? source.MayBeMissing) is not null => null,
            _ when source.Problem is { } problem => Asked(problem),
            _ => new(
                Unknown,
                $"{names.Source} has it, and the sync has not seen it.",
                "Sync its flow with since or full, then compare again."
            ),
        };

    /// <summary>Why a linked record's counterpart is not shown.</summary>
    public static DifferenceCause OfGone(KeyMapEntry entry, Names names) =>
        entry switch
        {
            { State: RecordState.NeedsAction or RecordState.Dead, Problem: { } problem } => Asked(problem),
            { State: RecordState.Pending or RecordState.InDoubt } => Waits(entry),
            _ => new(
                Missing,
                $"{names.Target} does not show its counterpart {entry.TargetId} any more.",
                "Retry the record: it is looked at, and made again or asked about."
            ),
        };

    /// <summary>Why a counterpart's source is not shown.</summary>
    public static DifferenceCause OfSourceGone(KeyMapEntry entry, Names names) =>
        new(
            SourceGone,
            $"{names.Source} does not list it among those compared, and its counterpart {entry.TargetId} is there.",
            $"Look for it in {names.Source}: it may be deleted, or have another date. Retry it to have it looked at."
        );

    /// <summary>Why a field differs.</summary>
    /// <param name="entry">The record's row.</param>
    /// <param name="difference">The field.</param>
    /// <param name="isSourceAsWritten">Whether the source still says what was last written.</param>
    /// <param name="source">The source's side.</param>
    /// <param name="target">The target's side.</param>
    /// <param name="names">What people call the two systems.</param>
    public static DifferenceCause OfField(
        KeyMapEntry entry,
        FieldDifference difference,
        bool isSourceAsWritten,
        ComparedRecord source,
        ComparedRecord target,
        Names names
    )
    {
        if (entry is { State: RecordState.NeedsAction or RecordState.Dead, Problem: { } problem })
            return Asked(problem);
        if (entry.State is RecordState.Pending or RecordState.InDoubt)
            return Waits(entry);
        if ((target.Remark ?? source.Remark) is { } remark)
            return new(OtherPayment, remark, $"Decide which of the two holds, and correct it in {names.Source}.");
        return isSourceAsWritten
            ? new(
                ByHand,
                $"It was changed by hand in {names.Target}: it is '{difference.Target}' there and "
                    + $"'{difference.Source}' in {names.Source}, as it was last carried over.",
                $"If {names.Target} is right, change it in {names.Source}, too; if not, change it back in "
                    + $"{names.Target}."
            )
            : new(
                Waiting,
                $"It has changed in {names.Source} and is not carried over yet, or both sides never agreed on it.",
                "Retry the record; if it stays so, change it by hand on one side."
            );
    }

    private static DifferenceCause Asked(Problem problem) =>
        new(NeedsPerson, $"It needs a person: {problem.Message}", problem.Fix);

    private static DifferenceCause Waits(KeyMapEntry entry) =>
        new(
            Waiting,
            entry is { WaitsFor: not null, Timeline: [.., var last] }
                ? $"It is not carried over yet: {last.Detail}"
                : "It is on its way: a change of it is not carried over yet.",
            "Nothing: it is carried over by itself."
        );
}

/// <summary>What people call the two systems of a flow.</summary>
public sealed record Names(string Source, string Target);
