namespace IntacctSync.Core.Connections.Document;

/// <summary>What is wrong with a document, by the path of the field.</summary>
public sealed class FieldErrors
{
    private readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    public void Add(string path, string text)
    {
        if (!_errors.TryGetValue(path, out var texts))
            _errors[path] = texts = [];
        texts.Add($"{(path.Length == 0 ? "the document" : path)} {text}.");
    }

    public bool Has(string path) => _errors.ContainsKey(path);

    public IDictionary<string, string[]> ToDictionary() =>
        _errors.ToDictionary(p => p.Key, p => p.Value.ToArray(), StringComparer.Ordinal);
}
