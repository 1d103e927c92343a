using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntacctSync.Core.Connections;

/// <summary>How settings are written, in the store and to the outside alike.</summary>
internal static class ConnectionJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
