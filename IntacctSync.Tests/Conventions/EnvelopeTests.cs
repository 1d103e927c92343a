using System.Reflection;
using System.Text.RegularExpressions;
using IntacctSync.Core.Envelopes;

namespace IntacctSync.Tests.Conventions;

/// <summary>
/// Envelopes and the ids of their events are made in one place each: what one cause means has one spelling.
/// </summary>
public sealed class EnvelopeTests
{
    private const string Making = @"\bnew Envelope\b|\bKind = EnvelopeKind\b";

    /// <summary>What the ids of events begin with, as the one file that makes them says.</summary>
    private static readonly string[] Prefixes =
    [
        .. typeof(EventIds)
            .GetFields(BindingFlags.NonPublic | BindingFlags.Static)
            .Where(f => f.IsLiteral)
            .Select(f => f.GetRawConstantValue())
            .OfType<string>(),
    ];

    private static readonly string Naming = $"""
        "({string.Join('|', Prefixes.Select(Regex.Escape))})["{'{'}]
        """;

    [Fact]
    public void No_folder_but_Envelopes_makes_an_envelope_or_names_an_event() =>
        Assert.Empty(
            Sources
                .Code("IntacctSync.Core", "IntacctSync.Web", "IntacctSync.Local", "IntacctSync.Functions")
                .Where(f => f.Folder != "Envelopes")
                .SelectMany(Violations)
        );

    [Fact]
    public void Each_beginning_of_an_id_stands_once_as_a_constant()
    {
        var texts = Regex
            .Matches(
                Sources.Get("IntacctSync.Core/Envelopes/EventIds.cs").Code,
                "\"(?<prefix>[a-z]+[-:])",
                RegexOptions.None,
                TimeSpan.FromSeconds(10)
            )
            .Select(m => m.Groups["prefix"].Value);
        Assert.Equal(Prefixes.Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
        Assert.Contains("wid-", Prefixes);
    }

    [Theory]
    [InlineData("var made = new Envelope { };")]
    [InlineData("new() { Kind = EnvelopeKind.Record };")]
    [InlineData("EventId = \"sweep-\" + id")]
    [InlineData("EventId = $\"poll:{id}\"")]
    [InlineData("EventId = \"room-\" + id")]
    [InlineData("EventId = \"pdf-\" + id")]
    [InlineData("EventId = $\"wid-{id}\"")]
    public void A_file_that_breaks_the_rule_is_found(string text) =>
        Assert.Single(Violations(new SourceFile("IntacctSync.Core/Detection/File.cs", text)));

    private static IEnumerable<string> Violations(SourceFile file) =>
        Regex
            .Matches(file.Text, $"{Making}|{Naming}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10))
            .Select(m => $"{file.Path} holds {m.Value}: make it in Envelopes/Envelope.cs or EventIds.cs.");
}
