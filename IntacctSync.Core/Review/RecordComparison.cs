using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Review;

/// <summary>Holds one record to its counterpart, and says what differs and why. It reads nothing.</summary>
internal sealed class RecordComparison(IFlowComparison comparison, Names names, ComparisonTally tally)
{
    private const string Ignored = "It is ignored.";
    private const string LeftOutBefore = "It was left out when it was last looked at.";

    /// <summary>A record of the source without a counterpart.</summary>
    public IEnumerable<RecordDifference> OfUnlinked(KeyMapEntry entry, ComparedRecord source)
    {
        if (DifferenceCause.OfUnlinked(entry.Stored is null ? null : entry, source, names) is not { } cause)
        {
            LeftOut(entry, source, entry.Ignored ? Ignored : source.LeftOut ?? LeftOutBefore);
            yield break;
        }

        tally.AddUp(source, null);
        tally.Differs([cause.Code]);
        yield return Of(entry, source.Title, source.Date, null, cause);
    }

    /// <summary>A linked record.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="source">As its source has it.</param>
    /// <param name="target">Its counterpart; null where that is not shown.</param>
    public IReadOnlyList<RecordDifference> OfLinked(KeyMapEntry entry, ComparedRecord source, ComparedRecord? target)
    {
        tally.Linked();
        if (entry.Ignored)
        {
            LeftOut(entry, source, Ignored);
            return [];
        }

        tally.AddUp(source, target);
        if (target?.NotCompared is { } why)
            tally.NotCompared(why);
        var found = Differences(entry, source, target).ToList();
        if (found.Count == 0)
            tally.Equal();
        else
            tally.Differs(found.Select(f => f.Cause));
        return found;
    }

    private void LeftOut(KeyMapEntry entry, ComparedRecord source, string because) =>
        tally.LeftOut(
            new LeftOutRecord(
                entry.Key.Flow.Value,
                entry.Key.SourceId,
                source.Title.Length > 0 ? source.Title : entry.Title,
                source.Date ?? entry.Facts?.Date,
                because is LeftOutBefore or Ignored && entry.Timeline is [.., var last] ? last.Detail : because
            ),
            because
        );

    /// <summary>
    /// A counterpart whose source is not shown. One that does not count any more is as it is to be: nothing is said.
    /// </summary>
    public IEnumerable<RecordDifference> OfSourceGone(KeyMapEntry entry, ComparedRecord target, bool lookedUp)
    {
        tally.AddUp(target);
        var cause = lookedUp ? DifferenceCause.OfSourceGone(entry, names) : DifferenceCause.OfNotLookedUp(entry, names);
        tally.Differs([cause.Code]);
        yield return Of(entry, entry.Title ?? target.Title, target.Date, null, cause);
    }

    private IEnumerable<RecordDifference> Differences(KeyMapEntry entry, ComparedRecord source, ComparedRecord? target)
    {
        if ((source.Unread ?? target?.Unread) is { } unread)
            return OfWhole(entry, source, DifferenceCause.OfUnread(unread));

        // What takes some counterparts out of the books removes them.
        if (target is null && (source.IsOut || source.MayBeOut))
            return OfWhole(entry, source, DifferenceCause.OfUndone(entry));
        if (target is null)
            return OfWhole(entry, source, DifferenceCause.OfGone(entry, names));
        var fields = FieldDifference
            .Between(comparison, source, target, entry)
            .Select(f =>
                Of(
                    entry,
                    source.Title,
                    source.Date,
                    f,
                    DifferenceCause.OfField(
                        entry,
                        f,
                        f.IsSourceAsWritten(comparison, entry, source),
                        comparison.Explains(f.Field, source, target),
                        comparison.StaysAsAdopted(f.Field),
                        names
                    )
                )
            )
            .ToList();
        return fields.Count > 0 ? fields : OfWhole(entry, source, DifferenceCause.OfUndone(entry));
    }

    private static IEnumerable<RecordDifference> OfWhole(
        KeyMapEntry entry,
        ComparedRecord source,
        DifferenceCause? cause
    ) => cause is null ? [] : [Of(entry, source.Title, source.Date, null, cause)];

    private static RecordDifference Of(
        KeyMapEntry entry,
        string title,
        DateOnly? date,
        FieldDifference? field,
        DifferenceCause cause
    ) =>
        new(
            entry.Key.Flow.Value,
            entry.Key.SourceId,
            title.Length > 0 ? title : entry.Title,
            entry.TargetId,
            date,
            field?.Field,
            field?.Source,
            field?.Target,
            cause.Code,
            cause.Why,
            cause.Repair,
            entry.Stored is not null && entry.State is not (RecordState.Synced or RecordState.Skipped)
        );
}
