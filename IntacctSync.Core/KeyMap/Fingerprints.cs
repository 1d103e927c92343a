using IntacctSync.Core.Domain;

namespace IntacctSync.Core.KeyMap;

/// <summary>
/// What each field of a counterpart was when it was last written, as a short hash: enough to tell which fields have
/// changed since, in a few hundred bytes of the record's row. A field that is empty has none. Immutable.
/// </summary>
public sealed class Fingerprints
{
    /// <summary>Base-32 characters: one in a thousand million changes would go unnoticed.</summary>
    private const int Length = 6;

    /// <summary>Stands for a value that may or may not have been written. It is equal to none.</summary>
    internal const string Doubtful = "?";

    private readonly SortedDictionary<string, string> _byField;

    private Fingerprints(IEnumerable<KeyValuePair<string, string>> byField) =>
        _byField = new(byField.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    public static Fingerprints None { get; } = new([]);

    /// <param name="text">As <see cref="ToString"/> wrote it; null for none.</param>
    public static Fingerprints Of(string? text) =>
        string.IsNullOrEmpty(text)
            ? None
            : new Fingerprints(
                text.Split(' ')
                    .Select(pair => pair.Split('='))
                    .Where(pair => pair.Length == 2)
                    .Select(pair => KeyValuePair.Create(pair[0], pair[1]))
            );

    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => _byField.Count == 0;

    /// <summary>Whether anything that was not empty was ever written to the field.</summary>
    public bool Has(string field) => _byField.ContainsKey(field);

    /// <summary>Whether the field was last written with that value.</summary>
    public bool Is(string field, string value) => _byField.GetValueOrDefault(field) == Hash(value);

    /// <summary>
    /// What the field was last written with, as <see cref="Hash"/> has it; null for nothing. For many comparisons.
    /// </summary>
    internal string? Last(string field) => _byField.GetValueOrDefault(field);

    /// <summary>With the field as it is written now.</summary>
    /// <param name="field">Its name, without blanks or equals signs.</param>
    /// <param name="value">Empty for a field that is cleared, or that never had anything.</param>
    public Fingerprints With(string field, string value)
    {
        var others = _byField.Where(pair => pair.Key != field);
        return new(value.Length == 0 ? others : others.Append(KeyValuePair.Create(field, Hash(value))));
    }

    /// <summary>With many fields as they are written now, by name; see <see cref="With(string, string)"/>.</summary>
    public Fingerprints With(IReadOnlyDictionary<string, string> values) =>
        values.Count == 0
            ? this
            : new(
                _byField
                    .Where(pair => !values.ContainsKey(pair.Key))
                    .Concat(
                        values.Where(v => v.Value.Length > 0).Select(v => KeyValuePair.Create(v.Key, Hash(v.Value)))
                    )
            );

    /// <summary>
    /// While it is not known whether a write landed: a field that it changed is neither what it was nor what it was to
    /// become, so that the next write carries it again.
    /// </summary>
    /// <param name="next">What they become if it landed.</param>
    public Fingerprints Doubting(Fingerprints next) =>
        new(
            _byField
                .Keys.Union(next._byField.Keys, StringComparer.Ordinal)
                .Select(field =>
                    KeyValuePair.Create(
                        field,
                        _byField.GetValueOrDefault(field) == next._byField.GetValueOrDefault(field)
                            ? _byField[field]
                            : Doubtful
                    )
                )
        );

    /// <returns>A line of the fields in their order; empty for none.</returns>
    public override string ToString() => string.Join(' ', _byField.Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>The short hash of a value.</summary>
    internal static string Hash(string value) => ShortHash.Of(value, Length);
}
