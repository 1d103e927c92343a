using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>What goes back to the caller.</summary>
internal sealed record ZuperAnswer(int Status, string ContentType, string Body)
{
    private static readonly JsonSerializerOptions AsNodeWrites = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ZuperAnswer Json(JsonNode body, int status = StatusCodes.Status200OK) =>
        new(status, "application/json; charset=utf-8", body.ToJsonString(AsNodeWrites));

    public static ZuperAnswer Success(string message, JsonNode? data = null, string? title = null)
    {
        var body = new JsonObject { ["type"] = "success" };
        if (title is not null)
            body["title"] = title;
        body["message"] = message;
        if (data is not null)
            body["data"] = data;
        return Json(body);
    }

    public static ZuperAnswer Error(
        int status,
        string title,
        string message,
        JsonNode? data = null,
        string type = "error"
    )
    {
        var body = new JsonObject
        {
            ["type"] = type,
            ["title"] = title,
            ["message"] = message,
        };
        if (data is not null)
            body["data"] = data;
        return Json(body, status);
    }

    /// <summary>A page as Express writes it for what it does not know or cannot read.</summary>
    public static ZuperAnswer ExpressPage(int status, string text) =>
        Html(
            status,
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>Error</title>
            </head>
            <body>
            <pre>{HtmlEncoder.Default.Encode(text)}</pre>
            </body>
            </html>

            """
        );

    /// <summary>A page as a proxy in front of the service writes it.</summary>
    public static ZuperAnswer ProxyPage(int status, string title) =>
        Html(
            status,
            $"""
            <html>
            <head><title>{status} {title}</title></head>
            <body>
            <center><h1>{status} {title}</h1></center>
            </body>
            </html>

            """
        );

    private static ZuperAnswer Html(int status, string body) => new(status, "text/html; charset=utf-8", body);
}
