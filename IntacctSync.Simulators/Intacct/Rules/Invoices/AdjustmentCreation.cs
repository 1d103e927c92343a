using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>
/// create_aradjustment: a negative line makes a credit memo, a positive one a debit memo
/// (developer.intacct.com/api/accounts-receivable/ar-adjustments).
/// </summary>
internal static class AdjustmentCreation
{
    public static string Run(WriteContext context, XElement call)
    {
        try
        {
            return Create(context, call);
        }
        catch (RefusedException refused)
        {
            throw refused.Within(Ledger.NotMade);
        }
    }

    private static string Create(WriteContext context, XElement call)
    {
        var customer = Ledger.Customer(context, call.Text("customerid"));
        var date = call.Date("datecreated")!.Value;
        Ledger.RequireOpen(context, call.Date("dateposted") ?? date);
        Ledger.RequireTaxSolution(context, call.Text("taxsolutionid"));
        var rate = ExchangeRate.Of(context, call);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RECORDTYPE"] = "ra",
            ["MODULEKEY"] = "4.AR",
            ["RECORDID"] = call.Text("adjustmentno"),
            ["DOCNUMBER"] = call.Text("invoiceno"),
            ["DESCRIPTION"] = call.Text("description"),
            ["EXTERNALID"] = call.Text("externalid"),
            ["WHENCREATED"] = Money.Text(date),
            ["WHENPOSTED"] = Money.Text(call.Date("dateposted") ?? date),
        };
        InvoiceHeader.PutCustomer(values, customer);
        InvoiceHeader.PutContacts(context, values, customer, null, null);
        InvoiceHeader.PutState(values, draft: call.Text("action") == "Draft");
        rate.Put(values);
        var lines = call.Element("aradjustmentitems")!
            .Elements("lineitem")
            .Select(l => LineChecks.Read(context, l, null, rate))
            .ToList();
        var adjustment = context.Books.Insert(context.Table("ARADJUSTMENT"), values, context.Stamp);
        var number = 0;
        foreach (var line in lines)
            ReceivableKind.Adjustment.AddLine(context, adjustment, ++number, line);
        ReceivableTotals.Sum(context, ReceivableKind.Adjustment, adjustment);
        return Money.Number(adjustment.RecordNo);
    }
}
