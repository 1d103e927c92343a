using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>A request's body as the service reads it.</summary>
/// <param name="Json">The JSON; null where there was none.</param>
/// <param name="File">The field <c>file</c> of a multipart body.</param>
/// <param name="Refused">Why it cannot be read; null where it can.</param>
internal sealed record UpflowBody(JsonNode? Json = null, byte[]? File = null, string? Refused = null)
{
    public static async Task<UpflowBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HasFormContentType)
            return await FormAsync(request, cancellationToken);
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        if (text.Length == 0)
            return new UpflowBody();
        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return new UpflowBody(Refused: "Content-Type must be application/json");
        try
        {
            return new UpflowBody(JsonNode.Parse(text));
        }
        catch (JsonException e)
        {
            return new UpflowBody(Refused: $"Invalid JSON: {e.Message}");
        }
    }

    private static async Task<UpflowBody> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            if (form.Files.GetFile("file") is not { } file)
                return new UpflowBody(Refused: "\"file\" is required");
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, cancellationToken);
            return new UpflowBody(File: bytes.ToArray());
        }
        catch (InvalidDataException e)
        {
            return new UpflowBody(Refused: e.Message);
        }
    }
}
