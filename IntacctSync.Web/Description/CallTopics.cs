using Microsoft.OpenApi;

namespace IntacctSync.Web.Description;

/// <summary>What calls are about. The page of the description lists them so.</summary>
internal static class CallTopics
{
    private const string Other = "Description";

    private static readonly (string Name, string Text, string[] Segments)[] Topics =
    [
        ("Health", "Whether the host is up, and whether it can work.", ["health"]),
        ("Webhooks", "Where an app tells of changes.", ["webhooks"]),
        ("Records", "What became of each record, and what a person decides about it.", ["records", "retry"]),
        ("Runs", "Changes that a person asks to be looked for.", ["runs", "flows", "reconcile", "preview", "rebuild"]),
        ("Connections", "Which systems are kept equal, whether that works, and how it stands.", ["connections"]),
        (Other, "What the API says of itself.", []),
    ];

    /// <summary>The topic of a call.</summary>
    /// <param name="path">Such as <c>api/connections/{id}/runs</c>.</param>
    public static string Of(string path)
    {
        var segments = path.Split('/');
        return Topics.FirstOrDefault(t => t.Segments.Any(segments.Contains)).Name ?? Other;
    }

    /// <summary>Adds what each topic means.</summary>
    public static void AddTo(OpenApiDocument document) =>
        document.Tags = Topics.Select(t => new OpenApiTag { Name = t.Name, Description = t.Text }).ToHashSet();
}
