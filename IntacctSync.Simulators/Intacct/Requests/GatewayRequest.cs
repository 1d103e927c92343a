using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>A request as far as it could be read.</summary>
internal sealed record GatewayRequest(ControlEcho Control)
{
    /// <summary>What is wrong with the structure; empty where nothing is.</summary>
    public IReadOnlyList<IntacctError> SchemaErrors { get; init; } = [];

    public XElement ControlElement { get; init; } = new("control");

    public IReadOnlyList<OperationRequest> Operations { get; init; } = [];

    /// <summary>
    /// Whether control ids of functions are checked for having been executed; so too where the request doesn't say.
    /// </summary>
    public bool UniqueId => Control.UniqueId != "false";

    public bool IncludeWhitespace => Flag("includewhitespace", true);

    public bool AdditionalErrorInfo => Flag("showadditionalerrorinfo", false);

    public string PolicyId => ControlElement.Element("policyid")?.Value ?? "";

    public IEnumerable<FunctionCall> Functions => Operations.SelectMany(o => o.Functions);

    /// <summary>What was asked, for the journal: <c>create CUSTOMER x3, query CONTACT</c>.</summary>
    public string Summary =>
        SchemaErrors.Count > 0
            ? "unreadable request"
            : string.Join(
                ", ",
                Functions
                    .GroupBy(f => $"{f.Name} {f.Object}".Trim(), StringComparer.Ordinal)
                    .Select(g => g.Count() == 1 ? g.Key : $"{g.Key} x{g.Count()}")
            );

    private bool Flag(string name, bool otherwise) =>
        ControlElement.Element(name)?.Value.Trim() switch
        {
            "true" or "1" => true,
            "false" or "0" => false,
            _ => otherwise,
        };
}
