using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>
/// What is said about a request whose structure is wrong: the numbers and words of libxml2, which Intacct's parser is
/// built on.
/// </summary>
internal static partial class SchemaErrors
{
    public static IntacctError Unexpected(XElement element, params IReadOnlyCollection<string> expected) =>
        At(element, $"Error 1871: Element '{Name(element)}': This element is not expected.{Expected(expected)}");

    public static IntacctError Incomplete(XElement element, params IReadOnlyCollection<string> missing) =>
        At(element, $"Error 1871: Element '{Name(element)}': Missing child element(s).{Expected(missing)}");

    public static IntacctError UnknownRoot(XElement element) =>
        At(element, $"Error 1845: Element '{Name(element)}': No matching global declaration available.");

    public static IntacctError MissingAttribute(XElement element, string attribute) =>
        At(element, $"Error 1868: Element '{Name(element)}': The attribute '{attribute}' is required but missing.");

    public static IntacctError NotAllowed(XElement element, string value, params IReadOnlyCollection<string> allowed) =>
        At(
            element,
            $"Error 1840: Element '{Name(element)}': The value '{value}' is not an element of the set "
                + $"{{{string.Join(", ", allowed)}}}."
        );

    public static IntacctError TooLong(XElement element, int length, int most) =>
        At(
            element,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Error 1831: Element '{Name(element)}': controlid has a length of '{length}'; this exceeds "
                    + $"the allowed maximum length of '{most}'."
            )
        );

    /// <summary>Not XML at all.</summary>
    public static IntacctError Unreadable(XmlException e)
    {
        var mismatch = TagMismatch().Match(e.Message);
        if (!mismatch.Success)
            return IntacctError.Schema($"Fatal Error 5: {e.Message}");
        var (start, line, end) = (
            mismatch.Groups["start"].Value,
            mismatch.Groups["line"].Value,
            mismatch.Groups["end"].Value
        );
        return IntacctError.Schema(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Fatal Error 76: Opening and ending tag mismatch: {start} line {line} and {end}. Line: "
                    + $"{e.LineNumber}, column: {e.LinePosition}."
            )
        );
    }

    private static IntacctError At(XElement element, string text)
    {
        IXmlLineInfo line = element;
        return IntacctError.Schema(
            string.Create(CultureInfo.InvariantCulture, $"{text} Line: {line.LineNumber}, column: {line.LinePosition}.")
        );
    }

    private static string Name(XElement element) => element.Name.LocalName;

    private static string Expected(IReadOnlyCollection<string> names) =>
        names.Count switch
        {
            0 => "",
            1 => $" Expected is ( {names.First()} ).",
            _ => $" Expected is one of ( {string.Join(", ", names)} ).",
        };

    [GeneratedRegex(
        @"The '(?<start>[^']*)' start tag on line (?<line>\d+) position \d+ does not match "
            + "the end tag of '(?<end>[^']*)'",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TagMismatch();
}
