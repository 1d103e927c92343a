using System.Xml.Linq;

namespace IntacctSync.Simulators.Intacct.Answers;

/// <summary>What the control block of an answer repeats from the request.</summary>
internal sealed record ControlEcho(string SenderId, string ControlId, string UniqueId, string DtdVersion)
{
    public XElement ToXml(string status) =>
        new(
            "control",
            new XElement("status", status),
            new XElement("senderid", SenderId),
            new XElement("controlid", ControlId),
            new XElement("uniqueid", UniqueId),
            new XElement("dtdversion", DtdVersion)
        );
}
