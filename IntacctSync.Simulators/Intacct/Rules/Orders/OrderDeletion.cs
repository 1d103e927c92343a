using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Rules.Orders;

/// <summary>delete_sotransaction: the document goes with its AR invoice, unless that is paid.</summary>
internal static class OrderDeletion
{
    public static string? Run(WriteContext context, XElement call)
    {
        try
        {
            var document = OrderPosting.Find(context, call, "external", "delete");
            OrderPosting.RemoveInvoice(context, document);
            OrderPosting.RemoveLines(context, document);
            context.Books.Delete(context.Table("SODOCUMENT"), document, context.Stamp);
            return null;
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Could not delete Document record!");
        }
    }
}
