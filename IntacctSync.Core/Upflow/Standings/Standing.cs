using System.Globalization;

namespace IntacctSync.Core.Upflow.Standings;

/// <summary>
/// What of one Intacct record stands in Upflow, as far as it is known: its documents, each by the hash of what was last
/// sent, and its links, each by its amount. It is kept in the record's row, so that what is no longer wanted is found
/// and taken away again. Immutable.
/// </summary>
/// <remarks>
/// A key names a document or a link within its record (<see cref="StandingKey"/>). As text it is short, since a
/// property of the store holds 32 Ki characters and a payment may pay a thousand invoices.
/// </remarks>
internal sealed class Standing
{
    /// <summary>Stands for a document or an amount that was sent without an answer.</summary>
    private const char Doubtful = '?';

    private readonly SortedDictionary<string, string> _documents;
    private readonly SortedDictionary<string, string> _links;

    private Standing(
        IEnumerable<KeyValuePair<string, string>> documents,
        IEnumerable<KeyValuePair<string, string>> links
    ) =>
        (_documents, _links) = (
            new(documents.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            new(links.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
        );

    public static Standing None { get; } = new([], []);

    /// <summary>Whether nothing of the record stands in Upflow, not even perhaps.</summary>
    public bool IsEmpty => _documents.Count + _links.Count == 0;

    /// <summary>The keys of the documents that stand, or may.</summary>
    public IEnumerable<string> Documents => _documents.Keys;

    /// <summary>The keys of the links that stand, or may.</summary>
    public IEnumerable<string> Links => _links.Keys;

    /// <param name="text">As <see cref="ToString"/> wrote it; null or empty for nothing.</param>
    public static Standing Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return None;
        var parts = text.Split('|');
        return new Standing(Pairs(parts[0]), Pairs(parts.Length > 1 ? parts[1] : ""));
    }

    /// <summary>Whether a document was last sent just so, and landed.</summary>
    public bool Has(string key, string hash) => _documents.GetValueOrDefault(key) == hash;

    /// <summary>Whether a document stands, or may.</summary>
    public bool Has(string key) => _documents.ContainsKey(key);

    /// <summary>The most that the link may have now; null where there is none.</summary>
    public long? MostOf(string key) => _links.TryGetValue(key, out var amount) ? Number(amount) : null;

    /// <summary>Whether the link is known to have just this amount.</summary>
    public bool IsLinked(string key, long amount) => _links.GetValueOrDefault(key) == Text(amount);

    public Standing WithDocument(string key, string hash) => new(_documents.Replaced(key, hash), _links);

    /// <summary>While it is not known whether the document was changed or taken away.</summary>
    public Standing DoubtingDocument(string key) => new(_documents.Replaced(key, Doubtful.ToString()), _links);

    public Standing WithoutDocument(string key) => new(_documents.Where(d => d.Key != key), _links);

    public Standing WithLink(string key, long amount) => new(_documents, _links.Replaced(key, Text(amount)));

    /// <summary>While it is not known whether the link has its new amount, or still the one before.</summary>
    public Standing DoubtingLink(string key, long amount) =>
        new(_documents, _links.Replaced(key, Text(Math.Max(MostOf(key) ?? 0, amount)) + Doubtful));

    public Standing WithoutLink(string key) => new(_documents, _links.Where(l => l.Key != key));

    /// <summary>Without the links of the main document, which was made anew.</summary>
    public Standing WithoutLinksOfMain() => new(_documents, _links.Where(l => !StandingKey.IsOfMain(l.Key)));

    /// <returns>The documents and the links in the order of their keys; empty for nothing.</returns>
    public override string ToString() => IsEmpty ? "" : $"{Joined(_documents)}|{Joined(_links)}";

    private static string Joined(SortedDictionary<string, string> pairs) =>
        string.Join(';', pairs.Select(p => $"{p.Key}={p.Value}"));

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .Select(pair => KeyValuePair.Create(pair[0], pair[1]));

    private static string Text(long amount) => amount.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) =>
        long.Parse(text.TrimEnd(Doubtful), NumberStyles.Integer, CultureInfo.InvariantCulture);
}

file static class PairsOfStanding
{
    public static IEnumerable<KeyValuePair<string, string>> Replaced(
        this SortedDictionary<string, string> pairs,
        string key,
        string value
    ) => pairs.Where(p => p.Key != key).Append(KeyValuePair.Create(key, value));
}
