using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Rules.Orders;

namespace IntacctSync.Simulators.Intacct;

/// <content>Documents of Order Entry, which make AR invoices of their own number.</content>
public sealed partial class IntacctScreens
{
    /// <summary>Enters a sales invoice of one line.</summary>
    /// <param name="customerId">Whose it is.</param>
    /// <param name="number">DOCNO.</param>
    /// <param name="item">An item that is in the books.</param>
    /// <param name="price">Of one piece.</param>
    /// <returns>The RECORDNO of the AR invoice.</returns>
    public int PostOrder(string customerId, string number, string item, decimal price)
    {
        _company.Change(context =>
        {
            RequireAccount(context);
            return OrderCreation.Run(
                context,
                new XElement(
                    "create_sotransaction",
                    new XElement("transactiontype", "Sales Invoice"),
                    Date("datecreated", Day(context)),
                    new XElement("customerid", customerId),
                    new XElement("documentno", number),
                    Date("datedue", Day(context).AddDays(30)),
                    new XElement("sotransitems", OrderLine("sotransitem", item, price))
                )
            );
        });
        return InvoiceNo(number);
    }

    /// <summary>Changes the price of the first line; the AR invoice is deleted, and another made.</summary>
    /// <returns>The RECORDNO of that one.</returns>
    public int EditOrder(string number, string item, decimal price)
    {
        _company.Change(context =>
        {
            var line = OrderLine("updatesotransitem", item, price);
            line.SetAttributeValue("line_num", 1);
            return OrderUpdate.Run(
                context,
                new XElement(
                    "update_sotransaction",
                    new XAttribute("key", $"Sales Invoice-{number}"),
                    new XElement("updatesotransitems", line)
                )
            );
        });
        return InvoiceNo(number);
    }

    private static XElement OrderLine(string name, string item, decimal price) =>
        new(
            name,
            new XElement("itemid", item),
            new XElement("quantity", 1),
            new XElement("price", price.ToString(CultureInfo.InvariantCulture))
        );
}
