namespace IntacctSync.Local.Cli;

/// <summary>
/// Rows in columns that fit a width: words are never broken, all columns but the last keep to their line, and no line
/// ends in blanks. Pure.
/// </summary>
internal static class TextTable
{
    private const string Gap = "  ";
    private const int NarrowestLast = 20;

    /// <param name="head">The names of the columns.</param>
    /// <param name="rows">The cells; numbers are set to the right.</param>
    /// <param name="width">How many characters a line may have.</param>
    /// <returns>The lines, the first of which is the head.</returns>
    public static IReadOnlyList<string> Lines(
        IReadOnlyList<string> head,
        IEnumerable<IReadOnlyList<string>> rows,
        int width
    )
    {
        var all = rows.Select(r => (IReadOnlyList<string>)[.. r.Select(Clean)]).ToList();
        var widths = head.Select((h, i) => all.Select(r => r[i].Length).Append(h.Length).Max()).ToArray();
        if (Total(widths) > width)
        {
            // A head of several words takes several lines before a cell does.
            widths = [.. head.Select((h, i) => all.Select(r => r[i].Length).Append(LongestWord(h)).Max())];
            Fit(
                widths,
                [.. head.Select((h, i) => all.Select(r => LongestWord(r[i])).Append(LongestWord(h)).Max())],
                width
            );
        }

        var right = head.Select((_, i) => all.Count > 0 && all.All(r => IsNumber(r[i]))).ToArray();
        return [.. Row(head, widths, right), .. all.SelectMany(r => Row(r, widths, right))];
    }

    /// <summary>
    /// Breaks a text into lines between words. A word that is longer than a line has a line of its own.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0 || lines.Count == 0)
            lines.Add(line);
        return lines;
    }

    /// <summary>
    /// The last column gives way first; then the widest of the others, whose texts go on in further lines. None becomes
    /// narrower than its longest word.
    /// </summary>
    private static void Fit(int[] widths, int[] least, int width)
    {
        var last = widths.Length - 1;
        while (Total(widths) > width)
        {
            var at = last;
            if (widths[last] <= Math.Max(NarrowestLast, least[last]))
                at = Enumerable
                    .Range(0, last)
                    .Where(i => widths[i] > least[i])
                    .OrderByDescending(i => widths[i])
                    .FirstOrDefault(-1);
            if (at < 0)
                return;
            widths[at]--;
        }
    }

    private static int LongestWord(string text) => text.Split(' ').Max(w => w.Length);

    private static int Total(int[] widths) => widths.Sum() + (Gap.Length * (widths.Length - 1));

    private static IEnumerable<string> Row(IReadOnlyList<string> cells, int[] widths, bool[] right)
    {
        var wrapped = cells.Select((c, i) => Wrap(c, widths[i])).ToList();
        for (var line = 0; line < wrapped.Max(w => w.Count); line++)
        {
            var parts = wrapped.Select(
                (w, i) =>
                {
                    var text = line < w.Count ? w[line] : "";
                    return right[i] ? text.PadLeft(widths[i]) : text.PadRight(widths[i]);
                }
            );
            yield return string.Join(Gap, parts).TrimEnd();
        }
    }

    private static bool IsNumber(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-');

    private static string Clean(string text) => text.ReplaceLineEndings(" ").Trim();
}
