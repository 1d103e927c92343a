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
