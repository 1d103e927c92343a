using System.Text.RegularExpressions;
using IntacctSync.Core.Runs;
using IntacctSync.Local.Logs;
using IntacctSync.Local.Settings;
using IntacctSync.Tests.Support;
using IntacctSync.Web.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Local.Logs;

public sealed class RollingLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Warnings_and_errors_have_a_file_of_their_own_and_all_is_in_the_other()
    {
        Write(31);
        var (all, problems) = (Read("intacctsync-*.log"), Read("problems-*.log"));
        Assert.Equal(["Information", "Warning"], Lines(all).Select(l => l.Split(' ')[1]));
        Assert.Matches(
            new Regex(
                @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z Warning IntacctSync\.Some: not well: ""x"" 3$",
                RegexOptions.None,
                TimeSpan.FromSeconds(1)
            ),
            Assert.Single(Lines(problems))
        );
    }

    [Fact]
    public void A_text_of_elsewhere_begins_no_line_of_its_own()
    {
        Write(31, "a\u001b[2J\r\n2026 forged");
        Assert.Contains("a\\u001b[2J\\u000d\\u000a2026 forged", Read("problems-*.log"), StringComparison.Ordinal);
        Assert.Single(Lines(Read("problems-*.log")));
    }

    [Fact]
    public void What_the_levels_of_the_settings_leave_out_is_in_no_file()
    {
        Write(31);
        Assert.DoesNotContain("only if asked", Read("*.log"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_days_nothing_is_written()
    {
        Write(0);
        Assert.False(Directory.Exists(_folder.File("logs")));
    }

    [Fact]
    public async Task At_a_purge_all_files_begin_anew_and_the_log_goes_on()
    {
        var services = new ServiceCollection();
        services.AddLogging(b => RollingLog.AddTo(b, Settings(31)));
        await using var host = services.BuildServiceProvider();
        var logger = host.GetRequiredService<ILoggerFactory>().CreateLogger("IntacctSync.Some");
        logger.LogWarning("about one that goes");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.File("logs"), "problems-20250101.log"),
            "about one that goes",
            CancellationToken.None
        );

        await host.GetRequiredService<IPurgeable>().PurgeAsync(Some.ConnectionId, [], CancellationToken.None);
        logger.LogWarning("from now on");
        await host.DisposeAsync();
        foreach (var files in new[] { "intacctsync-*.log", "problems-*.log" })
            Assert.EndsWith("from now on", Assert.Single(Lines(Read(files))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_did_to_other_connections_outlives_a_purge()
    {
        var services = new ServiceCollection();
        services.AddLogging(b => RollingLog.AddTo(b, Settings(31)));
        await using var host = services.BuildServiceProvider();
        var audit = host.GetRequiredService<ILoggerFactory>().CreateLogger(Audit.Category);
        var id = Some.ConnectionId.Value;
        foreach (
            var text in new[]
            {
                $"put of connection '{id}'",
                $"put of connection '{id}-2'",
                $"put of 'x-{id}'",
                $"by {id}",
            }
        )
            audit.LogInformation(new InvalidOperationException("a line under it"), "{Text:l}", text);
        await host.GetRequiredService<IPurgeable>().PurgeAsync(Some.ConnectionId, [], CancellationToken.None);
        audit.LogInformation("purge");
        await host.DisposeAsync();
        Assert.Equal(
            [$"put of connection '{id}-2'", $"put of 'x-{id}'", $"by {id}", "purge"],
            Lines(Read("intacctsync-*.log")).Select(l => l[(l.IndexOf(": ", StringComparison.Ordinal) + 2)..])
        );
        Assert.All(
            Directory.EnumerateFiles(_folder.File("logs")),
            file =>
                Assert.True(
                    OperatingSystem.IsWindows()
                        || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)
                )
        );
    }

    [Fact]
    public void Only_their_owner_can_read_the_files()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write(31);
        foreach (var file in Directory.EnumerateFiles(_folder.File("logs")))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    public void Dispose() => _folder.Dispose();

    private void Write(int days, string found = "\"x\"")
    {
        using var factory = LoggerFactory.Create(b =>
            RollingLog.AddTo(b.SetMinimumLevel(LogLevel.Information), Settings(days))
        );
        var logger = factory.CreateLogger("IntacctSync.Some");
        logger.LogDebug("only if asked");
        logger.LogInformation("well");
        logger.LogWarning("not well: {Found} {Count}", found, 3);
    }

    private LocalSettings Settings(int days) =>
        new()
        {
            StoragePath = _folder.File("x.db"),
            SecretsPath = _folder.File("secrets"),
            LogPath = _folder.File("logs"),
            LogDays = days,
        };

    private string Read(string files) =>
        string.Concat(Directory.EnumerateFiles(_folder.File("logs"), files).Select(File.ReadAllText));

    private static string[] Lines(string text) =>
        text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
