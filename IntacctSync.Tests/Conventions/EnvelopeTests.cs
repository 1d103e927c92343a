using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Conventions;

/// <summary>
/// Envelopes and the ids of their events are made in one place each: what one cause means has one spelling.
/// </summary>
public sealed class EnvelopeTests
{
    private const string Making = @"\bnew Envelope\b|\bKind = EnvelopeKind\b";
    private const string Naming = @"""(bf|sweep|feed|gone|parent|freed|own|reversed|linked|person)-""|""poll:";

    [Fact]
    public void No_folder_but_Envelopes_makes_an_envelope_or_names_an_event() =>
        Assert.Empty(
            Sources
                .Code("IntacctSync.Core", "IntacctSync.Web", "IntacctSync.Local", "IntacctSync.Functions")
                .Where(f => f.Folder != "Envelopes")
                .SelectMany(Violations)
        );

    [Theory]
    [InlineData("var made = new Envelope { };")]
    [InlineData("new() { Kind = EnvelopeKind.Record };")]
    [InlineData("EventId = \"sweep-\" + id")]
    public void A_file_that_breaks_the_rule_is_found(string text) =>
        Assert.Single(Violations(new SourceFile("IntacctSync.Core/Detection/File.cs", text)));

    private static IEnumerable<string> Violations(SourceFile file) =>
        Regex
            .Matches(file.Text, $"{Making}|{Naming}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10))
            .Select(m => $"{file.Path} holds {m.Value}: make it in Envelopes/Envelope.cs or EventIds.cs.");
}
