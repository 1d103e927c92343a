using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Settings;

namespace IntacctSync.Simulators.Intacct.Rules.Orders;

/// <summary>
/// create_sotransaction (developer.intacct.com/api/order-entry/order-entry-transactions): a document and, as it is of
/// the posting kind, its AR invoice.
/// </summary>
internal static class OrderCreation
{
    public static string Run(WriteContext context, XElement call)
    {
        try
        {
            return Create(context, call)["DOCID"];
        }
        catch (RefusedException refused)
        {
            throw refused.Within(OrderPosting.NotMade);
        }
    }

    private static StoredRecord Create(WriteContext context, XElement call)
    {
        var type = call.Text("transactiontype");
        var definition =
            context.Setup.TransactionDefinitions.FirstOrDefault(d => d.Name == type)
            ?? throw RefusedException.Invalid($"Transaction definition '{type}' is not valid");
        var customer = Ledger.Customer(context, call.Text("customerid"));
        var date = call.Date("datecreated")!.Value;
        var posted = call.Date("dateposted") ?? date;
        Ledger.RequireOpen(context, posted);
        var number = Number(context, call.Text("documentno"), definition);
        var rate = ExchangeRate.Of(context, call);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOCNO"] = number,
            ["DOCID"] = $"{definition.Name}-{number}",
            ["DOCPARID"] = definition.Name,
            ["STATE"] = "Pending",
            ["CLOSED"] = "false",
            ["STATUS"] = "active",
            ["CUSTVENDID"] = customer["CUSTOMERID"],
            ["CUSTVENDNAME"] = customer["NAME"],
            ["CUSTOMERKEY"] = Money.Number(customer.RecordNo),
            ["PONUMBER"] = call.Text("referenceno"),
            ["MESSAGE"] = call.Text("message"),
            ["EXTERNALID"] = call.Text("externalid"),
            ["WHENCREATED"] = Money.Text(date),
            ["WHENPOSTED"] = Money.Text(posted),
            ["PROJECT"] = call.Text("projectid"),
        };
        OrderHeader.PutDue(context, values, date, call, customer);
        OrderHeader.PutContacts(context, values, customer, call);
        rate.Put(values);
        call.TakeCustomFields(context, "SODOCUMENT", values);
        var document = context.Books.Insert(context.Table("SODOCUMENT"), values, context.Stamp);
        var lines = call.Element("sotransitems")!
            .Elements("sotransitem")
            .Select(l => OrderLines.Read(context, l, null))
            .ToList();
        return OrderPosting.Post(context, document, lines, call.Elements("subtotals").Elements(), rate);
    }

    private static string Number(WriteContext context, string number, TransactionDefinition definition)
    {
        var table = context.Table("SODOCUMENT");
        if (number.Length == 0 && !definition.NumbersItself)
            throw new RefusedException(new IntacctError("PL01000127", "Document Number is missing"));
        for (var next = table.LastRecordNo + 1; number.Length == 0; next++)
            if (
                string.Create(CultureInfo.InvariantCulture, $"SI{next:0000}") is var made
                && table.FindAll("DOCID", $"{definition.Name}-{made}").Count == 0
            )
                number = made;
        return table.FindAll("DOCID", $"{definition.Name}-{number}").Count == 0
            ? number
            : throw RefusedException.Generic($"Transaction with the number '{number}' already exists");
    }
}
