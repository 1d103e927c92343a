using System.Xml.Linq;

namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>One operation of a request.</summary>
internal sealed record OperationRequest(
    XElement Authentication,
    bool Transaction,
    IReadOnlyList<FunctionCall> Functions
)
{
    public XElement? Login => Authentication.Element("login");

    public string SessionId => Authentication.Element("sessionid")?.Value.Trim() ?? "";
}
