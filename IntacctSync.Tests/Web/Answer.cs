using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Web;

/// <summary>What came back.</summary>
public sealed record Answer(int Status, string Text, string? Type, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? this[string member] => Json[member]?.ToString();

    /// <summary>Several members as text.</summary>
    public string[] Of(params string[] members) => [.. members.Select(m => this[m] ?? "null")];

    /// <summary>The texts of a field that was refused, joined.</summary>
    public string Error(string field)
    {
        Assert.Equal("application/problem+json", Type);
        var texts = Json["errors"]?[field]?.AsArray();
        Assert.True(texts is { Count: > 0 }, $"Nothing is said of '{field}': {Text}");
        return string.Join(" ", texts!.Select(t => t!.ToString()));
    }

    public Answer Is(int status)
    {
        Assert.True(Status == status, $"Expected {status}, was {Status}: {Text}");
        if (status >= 400)
            Assert.Equal("application/problem+json", Type);
        return this;
    }
}
