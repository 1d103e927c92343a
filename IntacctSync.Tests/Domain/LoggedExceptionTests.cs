using System.Text.RegularExpressions;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Tests.Conventions;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Domain;

public sealed partial class LoggedExceptionTests
{
    private const string Person = "Maria Canary, 5 Elm Street, maria@example.com, 512-555-0143";

    [Fact]
    public void What_others_said_of_people_stays_out_however_deep_it_lies()
    {
        var thrown = new InvalidOperationException(
            Person,
            new AggregateException(
                new ZuperException(ZuperFailure.Rejected, Person),
                new IntacctException(IntacctFailure.LoginRejected, Person)
            )
        );
        var log = new CollectingLogger<LoggedExceptionTests>();
        LogIt(log, new LoggedException(thrown));
        var line = Assert.Single(log.Lines).Text;
        Assert.DoesNotContain("Canary", line, StringComparison.Ordinal);
        Assert.DoesNotContain("maria", line, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", line, StringComparison.Ordinal);
        Assert.Contains("ZuperException", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_this_program_says_of_this_machine_stays() =>
        Assert.Contains(
            "the folder is locked",
            new LoggedException(new SecretsUnavailableException("the folder is locked")).ToString(),
            StringComparison.Ordinal
        );

    [Fact]
    public void No_log_method_takes_an_exception_with_its_texts() =>
        Assert.Empty(
            Sources
                .All.Where(f => !f.Path.StartsWith("IntacctSync.Tests", StringComparison.Ordinal))
                .Where(f => RawException().IsMatch(f.Text))
                .Select(f => f.Path)
        );

    [LoggerMessage(Level = LogLevel.Error, Message = "It failed")]
    private static partial void LogIt(ILogger logger, LoggedException exception);

    [GeneratedRegex(@"partial void \w+\([^)]*(?<!Logged)Exception \w+", RegexOptions.None, 1000)]
    private static partial Regex RawException();
}
