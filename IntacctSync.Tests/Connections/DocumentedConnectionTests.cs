using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Remote;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Connections;

/// <summary>The documents that the pages show are what a connection shows.</summary>
public sealed partial class DocumentedConnectionTests
{
    /// <summary>What everybody has to give, and no default stands for.</summary>
    private const string Given = "…";

    [Theory]
    [InlineData("zuper")]
    [InlineData("upflow")]
    public void The_document_of_the_api_has_each_member_with_its_default_and_no_other(string app)
    {
        var written = Assert.Single(Documents("docs/api.md"), d => d["app"]?.ToString() == app);
        var members = Members(written);
        var given = members.Where(m => m.Value == Given).Select(m => m.Key).ToHashSet(StringComparer.Ordinal);
        var least = new JsonObject { ["app"] = app };
        foreach (var path in given.Append(app == "zuper" ? "zuper.companyName" : "upflow.apiKey"))
            (least[path.Split('.')[0]] ??= new JsonObject())[path.Split('.')[1]] = "a-value-of-the-tests";
        var shown = Members(Shown(least));
        Assert.Equal(shown.Keys.Order(StringComparer.Ordinal), members.Keys.Order(StringComparer.Ordinal));
        Assert.All(
            members.Where(m => !given.Contains(m.Key) && m.Key is not ("zuper.companyName" or "zuper.webhookSecret")),
            m => Assert.Equal((m.Key, shown[m.Key]), (m.Key, m.Value))
        );
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/connect-upflow.md")]
    public void The_document_of_a_guide_can_be_put(string page)
    {
        var documents = Documents(page);
        Assert.NotEmpty(documents);
        foreach (var document in documents)
            Assert.Subset(
                Members(Shown(document)).Keys.ToHashSet(StringComparer.Ordinal),
                Members(document).Keys.ToHashSet(StringComparer.Ordinal)
            );
    }

    private static IReadOnlyList<JsonObject> Documents(string page) =>
        [
            .. Blocks()
                .Matches(File.ReadAllText(Path.Combine(RepositoryFiles.Root, page)))
                .Select(m => m.Groups["json"].Value)
                .Where(json => json.Contains("\"senderId\"", StringComparison.Ordinal))
                .Select(json => JsonNode.Parse(json)!.AsObject()),
        ];

    private static JsonObject Shown(JsonObject document)
    {
        var errors = new FieldErrors();
        var read = ConnectionDocument.Read(
            JsonSerializer.SerializeToElement(document),
            new ConnectionRules(IntacctSyncRegistration.Apps, HostAllowList.Parse("*.zuperpro.com")),
            errors
        );
        Assert.True(read is not null, string.Join("; ", errors.ToDictionary().Values.Select(e => e[0])));
        return ConnectionDocument.Show(read.Settings, new HashSet<string>(StringComparer.Ordinal));
    }

    /// <summary>Each member by its path; a secret has no value that is shown.</summary>
    private static Dictionary<string, string> Members(JsonObject document)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(document, "");
        return members;

        void Add(JsonObject part, string before)
        {
            foreach (var (name, value) in part)
            {
                if (value is JsonObject { Count: > 0 } inner && !inner.ContainsKey("set"))
                    Add(inner, $"{before}{name}.");
                else
                    members[before + name] =
                        value is JsonValue text && text.GetValueKind() == JsonValueKind.String ? $"{text}"
                        : value is JsonObject { Count: > 0 } ? Given
                        : value?.ToJsonString() ?? "null";
            }
        }
    }

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();
}
