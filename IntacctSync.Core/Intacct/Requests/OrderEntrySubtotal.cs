using System.Xml;

namespace IntacctSync.Core.Intacct.Requests;

/// <summary>A subtotal of a document, such as a tax or a discount.</summary>
/// <param name="Description">The name of a subtotal line of the transaction definition; Intacct goes by it.</param>
/// <param name="Total">In the transaction's currency.</param>
public sealed record OrderEntrySubtotal(string Description, decimal Total)
{
    internal void Write(XmlWriter writer)
    {
        writer.Field("description", Description);
        writer.Money("total", Total);
    }
}
