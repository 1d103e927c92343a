using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Zuper.Client;

/// <summary>One request that the client made.</summary>
internal sealed record ZuperAsked(string Method, Uri Uri, string? Key, string? Body)
{
    public string Path => Uri.AbsolutePath;

    public JsonObject Json => JsonNode.Parse(Body!)!.AsObject();

    /// <summary>The uids that a filter names.</summary>
    public IReadOnlyList<string> FilterUids =>
        [.. Json["filter_rules"]![0]!["value"]!.AsArray().Select(uid => uid!.GetValue<string>())];
}
