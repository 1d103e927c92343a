using System.Text;
using System.Text.RegularExpressions;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local.Sandbox;

/// <summary>The sandbox as a newcomer starts it.</summary>
public sealed class SandboxProcessTests : IDisposable
{
    private static readonly string[] Secrets =
    [
        "sandbox-sender-password",
        "sandbox-user-password",
        "sandbox-zuper-key",
        "sandbox-webhook-secret",
    ];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Once_ends_with_code_0_as_often_as_it_is_started_and_lets_out_no_secret()
    {
        for (var i = 0; i < 2; i++)
        {
            using var process = LocalProcess.Start(_folder.Path, "--sandbox", "once", "--urls", "http://127.0.0.1:0");
            var code = await process.EndAsync();
            Assert.True(code == 0, $"Exit code {code}.\n{process.Output}\n{process.Errors}");
            Assert.Empty(process.Errors);
            Assert.Contains("Every record ended as its sample is meant to.", process.Output, StringComparison.Ordinal);
            Assert.Matches(@"organizations +│ +42 │ +37 │ +2 │ +3 │ +0 ", process.Output);
            Assert.Matches(@"customers +│ +13 │ +10 │ +2 │ +1 │ +0 ", process.Output);
            Assert.Matches(@"invoices +│ +18 │ +10 │ +4 │ +4 │ +0 ", process.Output);
            Assert.Matches(@"products +│ +8 │ +7 │ +1 │ +0 │ +0 ", process.Output);
            Assert.Matches(@"\n│ payments +│ +8 │ +4 │ +3 │ +1 │ +0 ", process.Output);
            Assert.Matches(@"upflow-customers +│ +41 │ +41 │ +0 │ +0 │ +0 ", process.Output);
            Assert.Matches(@"upflow-invoices +│ +10 │ +10 │ +0 │ +0 │ +0 ", process.Output);
            Assert.Matches(@"upflow-credit-notes +│ +1 │ +1 │ +0 │ +0 │ +0 ", process.Output);
            Assert.Matches(@"upflow-payments +│ +9 │ +6 │ +3 │ +0 │ +0 ", process.Output);
            foreach (
                var awkward in new[]
                {
                    "Evergreen Car Wash",
                    "Sam Ortiz",
                    "Does not add up",
                    "Unknown location",
                    "Numbered by a person",
                    "Closed period",
                    "partly paid in Zuper",
                }
            )
                Assert.Matches($"{awkward}[^:]*\n(?s:.)*?Fix: ", process.Output);
            AssertProgressCountsWhatTheTableCounts(process.Output);
            Assert.DoesNotContain('\u001b', process.Output);
            AssertNoSecret(process);
            AssertNobodyIsNamed();
        }
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_the_first_sync_ends_cleanly()
    {
        // A timer's flat name, as it may stand in the environment, changes nothing of the sandbox's own.
        using var process = LocalProcess.Start(
            _folder.Path,
            "--sandbox=on",
            "--urls=http://127.0.0.1:0",
            "--POLLING_PRODUCTS=0 */15 * * * *"
        );
        await process.SeeAsync("organizations:");
        await process.TerminateAsync();
        Assert.Equal(0, await process.EndAsync());
        Assert.Empty(process.Errors);
        Assert.Contains("Stopped.", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "-wal",
            string.Join(' ', Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)),
            StringComparison.Ordinal
        );
        AssertNoSecret(process);
    }

    [Fact]
    public async Task Once_that_is_stopped_before_the_first_sync_is_done_ends_with_code_1()
    {
        using var process = LocalProcess.Start(_folder.Path, "--sandbox=once", "--urls=http://127.0.0.1:0");
        await process.SeeAsync("organizations:");
        await process.TerminateAsync();
        Assert.Equal(1, await process.EndAsync());
        Assert.Contains("Stopped before the first sync was done.", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_ends_the_process_with_code_2_and_a_line()
    {
        using var process = LocalProcess.Start(_folder.Path, "--sandbox", "once", "--Intacct:SettleAfter=later");
        Assert.Equal(2, await process.EndAsync());
        Assert.StartsWith("Intacct:SettleAfter is 'later'; allowed is ", process.Errors, StringComparison.Ordinal);
        Assert.Single(process.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(process.Output);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// The log tells of those that need a person by their ids, and not by what the sample calls them.
    /// </summary>
    private void AssertNobodyIsNamed()
    {
        var log = File.ReadAllText(Path.Combine(_folder.Path, ".data", "sandbox", "log.txt"));
        Assert.Contains(" is NeedsAction: ", log, StringComparison.Ordinal);
        foreach (var named in new[] { "Harbor", "Evergreen", "Ortiz", "Hospital", "@", "Street", " Ave", "+1" })
            Assert.DoesNotContain(named, log, StringComparison.Ordinal);
    }

    /// <summary>The last line of each flow's progress says the number that its row of the table finds.</summary>
    private static void AssertProgressCountsWhatTheTableCounts(string output)
    {
        var table = Regex
            .Matches(output, @"│ (?<flow>[a-z-]+) +│ +(?<found>\d+) │")
            .ToDictionary(m => m.Groups["flow"].Value, m => m.Groups["found"].Value, StringComparer.Ordinal);
        var progress = Regex
            .Matches(output, @"^(?<flow>[a-z-]+): (?<done>\d+) of (?<found>\d+) worked off", RegexOptions.Multiline)
            .GroupBy(m => m.Groups["flow"].Value, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        Assert.Equal(10, table.Count);
        Assert.All(
            progress,
            flow =>
            {
                Assert.Equal(table[flow.Key], flow.Value.Groups["found"].Value);
                Assert.Equal(table[flow.Key], flow.Value.Groups["done"].Value);
            }
        );
        Assert.Contains("organizations", progress.Keys);
    }

    private void AssertNoSecret(LocalProcess process)
    {
        var kept = Path.Combine(".data", "sandbox", "secrets");
        var files = Directory
            .EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains(kept, StringComparison.Ordinal))
            .ToList();
        Assert.Contains(files, f => f.EndsWith("intacctsync.db", StringComparison.Ordinal));
        foreach (var secret in Secrets)
        {
            Assert.DoesNotContain(secret, process.Output + process.Errors, StringComparison.Ordinal);
            foreach (var file in files)
                Assert.False(
                    File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0,
                    $"{file} holds {secret}."
                );
        }
    }
}
