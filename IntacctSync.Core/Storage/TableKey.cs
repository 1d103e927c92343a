using System.Globalization;
using System.Text;

namespace IntacctSync.Core.Storage;

/// <summary>
/// Makes storage keys of any text: characters that Azure Tables forbids (<c>/ \ # ?</c> and controls), this scheme's
/// own (<c>| ~</c>) and everything that is not ASCII are written as <c>~</c> and four hexadecimal digits.
/// </summary>
/// <remarks>
/// A key of more than 200 characters is cut and ends in a hash of the whole, so that two long texts stay two keys.
/// </remarks>
public static class TableKey
{
    private const int MaxPart = 200;

    /// <summary>The parts, escaped and joined by <c>|</c>.</summary>
    public static string Join(params ReadOnlySpan<string> parts)
    {
        var key = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
                key.Append('|');
            key.Append(Escape(parts[i]));
        }

        return key.ToString();
    }

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is > ' ' and <= '}' and not ('/' or '\\' or '#' or '?' or '|' or '%' or '\'' or '+'))
                escaped.Append(c);
            else
                escaped.Append('~').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return escaped.Length <= MaxPart
            ? escaped.ToString()
            : escaped.ToString(0, MaxPart - 21) + "~" + Domain.ShortHash.Of(text, 20);
    }
}
