using IntacctSync.Core.Domain;
using IntacctSync.Local.Logs;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Local.Logs;

public sealed class LogFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _errors = new();
    private readonly TestClock _clock = new();

    private string Log => _folder.File("log.txt");

    [Fact]
    public async Task After_a_purge_nothing_of_before_is_in_the_file_and_it_goes_on()
    {
        using (var file = new LogFile(Log, _errors, _clock))
        {
            var logger = file.CreateLogger("IntacctSync");
            Say(logger, $"Connection canary: {new string('x', 9000)}");
            await file.PurgeAsync(ConnectionId.Parse("canary"), [new CompanyId("canary")], CancellationToken.None);
            Say(logger, "Connection other: it goes on");
        }

        Assert.Equal(
            "2026-03-02T09:00:00.000Z Warning IntacctSync: Connection other: it goes on",
            (await File.ReadAllTextAsync(Log, CancellationToken.None)).Trim()
        );
    }

    [Fact]
    public void A_line_is_one_line_whatever_is_in_it()
    {
        using (var file = new LogFile(Log, _errors, _clock))
            Say(file.CreateLogger("IntacctSync"), "a\u001b[2J\r\n2026 forged");
        Assert.EndsWith(
            "a\\u001b[2J\\u000d\\u000a2026 forged",
            File.ReadAllText(Log).TrimEnd(),
            StringComparison.Ordinal
        );
    }

    public void Dispose()
    {
        _folder.Dispose();
        _errors.Dispose();
    }

    private static void Say(ILogger logger, string text) =>
        logger.Log(LogLevel.Warning, default, text, null, static (said, _) => said);
}
