#pragma warning disable MA0045 // It writes to memory: there is nothing to wait for.
using System.Text;
using System.Xml;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>
/// Writes the element of a function as text: no declaration, no white space, nothing that depends on a culture.
/// </summary>
internal static class FunctionXml
{
    private static readonly XmlWriterSettings Settings = new()
    {
        OmitXmlDeclaration = true,
        Indent = false,
        NewLineHandling = NewLineHandling.Entitize,
        ConformanceLevel = ConformanceLevel.Fragment,
    };

    public static IntacctFunction Write(ControlId controlId, string name, Action<XmlWriter> content)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, Settings))
        {
            writer.WriteStartElement(name);
            content(writer);
            writer.WriteEndElement();
        }

        return new IntacctFunction(controlId, name, text.ToString());
    }

    /// <summary>Null leaves the field out, so that Intacct keeps what it has; an empty text blanks it.</summary>
    public static void Field(this XmlWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteElementString(name, XmlCharacters.Clean(value));
    }

    /// <summary>Null leaves the field out.</summary>
    public static void Field(this XmlWriter writer, string name, bool? value) =>
        writer.Field(
            name,
            value switch
            {
                true => "true",
                false => "false",
                null => null,
            }
        );

    /// <summary>An element around other fields.</summary>
    public static void Group(this XmlWriter writer, string name, Action<XmlWriter> content)
    {
        writer.WriteStartElement(name);
        content(writer);
        writer.WriteEndElement();
    }
}
