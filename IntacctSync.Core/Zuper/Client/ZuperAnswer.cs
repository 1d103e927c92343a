using System.Net;
using System.Text.Json;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>What came back, read whole.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Shape">What the body is.</param>
/// <param name="Json">The body's object when it is one.</param>
/// <param name="Excerpt">What the body says, cleaned and cut for a log or an error.</param>
internal sealed record ZuperAnswer(HttpStatusCode Status, ZuperShape Shape, JsonElement Json, string Excerpt)
{
    /// <summary>
    /// The envelope's type, whose case differs between Zuper's services (developers.zuper.co, Get Organizations By
    /// Filter).
    /// </summary>
    public string? Type => ZuperJson.Text(Json, "type")?.Trim().ToLowerInvariant();

    /// <summary>The envelope's data when it is an object that holds something.</summary>
    public JsonElement? Data =>
        ZuperJson.Object(Json, "data") is { } data && data.EnumerateObject().Any() ? data : null;

    public static ZuperAnswer Of(HttpStatusCode status, ReadOnlySpan<byte> body, string? secret)
    {
        var isObject = ZuperJson.TryParse(body, out var json) && json.ValueKind == JsonValueKind.Object;
        return new ZuperAnswer(
            status,
            ShapeOf(body, isObject),
            isObject ? json : default,
            isObject ? ZuperExcerpt.OfEnvelope(json, secret) : ZuperExcerpt.Of(body, secret)
        );
    }

    private static ZuperShape ShapeOf(ReadOnlySpan<byte> body, bool isObject)
    {
        var start = body.TrimStart(" \r\n\t\uFEFF"u8);
        return isObject ? ZuperShape.Json
            : start.IsEmpty ? ZuperShape.Empty
            : start[0] is (byte)'{' or (byte)'[' ? ZuperShape.BrokenJson
            : ZuperShape.Other;
    }
}

/// <summary>What the body of an answer is.</summary>
internal enum ZuperShape
{
    /// <summary>A JSON object.</summary>
    Json,

    /// <summary>Begins like JSON and can't be read, or is a list without an envelope.</summary>
    BrokenJson,

    Empty,

    /// <summary>HTML or text.</summary>
    Other,
}
