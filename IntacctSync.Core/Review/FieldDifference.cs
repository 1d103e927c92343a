using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Review;

/// <summary>A field of which the two sides say different things.</summary>
/// <param name="Field">Its name in the target's words.</param>
/// <param name="Source">What the source says, in the target's words.</param>
/// <param name="Target">What the target says.</param>
public sealed record FieldDifference(string Field, string Source, string Target)
{
    /// <summary>Whether it is of a line, of which it is known what was written.</summary>
    private bool IsOfLine { get; init; }

    /// <summary>Whether the source can't change it, as the target's people own it once it is written.</summary>
    internal bool IsTargets { get; init; }

    /// <summary>Fields of which a side does not speak are passed over.</summary>
    public static IEnumerable<FieldDifference> Between(
        IFlowComparison comparison,
        ComparedRecord source,
        ComparedRecord target,
        KeyMapEntry? entry
    )
    {
        if (target.IsOut && (source.IsOut || source.MayBeOut))
            yield break;
        var written = entry?.Written ?? Fingerprints.None;
        for (var i = 0; i < comparison.Fields.Count; i++)
        {
            var field = comparison.Fields[i];
            if (
                (!written.IsEmpty || !comparison.IsOwnUntilWritten(field))
                && (entry is null || comparison.Compares(field, entry, source))
                && Of(comparison, field, source.Values[i], target.Values[i], written, comparison.FingerprintOf(field))
                    is { } differs
            )
                yield return differs;
        }

        if (written.IsEmpty || entry is null)
            yield break;
        foreach (var line in comparison.BetweenLines(entry, source, target))
            yield return new FieldDifference(line.Field, line.Source, line.Target)
            {
                IsOfLine = line.IsAsWritten,
                IsTargets = line.IsTargets,
            };
        foreach (var (name, said) in source.CustomFields.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var has = target.CustomFields.GetValueOrDefault(name);
            if (Of(comparison, name, said, has, written, comparison.FingerprintOfCustomField(name)) is { } differs)
                yield return differs;
        }
    }

    /// <summary>How it is known that the source still says what was last carried over; null where it is not.</summary>
    /// <param name="comparison">The flow's.</param>
    /// <param name="entry">The record's row.</param>
    /// <param name="source">The source's side.</param>
    public AsWritten? IsSourceAsWritten(IFlowComparison comparison, KeyMapEntry entry, ComparedRecord source)
    {
        if (IsOfLine)
            return AsWritten.Proven;
        var isCustom = !comparison.Fields.Contains(Field, StringComparer.Ordinal);
        if (!isCustom && comparison.IsAsWritten(Field, entry, source) is { } told)
            return told ? AsWritten.Proven : null;
        var written = entry.Written;
        var fingerprint = isCustom ? comparison.FingerprintOfCustomField(Field) : comparison.FingerprintOf(Field);
        if (written.Has(fingerprint))
            return written.Is(fingerprint, Source) ? AsWritten.Proven : null;
        // Of a custom field that was never written nothing can be told by the time.
        return !isCustom && !comparison.IsOwnUntilWritten(Field) && source.ChangedAt is { } at && at <= entry.Version
            ? AsWritten.ByTime
            : null;
    }

    private static FieldDifference? Of(
        IFlowComparison comparison,
        string field,
        string? said,
        string? has,
        Fingerprints written,
        string fingerprint
    ) =>
        said is null || has is null ? null
        // What the source has nothing for, and never had, belongs to the people of the target.
        : said.Length == 0 && !written.Has(fingerprint) ? null
        : comparison.AreEqual(field, said, has) ? null
        : new FieldDifference(field, said, has);
}

/// <summary>How it is known that a source still says what was last carried over.</summary>
public enum AsWritten
{
    /// <summary>What was written is remembered, and it is the same.</summary>
    Proven,

    /// <summary>The source has not changed since it was last read; a change that is on its way may say more.</summary>
    ByTime,
}
