using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Review;

/// <summary>A field of which the two sides say different things.</summary>
/// <param name="Field">Its name in the target's words.</param>
/// <param name="Source">What the source says, in the target's words.</param>
/// <param name="Target">What the target says.</param>
public sealed record FieldDifference(string Field, string Source, string Target)
{
    /// <summary>Fields of which a side does not speak are passed over; blanks around a text do not count.</summary>
    public static IEnumerable<FieldDifference> Between(
        IFlowComparison comparison,
        ComparedRecord source,
        ComparedRecord target,
        Fingerprints written
    )
    {
        for (var i = 0; i < comparison.Fields.Count; i++)
        {
            var field = comparison.Fields[i];
            if (
                (!written.IsEmpty || !comparison.IsOwnUntilWritten(field))
                && Of(field, source.Values[i], target.Values[i], written, comparison.FingerprintOf(field))
                    is { } differs
            )
                yield return differs;
        }

        if (written.IsEmpty)
            yield break;
        foreach (var (name, said) in source.CustomFields.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var has = target.CustomFields.GetValueOrDefault(name);
            if (Of(name, said, has, written, comparison.FingerprintOfCustomField(name)) is { } differs)
                yield return differs;
        }
    }

    /// <summary>Whether the source still says what was last written.</summary>
    /// <param name="comparison">The flow's.</param>
    /// <param name="entry">The record's row.</param>
    /// <param name="written">What was last written.</param>
    /// <param name="changedAt">When the record last changed, as its source says.</param>
    public bool IsSourceAsWritten(
        IFlowComparison comparison,
        KeyMapEntry entry,
        Fingerprints written,
        DateTimeOffset? changedAt
    )
    {
        var isCustom = !comparison.Fields.Contains(Field, StringComparer.Ordinal);
        var fingerprint = isCustom ? comparison.FingerprintOfCustomField(Field) : comparison.FingerprintOf(Field);
        if (written.Has(fingerprint))
            return written.Is(fingerprint, Source);
        // Of a custom field that was never written nothing can be told by the time.
        return !isCustom && !comparison.IsOwnUntilWritten(Field) && changedAt is { } at && at <= entry.Version;
    }

    private static FieldDifference? Of(
        string field,
        string? said,
        string? has,
        Fingerprints written,
        string fingerprint
    ) =>
        said is null || has is null ? null
        // What the source has nothing for, and never had, belongs to the people of the target.
        : said.Length == 0 && !written.Has(fingerprint) ? null
        : string.Equals(said.Trim(), has.Trim(), StringComparison.Ordinal) ? null
        : new FieldDifference(field, said, has);
}
