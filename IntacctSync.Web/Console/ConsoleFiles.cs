using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Console;

/// <summary>The console's own files. Their addresses change with what they hold, so a browser may keep them.</summary>
internal static class ConsoleFiles
{
    private static readonly Dictionary<string, (byte[] Bytes, string Type)> Held = new(StringComparer.Ordinal)
    {
        ["console.css"] = (Read("console.css"), "text/css; charset=utf-8"),
        ["icon.svg"] = (Read("icon.svg"), "image/svg+xml"),
    };

    public static string Style { get; } = Address("console.css");

    public static string Icon { get; } = Address("icon.svg");

    public static IResult Get(string name, HttpContext http)
    {
        if (!Held.TryGetValue(name, out var file))
            return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(file.Bytes, file.Type);
    }

    private static string Address(string name) =>
        $"/console/files/{name}?v={Convert.ToHexStringLower(SHA256.HashData(Held[name].Bytes))[..12]}";

    private static byte[] Read(string name)
    {
        using var stream =
            typeof(ConsoleFiles).Assembly.GetManifestResourceStream("console/" + name)
            ?? throw new InvalidOperationException($"The file '{name}' of the console is not in its assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
