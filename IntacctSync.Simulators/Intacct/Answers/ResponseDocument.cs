using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace IntacctSync.Simulators.Intacct.Answers;

/// <summary>The <c>response</c> around results and errors.</summary>
internal static class ResponseDocument
{
    /// <summary>A request that was refused as a whole: structure, sender, policy.</summary>
    public static XElement ControlFailure(ControlEcho control, params IEnumerable<IntacctError> errors) =>
        new("response", control.ToXml("failure"), Errors(errors));

    /// <summary>
    /// What a gateway tier answers before the application has seen the request: a control block with nothing but the
    /// status.
    /// </summary>
    public static XElement GatewayFailure(string number, string description) =>
        new(
            "response",
            new XElement("control", new XElement("status", "failure")),
            new XElement(
                "errormessage",
                new XElement("error", new XElement("errorno", number), new XElement("description", description))
            )
        );

    public static XElement AuthenticationFailure(string userId, string companyId, IntacctError error) =>
        new(
            "operation",
            new XElement(
                "authentication",
                new XElement("status", "failure"),
                new XElement("userid", userId),
                new XElement("companyid", companyId)
            ),
            Errors([error])
        );

    public static XElement Of(ControlEcho control, IEnumerable<XElement> operations) =>
        new("response", control.ToXml("success"), operations);

    /// <summary>UTF-8 with a declaration.</summary>
    /// <param name="response">The response element.</param>
    /// <param name="indent">What the request said as <c>includewhitespace</c>.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task<byte[]> WriteAsync(XElement response, bool indent, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Async = true,
            Indent = indent,
            IndentChars = "    ",
            Encoding = new UTF8Encoding(false),
        };
        await using (var writer = XmlWriter.Create(stream, settings))
            await response.WriteToAsync(writer, cancellationToken);
        return stream.ToArray();
    }

    private static XElement Errors(IEnumerable<IntacctError> errors) =>
        new("errormessage", errors.Select(e => e.ToXml(null, false)));
}
