using IntacctSync.Local;
using IntacctSync.Local.Cli;

namespace IntacctSync.Tests.Local.Cli;

/// <summary>Each command that a verb proposes can be copied as it stands, and asks the same host.</summary>
public sealed class ProposedCommandTests : VerbTest
{
    [Fact]
    public async Task Where_there_is_no_connection_the_command_that_makes_one_asks_the_same_host()
    {
        var (code, _, errors) = await RunAsync("status");
        Assert.Equal(2, code);
        Assert.Contains(
            $"Make one: {VerbProgram.Called} connect --url {Address}",
            Line(errors),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Settings_that_were_stored_propose_two_commands_each_of_which_stands_whole()
    {
        (await PutAsync()).Is(201);
        var (_, output, _) = await RunAsync("settings", "--set", "invoice.glAccountNo=4010");
        foreach (var verb in new[] { "doctor", "retry --all" })
            Assert.Contains(
                output.Split('\n'),
                line => line.EndsWith($"{VerbProgram.Called} {verb} --url {Address}", StringComparison.Ordinal)
            );
    }

    [Theory]
    [InlineData(
        "Nothing is there. To be told: intacctsync webhooks register --address https://sync.example.com",
        "webhooks register --address https://sync.example.com --connection acme --url http://sync:5080"
    )]
    [InlineData(
        "Send a letter: intacctsync mail test, or in the console.",
        "mail test --connection acme --url http://sync:5080, or in the console."
    )]
    [InlineData(
        "Look first: intacctsync status --connection other",
        "status --connection other --url http://sync:5080"
    )]
    public void A_command_names_the_connection_and_the_host_wherever_it_stands(string text, string told)
    {
        foreach (var isTable in new[] { false, true })
        {
            using var output = new StringWriter();
            var terminal = new Terminal(output, TextWriter.Null, json: false);
            terminal.Name("acme", "http://sync:5080");
            if (isTable)
                terminal.Table(
                    ["check", "what was found"],
                    [
                        ["mail", text],
                    ]
                );
            else
                terminal.Paragraph(text);
            if (!isTable || !text.Contains(" --", StringComparison.Ordinal))
                Assert.Contains($"{VerbProgram.Called} {told}", Line($"{output}"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_help_says_where_the_host_and_its_key_are_looked_for_and_how_a_verb_ends()
    {
        var (_, verb, _) = await RunAsync("status", "--help");
        Assert.Contains("INTACCTSYNC_URL", verb, StringComparison.Ordinal);
        Assert.Contains("Admin:ApiKey", verb, StringComparison.Ordinal);
        await using var output = new StringWriter();
        await LocalHost.RunAsync(["--help"], output, TextWriter.Null);
        foreach (var told in new[] { "--version", "dotnet-suggest", "3: no host answers" })
            Assert.Contains(told, $"{output}", StringComparison.Ordinal);
    }
}
