using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>What readByQuery found, as it was then, waiting for readMore. Held by the one who asked.</summary>
internal sealed class ResultSets
{
    private readonly Dictionary<string, ResultSet> _sets = new(StringComparer.Ordinal);
    private int _made;

    public ResultSet Keep(ResultSet set)
    {
        var hash = SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"result {++_made}"))
        );
        var kept = set with { Id = "7765623" + Convert.ToBase64String(hash)[..30].Replace('+', '-').Replace('/', '@') };
        // By object name too: the latest scan of an object is the one that readMore by name goes on with.
        return _sets[kept.Id] = _sets[$"{set.Owner}/{set.Table.Definition.Name}"] = kept;
    }

    /// <param name="key">A result id, or the name of an object.</param>
    /// <param name="owner">Who asks.</param>
    public ResultSet? Find(string key, string owner) =>
        _sets.TryGetValue(key, out var set) && set.Owner == owner
            ? set
            : _sets.GetValueOrDefault($"{owner}/{key.ToUpperInvariant()}");
}
