using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;

namespace IntacctSync.Web.Operations;

/// <summary>A connection as the API shows it: its document, and what the program adds to it.</summary>
internal static class ConnectionView
{
    /// <summary>
    /// The members that are only shown. They are ignored in a PUT, so that a document can be sent back as it was read.
    /// </summary>
    public static IReadOnlyList<string> Added { get; } = ["id", "active", "createdAt", "deactivatedAt", "stop"];

    public static JsonObject Of(Connection connection, IReadOnlySet<string> secretsSet)
    {
        var view = new JsonObject
        {
            ["id"] = connection.Id.Value,
            ["active"] = connection.Active,
            ["createdAt"] = connection.CreatedAt,
        };
        if (connection is { Active: false, DeactivatedAt: { } at })
            view["deactivatedAt"] = at;
        if (connection.Stop is { } stop)
        {
            view["stop"] = new JsonObject
            {
                ["system"] = stop.System,
                ["code"] = stop.Problem.Code,
                ["message"] = stop.Problem.Message,
                ["fix"] = stop.Problem.Fix,
                ["since"] = stop.Since,
                ["nextProbeAt"] = stop.NextProbeAt,
            };
        }

        foreach (var (name, value) in ConnectionDocument.Show(connection.Settings, secretsSet).ToList())
            view[name] = value?.DeepClone();
        return view;
    }

    /// <summary>The document without what the program added; anything that is no object stays as it is.</summary>
    public static JsonElement Strip(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object || !Added.Any(name => document.TryGetProperty(name, out _)))
            return document;
        var json = JsonObject.Create(document)!;
        foreach (var name in Added)
            json.Remove(name);
        return JsonSerializer.SerializeToElement(json);
    }
}

/// <summary>
/// Stands for the answer in the description of the API, where it has the schema that is made of the settings.
/// </summary>
internal sealed record ConnectionShown;
