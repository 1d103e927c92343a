using System.Xml.Linq;

namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>One function of a request.</summary>
/// <param name="ControlId">The attribute of <c>function</c>.</param>
/// <param name="Element">The element named after the function.</param>
internal sealed record FunctionCall(string ControlId, XElement Element)
{
    public string Name => Element.Name.LocalName;

    /// <summary>The object it is about, upper case; empty where it has none.</summary>
    public string Object => (
            Name switch
            {
                "create_invoice" or "update_invoice" or "reverse_invoice" or "delete_invoice" => "ARINVOICE",
                "create_aradjustment" or "delete_aradjustment" => "ARADJUSTMENT",
                "reverse_arpayment" => "ARPYMT",
                "create_sotransaction" or "update_sotransaction" or "delete_sotransaction" => "SODOCUMENT",
                "create" or "update" or "retrievepdf" => Element.Elements().FirstOrDefault()?.Name.LocalName,
                _ => Element.Element("object")?.Value ?? Element.Attribute("object")?.Value,
            } ?? ""
        ).Trim().ToUpperInvariant();
}
