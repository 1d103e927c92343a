#pragma warning disable MA0045 // It writes to memory: there is nothing to wait for.
using System.Text;
using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>
/// The envelope of a request. The order of its elements is fixed: another one is refused as XL03000003
/// (developer.intacct.com, Requests; Intacct's api.xsd).
/// </summary>
/// <remarks>
/// <c>showadditionalerrorinfo</c> is not asked for. The published schema does not say where it belongs, and in a wrong
/// place Intacct would refuse every request. Numbers and texts of errors say enough without it; if an answer has it all
/// the same, it is read.
/// </remarks>
internal static class RequestDocument
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = false,
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <param name="sessionId">Null logs in with the user's password instead.</param>
    public static byte[] Write(
        IntacctCredentials credentials,
        string? sessionId,
        string controlId,
        IReadOnlyList<IntacctFunction> functions,
        bool uniqueId
    )
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, Settings))
        {
            writer.WriteStartElement("request");
            writer.Group("control", w => Control(w, credentials, controlId, uniqueId));
            writer.WriteStartElement("operation");
            writer.WriteAttributeString("transaction", "false");
            writer.Group("authentication", w => Authentication(w, credentials, sessionId));
            writer.WriteStartElement("content");
            foreach (var function in functions)
                Function(writer, function);
            writer.WriteEndElement();
            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Control(XmlWriter writer, IntacctCredentials credentials, string controlId, bool uniqueId)
    {
        writer.Field("senderid", credentials.SenderId);
        writer.Field("password", credentials.SenderPassword);
        writer.Field("controlid", controlId);
        writer.Field("uniqueid", uniqueId);
        writer.Field("dtdversion", "3.0");
        writer.Field("includewhitespace", false);
    }

    private static void Authentication(XmlWriter writer, IntacctCredentials credentials, string? sessionId)
    {
        if (sessionId is not null)
        {
            writer.Field("sessionid", sessionId);
            return;
        }

        writer.Group(
            "login",
            w =>
            {
                w.Field("userid", credentials.UserId);
                w.Field("companyid", credentials.CompanyId);
                w.Field("password", credentials.UserPassword);
                w.Field("locationid", string.IsNullOrEmpty(credentials.EntityId) ? null : credentials.EntityId);
            }
        );
    }

    /// <summary>Its text goes out as it was fixed, character by character.</summary>
    private static void Function(XmlWriter writer, IntacctFunction function)
    {
        writer.WriteStartElement("function");
        writer.WriteAttributeString("controlid", function.ControlId.Value);
        writer.WriteRaw(function.Xml);
        writer.WriteEndElement();
    }
}
