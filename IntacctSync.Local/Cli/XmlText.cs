using System.Xml;
using System.Xml.Linq;

namespace IntacctSync.Local.Cli;

/// <summary>XML as people read it: an element a line, indented. Pure.</summary>
internal static class XmlText
{
    /// <param name="line">A line of a request, which may be XML on one line.</param>
    /// <returns>Its lines; any other text as it is.</returns>
    public static IReadOnlyList<string> Lines(string line)
    {
        var text = line.TrimEnd('\r');
        if (!text.TrimStart().StartsWith('<'))
            return [text];
        try
        {
            return XElement.Parse(text).ToString(SaveOptions.None).ReplaceLineEndings("\n").Split('\n');
        }
        catch (XmlException)
        {
            return [text];
        }
    }
}
