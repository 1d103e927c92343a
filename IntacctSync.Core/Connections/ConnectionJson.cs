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

    public static string Write(ConnectionSettings settings) =>
        JsonSerializer.Serialize(settings, settings.GetType(), Options);

    /// <exception cref="InvalidOperationException">The settings are those of an app that this program does not
    /// know.</exception>
    public static ConnectionSettings Read(string json, AppProfiles apps)
    {
        using var document = JsonDocument.Parse(json);
        var name = document.RootElement.GetProperty("app").GetString()!;
        var app =
            apps.Find(name)
            ?? throw new InvalidOperationException(
                $"A stored connection is of the app '{name}'; this version serves "
                    + $"{string.Join(", ", apps.All.Select(a => a.Name))}."
            );
        return (ConnectionSettings)document.Deserialize(app.SettingsType, Options)!;
    }
}
