using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Requests;
using IntacctSync.Simulators.Intacct.Rules;
using IntacctSync.Simulators.Intacct.Rules.Orders;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>
/// The lines that read and readByName show inside their owner (<c>ARINVOICEITEMS</c>/<c>arinvoiceitem</c>): with all
/// fields, or where the list of fields names the container. query has no such thing.
/// </summary>
internal static class RecordLines
{
    public static bool Wanted(ObjectDefinition definition, FunctionCall call)
    {
        var list = call.Element.Element("fields")?.Value.Trim() ?? "";
        return (definition.Lines is not null || definition.Name == "CUSTOMER")
            && (list is "" or "*" || Texts.List(list).Any(name => IsContainer(definition, name)));
    }

    public static bool IsContainer(ObjectDefinition definition, string name) =>
        definition.Lines?.Container.Equals(name, StringComparison.OrdinalIgnoreCase) == true;

    public static XElement Added(
        CallContext context,
        ObjectDefinition definition,
        bool wanted,
        StoredRecord owner,
        XElement xml
    )
    {
        if (wanted && definition.Lines is { } lines)
        {
            var table = context.Books[lines.Target];
            var fields = RecordXml.AllFields(context, table.Definition);
            var element = lines.Target.ToLowerInvariant();
            xml.Add(
                new XElement(
                    lines.Container,
                    table.FindAll(lines.KeyField, owner.RecordNo).Select(r => RecordXml.Of(context, element, fields, r))
                )
            );
            if (definition.Name == "SODOCUMENT")
                xml.Add(Subtotals(owner));
        }
        else if (wanted)
        {
            xml.Add(ContactList.Shown(owner));
        }
        return xml;
    }

    /// <summary>A document shows its subtotals beside its lines, as recorded answers of others have them.</summary>
    private static XElement Subtotals(StoredRecord document) =>
        new(
            "SUBTOTALS",
            OrderPosting
                .SubtotalsOf(document)
                .Select(s =>
                {
                    var amount = Money.Text(OrderPosting.Amount(s, document.Amount("TRX_SUBTOTAL")));
                    return new XElement(
                        "sodocumentsubtotals",
                        new XElement("DESCRIPTION", s.Text("description")),
                        new XElement("TOTAL", amount),
                        new XElement("TRX_TOTAL", amount)
                    );
                })
        );
}
