using System.Globalization;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>Tells a person which texts are longer than Intacct takes them, so that a part is left out. Pure.</summary>
internal static class LongTexts
{
    /// <summary>What the line of the story is called.</summary>
    public const string What = "textCut";

    /// <summary>How many fields are named; an invoice may have a hundred long lines.</summary>
    private const int Named = 4;

    /// <returns>Null where all of them are carried whole.</returns>
    public static string? Of(params IEnumerable<(string Field, string? Text, int Limit)> texts)
    {
        List<string> cut =
        [
            .. texts
                .Select(t => (t.Field, t.Limit, IntacctText.Clean(t.Text).Length))
                .Where(t => t.Length > t.Limit)
                .Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Field} ({t.Length} of {t.Limit})"))
                .Distinct(StringComparer.Ordinal),
        ];
        if (cut.Count == 0)
            return null;
        var more =
            cut.Count > Named ? string.Create(CultureInfo.InvariantCulture, $", and {cut.Count - Named} more") : "";
        return $"Longer than Intacct takes it, so the rest is left out, in characters: "
            + $"{string.Join(", ", cut.Take(Named))}{more}.";
    }
}
