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
    public const string AsFound = "adopted";

    /// <summary>Why a record has no counterpart; null where it is to have none.</summary>
    public static DifferenceCause? OfUnlinked(KeyMapEntry? entry, ComparedRecord source, Names names) =>
        entry switch
        {
            { Ignored: true } => null,
            { State: RecordState.Skipped } => null,
            { State: RecordState.NeedsAction or RecordState.Dead, Problem: { } problem } => Asked(problem),
            { State: RecordState.Pending or RecordState.InDoubt } => Waits(entry),
            _ when source.LeftOut is not null => null,
            _ when source.Unread is { } unread => OfUnread(unread),
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
        entry switch
        {
            { State: RecordState.NeedsAction or RecordState.Dead, Problem: { } problem } => Asked(problem),
            { State: RecordState.Pending or RecordState.InDoubt } => Waits(entry),
            _ => new(
                SourceGone,
                $"{names.Source} does not show it any more, and its counterpart {entry.TargetId} is there.",
                $"Look for it in {names.Source}: it may be deleted, or hidden from the connection's user. Retry it to "
                    + "have it looked at."
            ),
        };

    /// <summary>Of a source that is not listed, where too many are not for each to be looked up.</summary>
    public static DifferenceCause OfNotLookedUp(KeyMapEntry entry, Names names) =>
        new(
            Unknown,
            $"{names.Source} does not list it among those compared, and its counterpart {entry.TargetId} is there. So "
                + "many are like it that it was not looked up by itself.",
            "Explain the record, or compare a longer period: it may be deleted, or have another date."
        );

    /// <summary>Of a record of which one side could not be read.</summary>
    public static DifferenceCause OfUnread(Problem problem) =>
        new(Unknown, $"It could not be compared: {problem.Message}", problem.WhereAsked().Fix);

    /// <summary>
    /// Why a linked record is not done with though no compared field differs; null where it is. What has changed may be
    /// something that is not compared.
    /// </summary>
    public static DifferenceCause? OfUndone(KeyMapEntry entry) =>
        entry switch
        {
            { State: RecordState.NeedsAction or RecordState.Dead, Problem: { } problem } => Asked(problem),
            { State: RecordState.Pending or RecordState.InDoubt } => Waits(entry),
            _ => null,
        };

    /// <summary>Why a field differs.</summary>
    /// <param name="entry">The record's row.</param>
    /// <param name="difference">The field.</param>
    /// <param name="asWritten">How it is known that the source still says what was last written.</param>
    /// <param name="explained">What else explains it, in words; null where nothing does.</param>
    /// <param name="staysAsAdopted">Whether an adopted counterpart keeps what it has there.</param>
    /// <param name="names">What people call the two systems.</param>
    public static DifferenceCause OfField(
        KeyMapEntry entry,
        FieldDifference difference,
        AsWritten? asWritten,
        string? explained,
        bool staysAsAdopted,
        Names names
    ) =>
        entry switch
        {
            { State: RecordState.NeedsAction or RecordState.Dead, Problem: { } problem } => Asked(problem),
            _ when explained is not null => new(
                OtherPayment,
                explained,
                $"Decide which of the two holds, and correct it in {names.Source}."
            ),
            _ when staysAsAdopted && asWritten is not null && IsAsFound(entry) => Adopted(difference, names),
            // A change that is on its way does not concern this field.
            _ when asWritten == AsWritten.Proven && difference.IsTargets => ChangedByOwner(difference, names),
            _ when asWritten == AsWritten.Proven => ChangedByHand(entry, difference, names),
            { State: RecordState.Pending or RecordState.InDoubt } => Waits(entry),
            _ when asWritten == AsWritten.ByTime => ChangedByHand(entry, difference, names),
            { State: RecordState.Skipped, Timeline: [.., var last] } => new(
                Waiting,
                $"It is left as it is in {names.Target}: {last.Detail}",
                "Retry the record; if it stays so, change it by hand on one side."
            ),
            _ => new(
                Waiting,
                $"It has changed in {names.Source} and is not carried over yet, or both sides never agreed on it.",
                "Retry the record; if it stays so, change it by hand on one side."
            ),
        };

    /// <summary>Whether nothing was ever written to a counterpart that somebody else has made.</summary>
    private static bool IsAsFound(KeyMapEntry entry) => entry.Adopted || entry is { IsOwn: false, Intents: 0 };

    /// <summary>
    /// Whether a counterpart may have been so when it was adopted: nothing was ever written to it, or only some of its
    /// fields.
    /// </summary>
    private static bool MayBeAsAdopted(KeyMapEntry entry) =>
        entry.Made is null && (entry.Intents == 0 || entry.Fingerprints is not null);

    /// <summary>Of a counterpart that was adopted, it is not known which of its fields were ever written.</summary>
    private static DifferenceCause ChangedByHand(KeyMapEntry entry, FieldDifference difference, Names names) =>
        new(
            ByHand,
            $"It was changed by hand in {names.Target}: it is {Shown(difference.Target)} there and "
                + $"{Shown(difference.Source)} in {names.Source}, as it was "
                + (MayBeAsAdopted(entry) ? "when it was adopted or last carried over." : "last carried over."),
            $"If {names.Target} is right, change it in {names.Source}, too; if not, change it back in {names.Target}."
        );

    /// <summary>Of what the target's people own once it is written: it can't be changed at the source.</summary>
    private static DifferenceCause ChangedByOwner(FieldDifference difference, Names names) =>
        new(
            ByHand,
            $"It was changed by hand in {names.Target}, from {Shown(difference.Source)} to {Shown(difference.Target)}, "
                + "since it was last carried over.",
            $"Nothing, if it is right so: {names.Source} does not have it, and the sync leaves it as it is. If not, "
                + $"change it back in {names.Target}."
        );

    private static DifferenceCause Adopted(FieldDifference difference, Names names) =>
        new(
            AsFound,
            $"It was adopted, and stays as it was found: it is {Shown(difference.Target)} in {names.Target} and "
                + $"{Shown(difference.Source)} in {names.Source}. Only what changes in {names.Source} from then on is "
                + "carried over.",
            $"Nothing, if it is right so; if not, change it in {names.Target} by hand."
        );

    private static string Shown(string value) => value.Length == 0 ? "empty" : $"'{value}'";

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
