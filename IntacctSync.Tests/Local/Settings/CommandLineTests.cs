using IntacctSync.Local.Settings;

namespace IntacctSync.Tests.Local.Settings;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--sandbox", "once")]
    [InlineData("--sandbox=off")]
    [InlineData("--Sandbox", "on", "--urls", "http://127.0.0.1:0")]
    [InlineData("--Storage:Path=x.db", "--Logging:LogLevel:Default", "Debug")]
    [InlineData("--Email:Smtp:Host", "mail.example")]
    public void Keys_with_values_are_right(params string[] args) => Assert.Empty(CommandLine.Problems(args));

    [Theory]
    [InlineData("The argument 'once' belongs to no key; allowed is --key value or --key=value.", "once")]
    [InlineData("--sandbox has no value; allowed is --sandbox value or --sandbox=value.", "--sandbox")]
    [InlineData(
        "--sandbox has no value; allowed is --sandbox value or --sandbox=value.",
        "--sandbox",
        "--urls=http://127.0.0.1:0"
    )]
    [InlineData(
        "--sandbx is no key of this program; allowed are the keys of the documentation, such as --sandbox, "
            + "--urls or --Storage:Path.",
        "--sandbx",
        "on"
    )]
    public void What_would_be_passed_over_is_said(string line, params string[] args) =>
        Assert.Equal([line], CommandLine.Problems(args));
}
