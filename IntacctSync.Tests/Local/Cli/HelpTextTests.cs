using IntacctSync.Local.Cli;

namespace IntacctSync.Tests.Local.Cli;

public class HelpTextTests
{
    [Fact]
    public void What_explains_an_option_goes_on_below_itself_and_a_command_stays_whole()
    {
        var command = $"    {VerbProgram.Called} connect --connection acme --file acme.json --yes";
        Assert.Equal(
            string.Join(
                Environment.NewLine,
                command,
                "  --state <state>  Only these: pending,",
                "                   synced or skipped."
            ),
            HelpText.Fitted(
                string.Join(
                    Environment.NewLine,
                    command,
                    "  --state <state>  Only these: pending, synced or skipped.   ",
                    ""
                ),
                40
            )
        );
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("records")]
    [InlineData("reconcile")]
    [InlineData("backup")]
    [InlineData("webhooks", "register")]
    public async Task The_help_of_a_verb_fits_a_terminal(params string[] verb)
    {
        await using var output = new StringWriter();
        await VerbProgram.RunAsync([.. verb, "--help"], output, TextWriter.Null, null, CancellationToken.None);
        Assert.All(
            output
                .ToString()
                .Split(Environment.NewLine)
                .Where(l => !l.Contains(VerbProgram.Called, StringComparison.Ordinal)),
            line => Assert.True(line.Length <= 80 && line == line.TrimEnd(), line)
        );
    }
}
