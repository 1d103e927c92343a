using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntacctSync.Local.Cli;
using IntacctSync.Local.Sandbox;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Web.Console;

namespace IntacctSync.Tests.Local.Cli;

/// <summary>What the verbs tell of the sample, as people read it.</summary>
public sealed partial class ReadableTextTests : IAsyncLifetime
{
    private ConsoleStand _stand = null!;

    public async Task InitializeAsync()
    {
        _stand = await ConsoleStand.StartAsync();
        await _stand.ConnectAsync();
        await RunAsync("sync");
    }

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task Records_are_named_by_titles_and_numbers_and_by_no_id_of_a_program()
    {
        var records = JsonNode.Parse(await RunAsync("records", "--all", "--json"))!["items"]!.AsArray();
        Assert.InRange(records.Count, 50, 500);
        var told = new List<string> { await RunAsync("preview", "--full"), await RunAsync("reconcile") };
        foreach (var record in records)
            told.Add(await RunAsync("show", record!["sourceId"]!.ToString(), "--flow", record["flow"]!.ToString()));
        foreach (var needs in records.Where(r => r!["state"]!.ToString() == "needsAction"))
            told.Add(await RunAsync("explain", needs!["sourceId"]!.ToString(), "--flow", needs["flow"]!.ToString()));
        foreach (var product in records.Where(r => r!["flow"]!.ToString() == "products"))
        {
            var story = await RunAsync("show", product!["sourceId"]!.ToString(), "--flow", "products", "--json");
            told.AddRange(JsonNode.Parse(story)!["timeline"]!.AsArray().Select(t => t!["detail"]!.ToString()));
        }

        Assert.All(told, text => Assert.False(Uid().IsMatch(text), text));
        Assert.All(
            told.SelectMany(t => t.Split('\n')),
            line => Assert.True(line.TrimEnd('\r') == line.TrimEnd(), $"'{line}' ends in blanks.")
        );
    }

    private async Task<string> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        await VerbProgram.RunAsync(
            [
                .. args,
                "--connection",
                SandboxAccount.Connection,
                "--url",
                _stand.Address.ToString(),
                "--key",
                ConsoleStand.Key,
            ],
            output,
            errors,
            new StubClients(new SocketsHttpHandler()),
            CancellationToken.None
        );
        Assert.Empty(errors.ToString());
        return output.ToString();
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Uid();
}
