using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>Reads a request and holds its structure against <see cref="RequestGrammar"/>.</summary>
internal static class RequestReader
{
    private const int MaxControlId = 256;

    public static async Task<GatewayRequest> ReadAsync(byte[] body, CancellationToken cancellationToken)
    {
        var settings = new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), settings);
            return Check((await XDocument.LoadAsync(reader, LoadOptions.SetLineInfo, cancellationToken)).Root!);
        }
        catch (XmlException e)
        {
            return new GatewayRequest(EchoOf(Encoding.UTF8.GetString(body)))
            {
                SchemaErrors = [SchemaErrors.Unreadable(e)],
            };
        }
    }

    private static GatewayRequest Check(XElement root)
    {
        var control = root.Element("control") ?? new XElement("control");
        var echo = new ControlEcho(
            Text(control, "senderid", ""),
            Text(control, "controlid", ""),
            Text(control, "uniqueid", "true"),
            Text(control, "dtdversion", "2.1")
        );
        var request = new GatewayRequest(echo) { ControlElement = control };
        var error =
            root.Name != "request"
                ? SchemaErrors.UnknownRoot(root)
                : Envelope(root, control) ?? First(root.Descendants("function"), Function);
        return error is not null
            ? request with
            {
                SchemaErrors = [error],
            }
            : request with
            {
                Operations = [.. root.Elements("operation").Select(Operation)],
            };
    }

    private static IntacctError? Envelope(XElement root, XElement control)
    {
        var operations = root.Elements("operation")
            .SelectMany(o => new[] { o }.Concat(o.Elements()).Concat(o.Elements("authentication").Elements("login")));
        return First([root, control, .. operations], Model)
            ?? Value(control, "uniqueid", "true", "false")
            ?? Value(control, "dtdversion", "3.0", "2.1")
            ?? Length(control, control.Element("controlid")?.Value ?? "")
            ?? First(root.Elements("operation"), TransactionFlag);
    }

    private static IntacctError? Function(XElement function)
    {
        if (Attribute(function) is { } missing)
            return missing;
        if (Length(function, function.Attribute("controlid")!.Value) is { } tooLong)
            return tooLong;
        var calls = function.Elements().ToList();
        if (calls.Count == 0)
            return SchemaErrors.Incomplete(function);
        if (calls.Count > 1)
            return SchemaErrors.Unexpected(calls[1]);
        return FunctionNames.Contains(calls[0].Name.LocalName)
            ? Attribute(calls[0]) ?? Model(calls[0]) ?? LegacyCheck.Of(calls[0]) ?? Generic(calls[0])
            : SchemaErrors.Unexpected(calls[0]);
    }

    private static IntacctError? Generic(XElement call) =>
        call.Name.LocalName is "create" or "update" && !call.HasElements ? SchemaErrors.Incomplete(call) : null;

    private static IntacctError? Model(XElement element) =>
        RequestGrammar.Model(element.Name.LocalName) is { } model ? ContentCheck.Of(element, model) : null;

    private static IntacctError? Attribute(XElement element) =>
        RequestGrammar.RequiredAttribute(element.Name.LocalName) is { } name && element.Attribute(name) is null
            ? SchemaErrors.MissingAttribute(element, name)
            : null;

    private static IntacctError? TransactionFlag(XElement operation) =>
        operation.Attribute("transaction")?.Value switch
        {
            null or "true" or "false" => null,
            var value => SchemaErrors.NotAllowed(operation, value, "true", "false"),
        };

    private static IntacctError? Value(XElement control, string name, params string[] allowed) =>
        control.Element(name) is { } element && !allowed.Contains(element.Value.Trim(), StringComparer.Ordinal)
            ? SchemaErrors.NotAllowed(element, element.Value, allowed)
            : null;

    private static IntacctError? Length(XElement element, string controlId) =>
        controlId.Length > MaxControlId ? SchemaErrors.TooLong(element, controlId.Length, MaxControlId) : null;

    private static IntacctError? First(IEnumerable<XElement> elements, Func<XElement, IntacctError?> check) =>
        elements.Select(check).FirstOrDefault(e => e is not null);

    private static OperationRequest Operation(XElement operation) =>
        new(
            operation.Element("authentication")!,
            operation.Attribute("transaction")?.Value == "true",
            [
                .. operation
                    .Elements("content")
                    .Elements("function")
                    .Select(f => new FunctionCall(f.Attribute("controlid")!.Value, f.Elements().Single())),
            ]
        );

    private static string Text(XElement control, string name, string otherwise) =>
        control.Element(name)?.Value.Trim() ?? otherwise;

    /// <summary>
    /// What can be told of the control block of a request that is not XML; Intacct repeats it there too.
    /// </summary>
    private static ControlEcho EchoOf(string body) =>
        new(
            Between(body, "senderid", ""),
            Between(body, "controlid", ""),
            Between(body, "uniqueid", "true"),
            Between(body, "dtdversion", "2.1")
        );

    private static string Between(string body, string name, string otherwise)
    {
        var match = Regex.Match(
            body,
            $"<{name}>(?<value>[^<]*)</{name}>",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );
        return match.Success ? match.Groups["value"].Value : otherwise;
    }
}
