using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>What goes back to the caller.</summary>
internal sealed record UpflowAnswer(int Status, string? ContentType, string Body)
{
    private static readonly JsonSerializerOptions AsNodeWrites = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static UpflowAnswer Nothing { get; } = new(StatusCodes.Status204NoContent, null, "");

    public static UpflowAnswer Json(JsonNode body, int status = StatusCodes.Status200OK) =>
        new(status, "application/json; charset=utf-8", body.ToJsonString(AsNodeWrites));

    /// <summary>
    /// The form of errors is not published; clients read <c>message</c>, then <c>error</c>. [assumed]
    /// </summary>
    public static UpflowAnswer Error(int status, string message) =>
        Json(
            new JsonObject
            {
                ["statusCode"] = status,
                ["error"] = Title(status),
                ["message"] = message,
            },
            status
        );

    /// <summary>A page as a proxy in front of the service writes it.</summary>
    public static UpflowAnswer ProxyPage() =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            "text/html; charset=utf-8",
            """
            <html>
            <head><title>503 Service Temporarily Unavailable</title></head>
            <body><center><h1>503 Service Temporarily Unavailable</h1></center></body>
            </html>

            """
        );

    private static string Title(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => "Bad Request",
            StatusCodes.Status401Unauthorized => "Unauthorized",
            StatusCodes.Status404NotFound => "Not Found",
            StatusCodes.Status413PayloadTooLarge => "Payload Too Large",
            StatusCodes.Status429TooManyRequests => "Too Many Requests",
            _ => "Internal Server Error",
        };
}
