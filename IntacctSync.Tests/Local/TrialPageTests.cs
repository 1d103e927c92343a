using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IntacctSync.Local.Cli;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Conventions;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Web.Console;

namespace IntacctSync.Tests.Local;

/// <summary>The page that leads a newcomer through an empty company, done as it stands there.</summary>
public sealed partial class TrialPageTests : IAsyncLifetime
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly HttpClient _shell = new StubClients(new SocketsHttpHandler()).CreateClient("");
    private readonly Queue<Match> _commands = new(Commands().Matches(Sources.Get("docs/trial.md").Text));
    private ConsoleStand _stand = null!;

    public async Task InitializeAsync() => _stand = await ConsoleStand.StartAsync(sampleData: false);

    public async Task DisposeAsync()
    {
        _shell.Dispose();
        await _stand.DisposeAsync();
    }

    [Fact]
    public async Task An_empty_company_is_filled_connected_broken_mended_and_compared()
    {
        Assert.Contains(ZuperPaymentModes.Cheque.Uid, Sources.Get("docs/trial.md").Text, StringComparison.Ordinal);
        await CallAsync(7);
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("trial.json"), Document(), CancellationToken.None);
        await VerbAsync(0, "connect", "--connection", "trial", "--file", folder.File("trial.json"), "--yes");
        await VerbAsync(0, "sync", "--first");
        Assert.Contains("synced", await VerbAsync(0, "show", "INV-2001"), StringComparison.Ordinal);

        await CallAsync(3);
        await VerbAsync(1, "sync");
        var needs = await VerbAsync(1, "records", "--state", "needsAction");
        Assert.Contains("INV-2002", needs, StringComparison.Ordinal);
        await CallAsync(1);

        // The line that stands there, as a person copies it.
        var line = needs.ReplaceLineEndings(" ")[needs.IndexOf("Once it is mended:", StringComparison.Ordinal)..];
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] retry = [.. words[Array.IndexOf(words, "retry")..].Take(4).Select(w => w.Trim('"'))];
        Assert.Contains("INV-2002 is tried again.", await VerbAsync(0, retry), StringComparison.Ordinal);

        await CallAsync(2);
        await VerbAsync(0, "sync");
        Assert.Contains(", payment ", await VerbAsync(0, "records", "--flow", "payments"), StringComparison.Ordinal);

        await VerbAsync(0, "sync");
        await CallAsync(1);
        Assert.Empty(_commands);
        var report = JsonNode.Parse(await VerbAsync(1, "reconcile", "--json", "--csv", folder.File("differences.csv")));
        var difference = Assert.Single(report!["records"]!.AsArray());
        Assert.Equal(("INV-2001", "dueDate"), ($"{difference!["title"]}", $"{difference["field"]}"));
        Assert.Equal("changedByHand", $"{difference["cause"]}");
        Assert.Equal(
            Encoding.UTF8.GetPreamble(),
            (await File.ReadAllBytesAsync(folder.File("differences.csv"), CancellationToken.None))[..3]
        );
    }

    private static string Document() =>
        """
            {"startDate": "2026-01-01",
             "intacct": {"senderId": "sandbox-sender", "senderPassword": "sandbox-sender-password", "companyId": "sandbox",
               "userId": "sandbox-user", "userPassword": "sandbox-user-password"},
             "zuper": {"companyName": "sandbox", "apiKey": "sandbox-zuper-key"},
             "defaultPaymentModeUid": "MODE", "defaultProductCategoryUid": "CATEGORY",
             "invoice": {"glAccountNo": "4000", "tax": {"glAccountNo": "2200"}, "discount": {"glAccountNo": "4090"},
               "fee": {"glAccountNo": "4090"}, "rounding": {"glAccountNo": "4090"}}}
            """.Replace("MODE", ZuperPaymentModes.Cheque.Uid, StringComparison.Ordinal).Replace(
            "CATEGORY",
            ZuperCategories.Services,
            StringComparison.Ordinal
        );

    /// <summary>Does the next commands of the page.</summary>
    private async Task CallAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var command = _commands.Dequeue();
            var method = command.Groups["method"].Success ? command.Groups["method"].Value : null;
            var body = command.Groups["body"].Success ? Filled(command.Groups["body"].Value) : null;
            using var request = new HttpRequestMessage(
                new HttpMethod(method ?? (body is null ? "GET" : "POST")),
                Filled(command.Groups["address"].Value)
                    .Replace("http://127.0.0.1:9001", Origin(_stand.World.Intacct.Address), StringComparison.Ordinal)
                    .Replace("http://127.0.0.1:9002", Origin(_stand.World.Zuper.Address), StringComparison.Ordinal)
            );
            if (command.Value.Contains("x-api-key", StringComparison.Ordinal))
                request.Headers.Add("x-api-key", "sandbox-zuper-key");
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _shell.SendAsync(request, CancellationToken.None);
            var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            Assert.True(answer.IsSuccessStatusCode, $"{command.Value}\n{text}");
            if (command.Groups["name"].Success)
                _variables[command.Groups["name"].Value] = Regex
                    .Match(
                        text,
                        command
                            .Groups["pattern"]
                            .Value.Replace("\\{", "{", StringComparison.Ordinal)
                            .Replace("\\}", "}", StringComparison.Ordinal),
                        RegexOptions.None,
                        TimeSpan.FromSeconds(1)
                    )
                    .Value;
        }
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    /// <summary>As a shell fills in its variables; the quotes around them end and begin the text.</summary>
    private string Filled(string text) =>
        _variables
            .OrderByDescending(v => v.Key.Length)
            .Aggregate(
                text,
                (filled, v) =>
                    filled
                        .Replace($"'${v.Key}'", v.Value, StringComparison.Ordinal)
                        .Replace($"${v.Key}", v.Value, StringComparison.Ordinal)
            );

    private async Task<string> VerbAsync(int expected, params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await VerbProgram.RunAsync(
            [.. args, "--url", _stand.Address.ToString(), "--key", ConsoleStand.Key],
            output,
            errors,
            new StubClients(new SocketsHttpHandler()),
            CancellationToken.None
        );
        Assert.True(code == expected, $"{string.Join(' ', args)}: {code}\n{output}{errors}");
        return output.ToString();
    }

    [GeneratedRegex(
        """^(?:(?<name>\w+)=\$\()?curl (?:-s )?(?:-X (?<method>\w+) )?(?<address>http\S+)(?: -H '[^']*')*(?: -d '(?<body>.*?)')?(?: \| grep -o '(?<pattern>[^']*)'.*)?\)?$""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Commands();
}
