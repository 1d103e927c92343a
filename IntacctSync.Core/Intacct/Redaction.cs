#pragma warning disable MA0045 // It writes to memory: there is nothing to wait for.
using System.Text;
using System.Xml;

namespace IntacctSync.Core.Intacct;

/// <summary>
/// A request as a log may show it: what is secret or personal tax data is replaced, by the name of its element.
/// </summary>
internal static class Redaction
{
    private const string Hidden = "***";

    private static readonly HashSet<string> Secret = new(StringComparer.OrdinalIgnoreCase)
    {
        "password",
        "sessionid",
        "token",
        "accesstoken",
        "oauth",
        "userid",
        "taxid",
        "ssn",
        "cardnum",
        "ccnumber",
        "authcode",
        "bankaccountnumber",
    };

    /// <returns>The XML with secrets hidden; when it is not XML, only its length.</returns>
    public static string Of(string xml)
    {
        var text = new StringBuilder();
        try
        {
            using var reader = XmlReader.Create(
                new StringReader(xml),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }
            );
            using var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true });
            reader.MoveToContent();
            while (!reader.EOF)
                Copy(reader, writer);
        }
        catch (XmlException)
        {
            return $"({xml.Length} characters that are not XML)";
        }

        return text.ToString();
    }

    private static void Copy(XmlReader reader, XmlWriter writer)
    {
        if (reader.NodeType == XmlNodeType.Element && Secret.Contains(reader.LocalName))
        {
            writer.WriteElementString(reader.LocalName, Hidden);
            reader.Skip();
            return;
        }

        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                writer.WriteStartElement(reader.LocalName);
                writer.WriteAttributes(reader, defattr: false);
                if (reader.IsEmptyElement)
                    writer.WriteEndElement();
                break;
            case XmlNodeType.EndElement:
                writer.WriteEndElement();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA:
                writer.WriteString(reader.Value);
                break;
        }

        reader.Read();
    }
}
