using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Conventions;

/// <summary>A type is named by words that docs/glossary.md explains; a new idea gets its word there first.</summary>
public sealed partial class GlossaryTests
{
    private static readonly string[] Projects =
    [
        "IntacctSync.Core",
        "IntacctSync.Web",
        "IntacctSync.Local",
        "IntacctSync.Functions",
    ];

    private static readonly HashSet<string> Known = WordsOf(Sources.Get("docs/glossary.md").Text);

    [Fact]
    public void Every_word_in_the_name_of_a_type_is_in_the_glossary()
    {
        Assert.Empty(Sources.Code(Projects).SelectMany(f => Unexplained(f, Known)));
        Assert.True(Sources.Code(Projects).SelectMany(f => f.AllTypes).Count() > 600);
    }

    [Theory]
    [InlineData("public sealed class InvoiceDebts;")]
    [InlineData("    private sealed record Muddle(int A);")]
    [InlineData("public interface IDebt;")]
    public void A_name_with_another_word_is_found(string text) =>
        Assert.Single(Unexplained(new SourceFile("IntacctSync.Core/Domain/A.cs", text), Known));

    [Theory]
    [InlineData("| **Settle**, **dead letter** | To find out. |", "Settler", "Settling", "Settled", "DeadLetters")]
    [InlineData("| **Entry** | A row. |", "Entries", "IEntry", "Entry<T>")]
    [InlineData("| `inDoubt` | Unknown. |", "InDoubt")]
    [InlineData("## Small words\n\nNot, as in `NotOurs`.\n\nour, not", "NotOurs")]
    public void A_word_is_known_in_each_of_its_forms(string glossary, params string[] types) =>
        Assert.Empty(
            types.SelectMany(type =>
                Unexplained(
                    new SourceFile("IntacctSync.Core/Domain/A.cs", $"public sealed class {type};"),
                    WordsOf(glossary)
                )
            )
        );

    [Fact]
    public void A_word_that_only_explains_another_is_not_known() =>
        Assert.DoesNotContain("row", WordsOf("| **Entry** | A row of `Rows`. |"), StringComparer.Ordinal);

    [Fact]
    public void No_word_is_explained_twice() => Assert.Empty(Twice(Sources.Get("docs/glossary.md").Text));

    [Fact]
    public void A_word_that_is_explained_twice_is_found() =>
        Assert.Equal(
            ["entry"],
            Twice("| **Entry** | A row. |\n| **Cell** | Part of an **entry**. |\n| `done` | Ended. |")
        );

    private static IEnumerable<string> Twice(string page) =>
        Explained()
            .Matches(page)
            .GroupBy(m => m.Groups["word"].Value.ToLowerInvariant(), StringComparer.Ordinal)
            .Where(word => word.Count() > 1)
            .Select(word => word.Key);

    private static IEnumerable<string> Unexplained(SourceFile file, HashSet<string> known) =>
        file.AllTypes.SelectMany(type =>
            Words()
                .Matches(Prefix().Replace(type, ""))
                .Where(word => !Forms(word.Value).Overlaps(known))
                .Select(word => $"{file.Path} declares {type}; docs/glossary.md has no '{word.Value}'.")
        );

    /// <summary>What the page explains: its bold words, its states, and its small words.</summary>
    private static HashSet<string> WordsOf(string page)
    {
        var small = page.Split("## Small words\n") is { Length: 2 } parts
            ? parts[1].Split("\n## ")[0].Trim().Split("\n\n")[^1]
            : "";
        return
        [
            .. Explained()
                .Matches(page)
                .Select(m => m.Groups["word"].Value)
                .Append(small)
                .SelectMany(text => Words().Matches(text))
                .SelectMany(word => Forms(word.Value)),
        ];
    }

    /// <summary>The word itself, and what it may be a plural or a form of: <c>settling</c>, <c>settle</c>.</summary>
    private static HashSet<string> Forms(string name)
    {
        var word = name.ToUpperInvariant();
        HashSet<string> forms = [word];
        foreach (var end in (string[])["S", "ES", "D", "ED", "R", "ER", "ING"])
        {
            if (!word.EndsWith(end, StringComparison.Ordinal) || word.Length - end.Length < 2)
                continue;
            var stem = word[..^end.Length];
            forms.Add(stem);
            if (end is "ES" or "ED" or "ER" && stem[^1] == 'I')
                forms.Add(stem[..^1] + "Y");
            if (end is "ING")
                forms.Add(stem + "E");
            if (end is "ED" or "ER" or "ING" && stem[^1] == stem[^2])
                forms.Add(stem[..^1]);
        }

        return forms;
    }

    [GeneratedRegex(@"\*\*(?<word>[^*]+)\*\*|^\| `(?<word>\w+)`", RegexOptions.Multiline, 10_000)]
    private static partial Regex Explained();

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+", RegexOptions.None, 10_000)]
    private static partial Regex Words();

    [GeneratedRegex("^I(?=[A-Z][a-z])", RegexOptions.None, 10_000)]
    private static partial Regex Prefix();
}
