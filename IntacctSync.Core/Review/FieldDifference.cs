using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Review;

/// <summary>A field of which the two sides say different things.</summary>
/// <param name="Field">Its name in the target's words.</param>
/// <param name="Source">What the source says, in the target's words.</param>
/// <param name="Target">What the target says.</param>
public sealed record FieldDifference(string Field, string Source, string Target)
{
    /// <summary>
    /// Stands for what the source has, where it does not say and the target has something else than was last written.
    /// </summary>
    public const string AsWritten = "what was last carried over";

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
                && Of(comparison, field, source.Values[i], target.Values[i], written) is { } differs
            )
                yield return differs;
        }

        if (written.IsEmpty)
            yield break;
        foreach (var (name, said) in source.CustomFields.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var has = target.CustomFields.GetValueOrDefault(name);
            var fingerprint = comparison.FingerprintOfCustomField(name);
            if (Of(name, said, has, written, fingerprint, StringComparison.Ordinal) is { } differs)
                yield return differs;
        }
    }

    /// <summary>Whether the source still says what was last written.</summary>
    /// <param name="comparison">The flow's.</param>
    /// <param name="entry">The record's row.</param>
    /// <param name="written">What was last written.</param>
    /// <param name="source">The source's side.</param>
    public bool IsSourceAsWritten(
        IFlowComparison comparison,
        KeyMapEntry entry,
        Fingerprints written,
        ComparedRecord source
    )
    {
        if (Source == AsWritten)
            return true;
        var isCustom = !comparison.Fields.Contains(Field, StringComparer.Ordinal);
        var fingerprint = isCustom ? comparison.FingerprintOfCustomField(Field) : comparison.FingerprintOf(Field);
        if (written.Has(fingerprint))
            return written.Is(fingerprint, Source);
        // Of a field that was never written nothing can be told by the whole of the record.
        return !isCustom
            && !comparison.IsOwnUntilWritten(Field)
            && (source.ChangedAt <= entry.Version || source.IsAsWritten?.Invoke(entry, Field) == true);
    }

    private static FieldDifference? Of(
        IFlowComparison comparison,
        string field,
        string? said,
        string? has,
        Fingerprints written
    )
    {
        var fingerprint = comparison.FingerprintOf(field);
        if (said is null && has is not null && comparison.IsOwnUntilWritten(field) && written.Has(fingerprint))
            return Spellings(comparison, field, has.Trim()).Any(h => written.Is(fingerprint, h))
                ? null
                : new FieldDifference(field, AsWritten, has);
        return Of(
            field,
            said,
            has,
            written,
            fingerprint,
            comparison.IgnoresCase(field) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
        );
    }

    private static string[] Spellings(IFlowComparison comparison, string field, string has) =>
        comparison.IgnoresCase(field) ? [has, has.ToLowerInvariant(), has.ToUpperInvariant()] : [has];

    private static FieldDifference? Of(
        string field,
        string? said,
        string? has,
        Fingerprints written,
        string fingerprint,
        StringComparison equality
    ) =>
        said is null || has is null ? null
        // What the source has nothing for, and never had, belongs to the people of the target.
        : said.Length == 0 && !written.Has(fingerprint) ? null
        : string.Equals(said.Trim(), has.Trim(), equality) ? null
        : new FieldDifference(field, said, has);
}
