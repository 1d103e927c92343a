using System.Globalization;
using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>A request that found its route.</summary>
/// <param name="Origin">Scheme and host that the caller used.</param>
/// <param name="Uid">What stood in the route's place for a uid; empty where it has none.</param>
/// <param name="Query">The query's values by name.</param>
/// <param name="Body">The JSON body; null where there was none.</param>
internal sealed record ZuperRequest(string Origin, string Uid, IQueryCollection Query, JsonNode? Body)
{
    /// <summary>The body, which must be an object; an absent one counts as empty.</summary>
    public JsonObject Object =>
        Body switch
        {
            null => [],
            JsonObject it => it,
            _ => throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                "Invalid Request",
                "The request body must be a JSON object"
            ),
        };

    /// <summary>
    /// The object that a write wraps its record in, such as <c>organization</c>; null where it is missing.
    /// </summary>
    public JsonObject? Inner(string name) => Object[name] as JsonObject;

    /// <summary>A value of the query; null where it is missing or empty.</summary>
    public string? Text(string name) => Query[name].ToString() is { Length: > 0 } text ? text : null;

    public bool? Flag(string name) =>
        Text(name) switch
        {
            null => null,
            var text => text.Equals("true", StringComparison.OrdinalIgnoreCase),
        };

    /// <summary>
    /// A whole number from 1 on; <paramref name="otherwise"/> where it is missing or none. [assumed: nothing is said of
    /// wrong ones]
    /// </summary>
    public int Number(string name, int otherwise) =>
        int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : otherwise;
}
