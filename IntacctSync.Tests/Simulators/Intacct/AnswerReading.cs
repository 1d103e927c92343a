using System.Xml.Linq;
using System.Xml.XPath;

namespace IntacctSync.Tests.Simulators.Intacct;

/// <summary>Short ways to look into an answer.</summary>
internal static class AnswerReading
{
    public static string? Text(this XElement element, string path) => element.XPathSelectElement(path)?.Value;

    public static string[] Texts(this XElement element, string path) =>
        [.. element.XPathSelectElements(path).Select(e => e.Value)];

    public static string? Status(this XElement result) => result.Element("status")?.Value;

    /// <summary>The chain of errors: number, then description2.</summary>
    public static (string Number, string Text)[] Errors(this XElement result) =>
        [
            .. result
                .XPathSelectElements("errormessage/error")
                .Select(e => (e.Element("errorno")!.Value, e.Element("description2")?.Value ?? "")),
        ];

    /// <summary>Names of an element's children, in their order.</summary>
    public static string Children(this XElement element, string path = ".") =>
        string.Join(' ', element.XPathSelectElement(path)!.Elements().Select(e => e.Name.LocalName));

    public static string AttributeText(this XElement element) =>
        string.Join(' ', element.Attributes().Select(a => $"{a.Name}={a.Value}"));
}
