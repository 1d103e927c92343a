using System.Globalization;
using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>A request that found its route.</summary>
/// <param name="Origin">Scheme and host that the caller used.</param>
/// <param name="Names">What stood in the route's places for ids, in order.</param>
/// <param name="Query">The query's values by name.</param>
/// <param name="Body">The JSON body; null where there was none.</param>
/// <param name="File">The field <c>file</c> of a multipart body; null where there was none.</param>
internal sealed record UpflowRequest(
    string Origin,
    IReadOnlyList<string> Names,
    IQueryCollection Query,
    JsonNode? Body,
    byte[]? File
)
{
    public JsonObject Object => Body as JsonObject ?? throw new UpflowRefusal("\"value\" must be of type object");

    /// <summary>A value of the query; null where it is missing or empty.</summary>
    public string? Text(string name) => Query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <exception cref="UpflowRefusal">It is no whole number, or one below the least.</exception>
    public int Number(string name, int otherwise, int least)
    {
        if (Text(name) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new UpflowRefusal($"\"{name}\" must be an integer greater than or equal to {least}");
    }
}
