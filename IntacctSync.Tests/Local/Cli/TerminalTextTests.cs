using System.Text.Json.Nodes;
using IntacctSync.Local.Cli;
using IntacctSync.Local.Sandbox;
using Spectre.Console.Testing;

namespace IntacctSync.Tests.Local.Cli;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("Account 4000 is not valid", "Choose another.", "Account 4000 is not valid. Choose another.")]
    [InlineData("It is closed.", "Open it.", "It is closed. Open it.")]
    [InlineData("It is closed", null, "It is closed")]
    [InlineData(null, "Open it.", "Open it.")]
    public void Two_texts_are_two_sentences(string? first, string? second, string told) =>
        Assert.Equal(
            told,
            Terminal.Sentences(first is null ? null : (JsonNode)first, second is null ? null : (JsonNode)second)
        );

    [Theory]
    [InlineData("100", "100.00")]
    [InlineData("299.9", "299.90")]
    [InlineData("1234567.125", "1,234,567.125")]
    [InlineData("none", "none")]
    public void An_amount_has_its_cents(string value, string told) => Assert.Equal(told, Terminal.Money(value));

    [Theory]
    [InlineData("needsAction", "needs action")]
    [InlineData("NAME", "name")]
    [InlineData("synced", "synced")]
    public void A_word_of_the_api_is_told_as_people_write_it(string name, string told) =>
        Assert.Equal(told, Terminal.Words(name));

    [Theory]
    [InlineData(null, null, "")]
    [InlineData("acme", null, " --connection acme")]
    [InlineData("acme", "http://sync:5080", " --connection acme --url http://sync:5080")]
    public void A_command_that_is_proposed_stays_whole_and_names_what_the_call_named(
        string? connection,
        string? url,
        string named
    )
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var terminal = new Terminal(output, errors, json: false);
        terminal.Name(connection, url);
        terminal.Paragraph("See what needs you, of all that there is: intacctsync records --needs-you");
        Assert.EndsWith(
            $"{Environment.NewLine}  {VerbProgram.Called} records --needs-you{named}{Environment.NewLine}",
            $"{output}",
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Prose_is_broken_between_words()
    {
        using var console = new TestConsole();
        console.Profile.Width = 60;
        console.Prose(string.Join(' ', Enumerable.Repeat("between", 20)));
        Assert.All(
            console.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Equal("", line.TrimEnd('\r').Replace("between", "", StringComparison.Ordinal).Trim())
        );
    }

    [Fact]
    public void Xml_is_laid_out_an_element_a_line_and_any_other_text_stays()
    {
        Assert.Equal(
            ["<a>", "  <b>1 &lt; 2</b>", "  <c />", "</a>"],
            XmlText.Lines("<a><b>1 &lt; 2</b><c/></a>").Select(l => l.TrimEnd('\r'))
        );
        Assert.Equal(["Intacct: create_invoice"], XmlText.Lines("Intacct: create_invoice"));
        Assert.Equal(["<a><b>"], XmlText.Lines("<a><b>"));
    }
}
