using System.Net;
using System.Text.Json.Nodes;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local.Cli;

public sealed class ReportFilesTests
{
    private const string Json = "application/json";

    [Fact]
    public async Task A_comparison_is_written_into_a_file_for_each_of_its_lists_and_the_verb_names_them()
    {
        using var folder = new TemporaryFolder();
        using var host = new StubHost(Answer);
        var file = folder.File("january.csv");
        await File.WriteAllTextAsync(folder.File("january.only-at-target.csv"), "of before", CancellationToken.None);
        var (code, output, errors) = await host.RunAsync("reconcile", "--csv", file);
        Assert.True(code == 1, errors);
        Assert.Equal("differences", await File.ReadAllTextAsync(file, CancellationToken.None));
        Assert.Equal(
            "leftOut",
            await File.ReadAllTextAsync(folder.File("january.left-out.csv"), CancellationToken.None)
        );
        Assert.False(File.Exists(folder.File("january.only-at-target.csv")));
        var told = string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            $"The first 20 of 21 differences are shown: {file} has them all.",
            told,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("--csv", told, StringComparison.Ordinal);
        Assert.Contains(
            $"What is left out, and why, stands in {folder.File("january.left-out.csv")}.",
            told,
            StringComparison.Ordinal
        );

        var (_, without, _) = await host.RunAsync("reconcile");
        Assert.Contains("--csv FILE", without, StringComparison.Ordinal);
        Assert.All(without.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    private static (HttpStatusCode Status, string Type, string Body) Answer(string call) =>
        call switch
        {
            "POST /api/connections/acme/reconcile" => (HttpStatusCode.Accepted, Json, """{"runId": "r"}"""),
            "GET /api/connections/acme/runs/r" => (HttpStatusCode.OK, Json, """{"runId": "r", "state": "done"}"""),
            "GET /api/connections/acme/runs/r/report" => (HttpStatusCode.OK, Json, Report().ToJsonString()),
            "GET /api/connections/acme/runs/r/report?format=csv" => (HttpStatusCode.OK, "text/csv", "differences"),
            _ => (HttpStatusCode.OK, "text/csv", call[(call.LastIndexOf('=') + 1)..]),
        };

    private static JsonObject Report()
    {
        var report = JsonNode
            .Parse(
                """
                {"equal": false, "differences": 21, "sums": [], "onlyAtTarget": [],
                 "leftOut": [{"flow": "invoices", "sourceId": "9", "title": "INV-9", "why": "before startDate"}],
                 "flows": [{"flow": "invoices", "source": 22, "linked": 21, "equal": 0, "differ": 21, "leftOut": 1,
                 "onlyAtTarget": 0, "targetSystem": "Intacct"}]}
                """
            )!
            .AsObject();
        report["records"] = new JsonArray([
            .. Enumerable
                .Range(1, 21)
                .Select(i =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["flow"] = "invoices",
                            ["title"] = $"INV-{i}",
                            ["why"] = "It differs.",
                            ["repair"] = "Retry it.",
                        }
                ),
        ]);
        return report;
    }
}
