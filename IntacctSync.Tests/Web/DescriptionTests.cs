using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntacctSync.Tests.Support;
using IntacctSync.Web;
using IntacctSync.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace IntacctSync.Tests.Web;

/// <summary>The description of the API is valid, complete, and says what answers really are.</summary>
public sealed partial class DescriptionTests : ApiTest
{
    private const string Key = "the-operations-key";

    protected override OperationsAccess Access => new(Key, WithoutKey.Refuse);

    [Fact]
    public async Task Anybody_may_read_it_and_it_is_valid()
    {
        var read = OpenApiDocument.Parse((await CallAsync("GET", "/api/openapi.json")).Is(200).Text, "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Empty(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Fact]
    public async Task Every_call_of_the_guide_is_described_and_every_described_call_is_in_the_guide()
    {
        var guide = await File.ReadAllTextAsync(
            Path.Combine(RepositoryFiles.Root, "docs", "api.md"),
            CancellationToken.None
        );
        var written = GuidedCalls()
            .Matches(guide)
            .Select(m => m.Value.Trim('`').Split('?')[0])
            .Distinct(StringComparer.Ordinal);
        var described = (await OperationsAsync()).Select(o => o.Call).Append("GET /api/docs");
        Assert.Equal(written.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_call_stands_under_what_it_is_about()
    {
        var read = OpenApiDocument.Parse((await CallAsync("GET", "/api/openapi.json")).Text, "json");
        var topics = read.Document!.Tags!.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string?> { "Connections", "Health", "Records", "Runs", "Webhooks" }, topics);
        Assert.All(await OperationsAsync(), o => Assert.Contains(Assert.Single(o.Operation.Tags!).Name, topics));
    }

    [Fact]
    public async Task Every_call_says_what_it_does_what_it_needs_and_what_it_answers()
    {
        foreach (var (call, operation) in await OperationsAsync())
        {
            Assert.True(
                operation.Summary is { Length: > 0 },
                $"{call} has no summary: describe it where it is mapped."
            );
            Assert.All(
                operation.Parameters ?? [],
                p => Assert.True(p.Description is { Length: > 0 }, $"{call} {p.Name}")
            );
            Assert.All(
                operation.Responses!,
                r => Assert.True(r.Value.Description is { Length: > 0 }, $"{call} {r.Key}")
            );
            Assert.Contains(operation.Responses!.Keys, status => status[0] == '2');
            var refusals = operation.Responses.Where(r => r.Key[0] is '4' or '5');
            Assert.All(refusals, r => Assert.Equal("application/problem+json", Assert.Single(r.Value.Content!).Key));
            if (operation.RequestBody is not null)
                Assert.Subset(
                    operation.Responses.Keys.ToHashSet(StringComparer.Ordinal),
                    new HashSet<string>(StringComparer.Ordinal) { "400", "413", "415" }
                );
        }
    }

    [Fact]
    public async Task The_operations_need_the_key_the_webhooks_a_proof_of_their_own_and_nothing_else_any()
    {
        foreach (var (call, operation) in await OperationsAsync())
        {
            var proofs = operation.Security!.SelectMany(s => s.Keys).Select(s => s.Reference.Id);
            string[] needed =
                call.Contains("/api/connections", StringComparison.Ordinal) ? ["operationsKey"]
                : call == "POST /api/webhooks/{id}" ? ["webhookSecret", "webhookSignature"]
                : [];
            Assert.True(
                needed.SequenceEqual(proofs, StringComparer.Ordinal),
                $"{call} needs {string.Join(", ", proofs)}."
            );
            Assert.Equal(needed is ["operationsKey"], operation.Responses!.ContainsKey("403"));
        }
    }

    [Fact]
    public async Task Ids_are_given_once()
    {
        var ids = (await OperationsAsync()).Select(o => o.Operation.OperationId).ToList();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        Assert.DoesNotContain(null, ids);
    }

    [Fact]
    public async Task Answers_have_the_members_that_their_schemas_name()
    {
        await PutWithKeyAsync();
        await RememberAsync("org-1", e => e with { Problem = FailedRecord() });
        foreach (
            var (path, template) in new[]
            {
                ("/api/health/live", "/api/health/live"),
                ("/api/connections/acme", "/api/connections/{id}"),
                ("/api/connections/acme/status", "/api/connections/{id}/status"),
                ("/api/connections/acme/records", "/api/connections/{id}/records"),
                (
                    "/api/connections/acme/records/organizations/org-1",
                    "/api/connections/{id}/records/{flow}/{sourceId}"
                ),
            }
        )
        {
            var schema = (await DocumentAsync()).Paths[template].Operations![HttpMethod.Get].Responses!["200"];
            AssertSame(path, await GetAsync(path), schema.Content!["application/json"].Schema!);
        }
    }

    [Fact]
    public async Task The_words_of_states_are_those_of_answers()
    {
        var states = (await DocumentAsync()).Components!.Schemas!["RecordState"].Enum!.Select(s => s.ToString());
        Assert.Equal(["pending", "synced", "skipped", "inDoubt", "needsAction", "dead"], states);
    }

    [Fact]
    public async Task The_page_to_read_it_on_has_its_files_from_this_host_and_may_load_no_others()
    {
        var page = (await CallAsync("GET", "/api/docs/")).Is(200);
        Assert.DoesNotContain("//", OwnAddresses().Replace(page.Text, ""), StringComparison.Ordinal);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        foreach (Match script in Scripts().Matches(page.Text))
            (await CallAsync("GET", $"/api/docs/{script.Groups[1].Value}")).Is(200);
        Assert.NotEmpty(Scripts().Matches(page.Text));
    }

    [Fact]
    public async Task Who_has_no_script_is_told_where_the_description_is_in_the_language_of_the_page()
    {
        var page = (await CallAsync("GET", "/api/docs/")).Is(200);
        Assert.Contains("<html lang=\"en\">", page.Text, StringComparison.Ordinal);
        var without = page.Text[page.Text.IndexOf("<noscript>", StringComparison.Ordinal)..];
        Assert.Contains("<h1>IntacctSync API</h1>", without, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/api/openapi.json\">", without, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_serves_the_calls_as_one_delegate_describes_the_same()
    {
        var builder = WebApplication.CreateSlimBuilder();
        AddTo(builder.Services);
        await using var host = builder.Build();
        var app = new ApplicationBuilder(host.Services);
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapIntacctSync());
        var http = new DefaultHttpContext { RequestServices = host.Services };
        http.Request.Method = "GET";
        http.Request.Path = "/api/openapi.json";
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await app.Build()(http);
        Assert.Equal(
            (await CallAsync("GET", "/api/openapi.json")).Is(200).Text,
            Encoding.UTF8.GetString(answer.ToArray())
        );
    }

    private static void AssertSame(string at, JsonNode? value, IOpenApiSchema schema)
    {
        if (value is JsonArray items && schema.Items is { } itemSchema)
        {
            foreach (var item in items)
                AssertSame(at + "[]", item, itemSchema);
        }
        else if (value is JsonObject members && (schema.Properties ?? ChosenOf(schema)) is { Count: > 0 } described)
        {
            Assert.Empty(
                members.Select(m => m.Key).Except(described.Keys, StringComparer.Ordinal).Select(name => $"{at}.{name}")
            );
            Assert.Empty(
                (schema.Required ?? new HashSet<string>(StringComparer.Ordinal)).Except(
                    members.Select(m => m.Key),
                    StringComparer.Ordinal
                )
            );
            foreach (var (name, member) in members)
                AssertSame($"{at}.{name}", member, described[name]);
        }
    }

    private static IDictionary<string, IOpenApiSchema>? ChosenOf(IOpenApiSchema schema) =>
        schema.OneOf?.FirstOrDefault(s => s.Properties is { Count: > 0 })?.Properties;

    private async Task<JsonNode> GetAsync(string path) =>
        (await CallAsync("GET", path, null, r => r.Headers.Add("x-api-key", Key))).Is(200).Json;

    private async Task PutWithKeyAsync() =>
        (
            await CallAsync(
                "PUT",
                "/api/connections/acme",
                Some.ConnectionDocument(null),
                r => r.Headers.Add("x-api-key", Key)
            )
        ).Is(201);

    private async Task<OpenApiDocument> DocumentAsync() =>
        OpenApiDocument.Parse((await CallAsync("GET", "/api/openapi.json")).Text, "json").Document!;

    private async Task<IReadOnlyList<(string Call, OpenApiOperation Operation)>> OperationsAsync()
    {
        var operations =
            from path in (await DocumentAsync()).Paths
            from operation in path.Value.Operations!
            select ($"{operation.Key.Method.ToUpperInvariant()} {path.Key}", operation.Value);
        return [.. operations];
    }

    [GeneratedRegex("`(?:GET|HEAD|PUT|POST|DELETE) /api/[^`]*`", RegexOptions.None, 10_000)]
    private static partial Regex GuidedCalls();

    [GeneratedRegex(@"https?://127\.0\.0\.1:\d+|http://www\.w3\.org", RegexOptions.None, 10_000)]
    private static partial Regex OwnAddresses();

    [GeneratedRegex("""<script[^>]*\bsrc="([^"]+)""", RegexOptions.None, 10_000)]
    private static partial Regex Scripts();
}
