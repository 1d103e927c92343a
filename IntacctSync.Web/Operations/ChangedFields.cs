using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;

namespace IntacctSync.Web.Operations;

/// <summary>Names the members of a connection's document that a put changes. Pure.</summary>
internal static class ChangedFields
{
    private static readonly HashSet<string> None = [];

    /// <returns>Paths, secrets among them; never a value.</returns>
    public static string Of(ConnectionSettings old, ConnectionDocument document)
    {
        var changed = new List<string>();
        Compare(ConnectionDocument.Show(old, None), ConnectionDocument.Show(document.Settings, None), "", changed);
        changed.AddRange(document.Secrets.Where(s => s.Value.Clears || s.Value.Value is not null).Select(s => s.Key));
        return changed.Count == 0 ? "no setting changed" : $"changed: {string.Join(", ", changed)}";
    }

    private static void Compare(JsonNode? was, JsonNode? now, string path, List<string> changed)
    {
        if (was is JsonObject old && now is JsonObject fresh)
        {
            foreach (var name in old.Select(m => m.Key).Union(fresh.Select(m => m.Key), StringComparer.Ordinal))
                Compare(old[name], fresh[name], path.Length == 0 ? name : $"{path}.{name}", changed);
        }
        else if (!JsonNode.DeepEquals(was, now))
        {
            changed.Add(path);
        }
    }
}
