using System.Globalization;
using System.Text;

namespace IntacctSync.Core.Domain;

/// <summary>
/// Takes characters apart into the letters and marks that they are made of (NFKD; unicode.org, UAX #15): e with an
/// acute becomes e and an acute, a wide letter a plain one. Pure.
/// </summary>
/// <remarks>
/// The runtime has no data for it where it runs without ICU, as these programs do. <c>decompositions.txt</c> is made of
/// the Unicode Character Database 14 and covers what names and addresses are written in, but for ideographs that stand
/// for others; Korean syllables are reckoned.
/// </remarks>
internal static class UnicodeDecomposition
{
    private const int FirstSyllable = 0xAC00;
    private const int LastSyllable = 0xD7A3;

    private static readonly Lazy<Dictionary<Rune, Rune[]>> Table = new(Read);

    private static readonly Lazy<Dictionary<string, Rune>> Whole = new(() =>
        Table
            .Value.Where(t =>
                t.Value.Length > 1
                && t.Value.Select(ComparisonKey.IsMark).SequenceEqual(t.Value.Select((_, i) => i > 0))
            )
            .OrderBy(t => t.Key)
            .DistinctBy(t => Text(t.Value), StringComparer.Ordinal)
            .ToDictionary(t => Text(t.Value), t => t.Key, StringComparer.Ordinal)
    );

    /// <summary>
    /// The ways in which a text may be written: as it is, each letter in one with its marks, and all taken apart. Just
    /// one where these are the same.
    /// </summary>
    public static IReadOnlyList<string> FormsOf(string text)
    {
        List<Rune> apart = [.. text.EnumerateRunes().SelectMany(Of)];
        return [.. new[] { text, Text(Together(apart)), Text(apart) }.Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<Rune> Together(List<Rune> apart)
    {
        for (var at = 0; at < apart.Count; at++)
        {
            if (SyllableAt(apart, at) is var (syllable, length))
            {
                at += length - 1;
                yield return syllable;
                continue;
            }

            // The letter with as many of the marks behind it as there is one character for.
            var marks = apart.Skip(at + 1).TakeWhile(ComparisonKey.IsMark).Count();
            while (marks > 0 && !Whole.Value.ContainsKey(Text(apart.GetRange(at, marks + 1))))
                marks--;
            yield return marks == 0 ? apart[at] : Whole.Value[Text(apart.GetRange(at, marks + 1))];
            at += marks;
        }
    }

    private static string Text(IEnumerable<Rune> runes) => string.Concat(runes.Select(r => r.ToString()));

    public static IEnumerable<Rune> Of(Rune rune) =>
        rune.IsAscii ? [rune]
        : rune.Value is >= FirstSyllable and <= LastSyllable ? Syllable(rune.Value - FirstSyllable)
        : Table.Value.TryGetValue(rune, out var parts) ? parts
        : [rune];

    /// <summary>Korean syllables are numbered by their two or three letters (Unicode Standard, 3.12).</summary>
    private static Rune[] Syllable(int index)
    {
        var (lead, vowel, tail) = (0x1100 + (index / 588), 0x1161 + (index % 588 / 28), 0x11A7 + (index % 28));
        return tail == 0x11A7 ? [new Rune(lead), new Rune(vowel)] : [new Rune(lead), new Rune(vowel), new Rune(tail)];
    }

    private static (Rune Syllable, int Length)? SyllableAt(List<Rune> apart, int at)
    {
        var (lead, vowel, tail) = (Letter(0, 0x1100), Letter(1, 0x1161), Letter(2, 0x11A7));
        if (lead is < 0 or >= 19 || vowel is < 0 or >= 21)
            return null;
        var syllable = FirstSyllable + (((lead * 21) + vowel) * 28);
        return tail is > 0 and < 28 ? (new Rune(syllable + tail), 3) : (new Rune(syllable), 2);

        int Letter(int further, int first) => at + further < apart.Count ? apart[at + further].Value - first : -1;
    }

    /// <summary>Each line: a character, and what it is made of, as hexadecimal numbers.</summary>
    private static Dictionary<Rune, Rune[]> Read()
    {
        using var lines = new StreamReader(
            typeof(UnicodeDecomposition).Assembly.GetManifestResourceStream(
                typeof(UnicodeDecomposition),
                "decompositions.txt"
            )!
        );
        var table = new Dictionary<Rune, Rune[]>();
        while (lines.ReadLine() is { } line)
        {
            var runes = line.Split(' ')
                .Select(n => new Rune(int.Parse(n, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
                .ToArray();
            table[runes[0]] = runes[1..];
        }

        return table;
    }
}
