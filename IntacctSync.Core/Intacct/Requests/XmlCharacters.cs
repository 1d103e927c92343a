using System.Text;
using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>
/// Text without the characters that XML forbids: C0 controls but tab and line ends, lone surrogates, U+FFFE and U+FFFF.
/// </summary>
internal static class XmlCharacters
{
    public static string Clean(string text)
    {
        var first = FirstForbidden(text);
        if (first < 0)
            return text;
        var clean = new StringBuilder(text, 0, first, text.Length);
        for (var i = first; i < text.Length; i++)
        {
            if (IsPair(text, i))
                clean.Append(text, i++, 2);
            else if (XmlConvert.IsXmlChar(text[i]))
                clean.Append(text[i]);
        }

        return clean.ToString();
    }

    private static int FirstForbidden(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPair(text, i))
                i++;
            else if (!XmlConvert.IsXmlChar(text[i]))
                return i;
        }

        return -1;
    }

    private static bool IsPair(string text, int i) => i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
}
