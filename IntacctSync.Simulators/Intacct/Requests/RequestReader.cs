using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>Reads a request and holds its structure against <see cref="RequestGrammar"/>.</summary>
internal static partial class RequestReader
{
    private const int MaxControlId = 256;

    public static async Task<GatewayRequest> ReadAsync(byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit });
            return Check((await XDocument.LoadAsync(reader, LoadOptions.SetLineInfo, cancellationToken)).Root!);
        }
        catch (XmlException e)
        {
            return new GatewayRequest(EchoOf(Encoding.UTF8.GetString(body))) { SchemaErrors = [IntacctError.Schema(ParserText(e))] };
        }
    }

    private static GatewayRequest Check(XElement root)
    {
        var control = root.Element("control") ?? new XElement("control");
        var request = new GatewayRequest(new ControlEcho(
            Text(control, "senderid", ""), Text(control, "controlid", ""), Text(control, "uniqueid", "true"), Text(control, "dtdversion", "2.1")))
        {
            ControlElement = control,
        };
        var error = root.Name != "request"
            ? IntacctError.Schema($"Error 1845: Element '{root.Name.LocalName}': No matching global declaration available. {ContentCheck.Position(root)}")
            : Envelope(root, control) ?? root.Descendants("function").Select(Function).FirstOrDefault(e => e is not null);
        return error is not null
            ? request with { SchemaErrors = [error] }
            : request with { Operations = [.. root.Elements("operation").Select(Operation)] };
    }

    private static IntacctError? Envelope(XElement root, XElement control)
    {
        var checkedElements = new[] { root, control }
            .Concat(root.Elements("operation").SelectMany(o => new[] { o }.Concat(o.Elements()).Concat(o.Elements("authentication").Elements("login"))));
        return checkedElements.Select(Model).FirstOrDefault(e => e is not null)
            ?? Value(control, "uniqueid", "true", "false")
            ?? Value(control, "dtdversion", "3.0", "2.1")
            ?? Length(control.Element("controlid")?.Value ?? "", control)
            ?? root.Elements("operation").Select(TransactionFlag).FirstOrDefault(e => e is not null);
    }

    private static IntacctError? Function(XElement function)
    {
        if (Attribute(function) is { } missing)
            return missing;
        if (Length(function.Attribute("controlid")!.Value, function) is { } tooLong)
            return tooLong;
        var calls = function.Elements().ToList();
        if (calls.Count != 1)
            return calls.Count == 0
                ? IntacctError.Schema($"Error 1871: Element 'function': Missing child element(s). {ContentCheck.Position(function)}")
                : ContentCheck.Unexpected(calls[1], []);
        var call = calls[0];
        if (!FunctionNames.Contains(call.Name.LocalName))
            return ContentCheck.Unexpected(call, []);
        return Attribute(call) ?? Model(call) ?? Generic(call);
    }

    private static IntacctError? Generic(XElement call) => call.Name.LocalName is "create" or "update" && !call.HasElements
        ? IntacctError.Schema($"Error 1871: Element '{call.Name.LocalName}': Missing child element(s). {ContentCheck.Position(call)}")
        : null;

    private static IntacctError? Model(XElement element) =>
        RequestGrammar.Model(element.Name.LocalName) is { } model ? ContentCheck.Of(element, model) : null;

    private static IntacctError? Attribute(XElement element) =>
        RequestGrammar.RequiredAttribute(element.Name.LocalName) is { } name && element.Attribute(name) is null
            ? IntacctError.Schema($"Error 1868: Element '{element.Name.LocalName}': The attribute '{name}' is required but missing. {ContentCheck.Position(element)}")
            : null;

    private static IntacctError? TransactionFlag(XElement operation) => operation.Attribute("transaction")?.Value is null or "true" or "false"
        ? null
        : IntacctError.Schema($"Error 1840: Element 'operation', attribute 'transaction': The value is not an element of the set {{'true', 'false'}}. {ContentCheck.Position(operation)}");

    private static IntacctError? Value(XElement control, string name, params string[] allowed) =>
        control.Element(name) is { } element && !allowed.Contains(element.Value.Trim(), StringComparer.Ordinal)
            ? IntacctError.Schema($"Error 1840: Element '{name}': The value '{element.Value}' is not an element of the set {{{string.Join(", ", allowed)}}}. {ContentCheck.Position(element)}")
            : null;

    private static IntacctError? Length(string controlId, XElement element) => controlId.Length > MaxControlId
        ? IntacctError.Schema($"Error 1831: controlid: The value has a length of '{controlId.Length}'; this exceeds the allowed maximum length of '{MaxControlId}'. {ContentCheck.Position(element)}")
        : null;

    private static OperationRequest Operation(XElement operation) => new(
        operation.Element("authentication")!,
        operation.Attribute("transaction")?.Value == "true",
        [.. operation.Elements("content").Elements("function").Select(f => new FunctionCall(f.Attribute("controlid")!.Value, f.Elements().Single()))]);

    private static string Text(XElement control, string name, string otherwise) => control.Element(name)?.Value.Trim() ?? otherwise;

    /// <summary>What can be told of the control block of a request that is not XML; Intacct repeats it there too.</summary>
    private static ControlEcho EchoOf(string body) => new(Between(body, "senderid", ""), Between(body, "controlid", ""),
        Between(body, "uniqueid", "true"), Between(body, "dtdversion", "2.1"));

    private static string Between(string body, string name, string otherwise)
    {
        var match = Regex.Match(body, $"<{name}>(?<value>[^<]*)</{name}>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return match.Success ? match.Groups["value"].Value : otherwise;
    }

    private static string ParserText(XmlException e)
    {
        var mismatch = TagMismatch().Match(e.Message);
        return mismatch.Success
            ? $"Fatal Error 76: Opening and ending tag mismatch: {mismatch.Groups["start"].Value} line {mismatch.Groups["line"].Value} and {mismatch.Groups["end"].Value}. Line: {e.LineNumber}, column: {e.LinePosition}."
            : $"Fatal Error 5: {e.Message}";
    }

    [GeneratedRegex(@"The '(?<start>[^']*)' start tag on line (?<line>\d+) position \d+ does not match the end tag of '(?<end>[^']*)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TagMismatch();
}
