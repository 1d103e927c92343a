using System.Globalization;
using System.Text.Json;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IntacctSync.Web.Answers;

/// <summary>Reads the bodies of calls, up to the allowed size, and says what is wrong with a bad one.</summary>
internal static class JsonBody
{
    /// <summary>A body of an operation in bytes; a connection document takes a few thousand.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <exception cref="RefusedException">400, 413 or 415.</exception>
    public static async Task<JsonElement> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        RequireJson(request);
        var bytes = await ReadBytesAsync(request, MaxBytes, cancellationToken);
        return Parse(bytes);
    }

    /// <summary>The same of a body that may be left out; null when it is.</summary>
    /// <exception cref="RefusedException">400, 413 or 415.</exception>
    public static async Task<JsonElement?> ReadOptionalAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytesAsync(request, MaxBytes, cancellationToken);
        if (bytes.Length == 0)
            return null;
        RequireJson(request);
        return Parse(bytes);
    }

    /// <exception cref="RefusedException">415: the body is said to be something else than JSON.</exception>
    public static void RequireJson(HttpRequest request)
    {
        if (
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        )
            return;
        throw new RefusedException(
            Problems.Of(
                StatusCodes.Status415UnsupportedMediaType,
                $"The content type is '{request.ContentType}'; send application/json."
            )
        );
    }

    /// <summary>The body as it came.</summary>
    /// <exception cref="RefusedException">413: the body is too long. Reading stops as soon as that is
    /// known.</exception>
    public static async Task<byte[]> ReadBytesAsync(
        HttpRequest request,
        int maxBytes,
        CancellationToken cancellationToken
    )
    {
        if (request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);
        try
        {
            return (await BoundedBody.ReadAsync(request.Body, maxBytes, cancellationToken)).ToArray();
        }
        catch (BodyTooLongException)
        {
            throw TooLarge(maxBytes);
        }
    }

    private static RefusedException TooLarge(int maxBytes) =>
        new(
            Problems.Of(
                StatusCodes.Status413PayloadTooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The body is longer than {maxBytes / 1024} KiB, which is the most that is taken."
                )
            )
        );

    private static RefusedException HalfACharacter() =>
        RefusedException.Invalid("", "The body holds half a character, such as \\ud800 alone; give whole ones.");

    private static JsonElement Parse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            return WholeJson.IsWhole(bytes, document.RootElement)
                ? document.RootElement.Clone()
                : throw HalfACharacter();
        }
        catch (InvalidOperationException)
        {
            // Thrown where two members' names are compared.
            throw HalfACharacter();
        }
        catch (JsonException e)
        {
            // The reader's own words are left out: they may quote a piece of a secret.
            var where = e is { LineNumber: { } line, BytePositionInLine: { } position }
                ? string.Create(CultureInfo.InvariantCulture, $" at line {line + 1}, byte {position + 1}")
                : " where a member is given twice";
            throw RefusedException.Invalid("", $"The body is not JSON{where}: correct it there.");
        }
    }
}
