using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>create_invoice (developer.intacct.com/api/accounts-receivable/invoices).</summary>
internal static class InvoiceCreation
{
    public static string Run(WriteContext context, XElement call)
    {
        try
        {
            return Money.Number(Create(context, call).RecordNo);
        }
        catch (RefusedException refused)
        {
            throw refused.Within(Ledger.NotMade);
        }
    }

    private static StoredRecord Create(WriteContext context, XElement call)
    {
        var customer = Ledger.Customer(context, call.Text("customerid"));
        var date = call.Date("datecreated")!.Value;
        var posted = call.Date("dateposted") ?? date;
        Ledger.RequireOpen(context, posted);
        Ledger.RequireTaxSolution(context, call.Text("taxsolutionid"));
        var rate = ExchangeRate.Of(context, call);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RECORDTYPE"] = "ri",
            ["MODULEKEY"] = "4.AR",
            ["SYSTEMGENERATED"] = "F",
            ["RECORDID"] = InvoiceNumbers.New(context, call.Text("invoiceno"), customer["CUSTOMERID"]),
            ["DOCNUMBER"] = call.Text("ponumber"),
            ["DESCRIPTION"] = call.Text("description"),
            ["EXTERNALID"] = call.Text("externalid"),
            ["SUPDOCID"] = call.Text("supdocid"),
            ["TAXSOLUTIONID"] = call.Text("taxsolutionid"),
            ["WHENCREATED"] = Money.Text(date),
            ["WHENPOSTED"] = Money.Text(posted),
        };
        InvoiceHeader.PutCustomer(values, customer);
        InvoiceHeader.PutDue(context, values, date, call);
        InvoiceHeader.PutState(values, draft: call.Text("action") == "Draft");
        InvoiceHeader.PutContacts(context, values, customer, call.Contact("billto"), call.Contact("shipto"));
        rate.Put(values);
        call.TakeCustomFields(context, "ARINVOICE", values);
        Lengths(context, values);
        return Insert(
            context,
            values,
            call.Element("invoiceitems")!.Elements("lineitem").Select(l => LineChecks.Read(context, l, null, rate))
        );
    }

    /// <summary>
    /// Puts an invoice and its lines into the books and sums them up. A negative sum is a credit that can be applied
    /// [inferred], so it is taken.
    /// </summary>
    public static StoredRecord Insert(
        WriteContext context,
        Dictionary<string, string> values,
        IEnumerable<Dictionary<string, string>> lines
    )
    {
        var invoice = context.Books.Insert(context.Table("ARINVOICE"), values, context.Stamp);
        var number = 0;
        foreach (var line in lines)
            ReceivableKind.Invoice.AddLine(context, invoice, ++number, line);
        return ReceivableTotals.Sum(context, ReceivableKind.Invoice, invoice);
    }

    public static void Lengths(WriteContext context, Dictionary<string, string> values)
    {
        if (!context.Options.Strict)
            return;
        var definition = context.Table("ARINVOICE").Definition;
        foreach (var (name, value) in values)
            if (definition.Field(name) is { MaxLength: > 0 } field && value.Length > field.MaxLength)
                throw RefusedException.Invalid(
                    $"Illegal value for Arinvoice : {name} is longer than it may be: {value}"
                );
    }
}
