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
            if (source.Values[i] is not { } said || target.Values[i] is not { } has)
                continue;
            // What the source has nothing for, and never had, belongs to the people of the target.
            if (said.Length == 0 && !written.Has(comparison.FingerprintOf(comparison.Fields[i])))
                continue;
            if (!string.Equals(said.Trim(), has.Trim(), StringComparison.Ordinal))
                yield return new FieldDifference(comparison.Fields[i], said, has);
        }
    }
}
