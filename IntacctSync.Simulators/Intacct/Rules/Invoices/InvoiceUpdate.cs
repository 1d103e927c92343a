using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>
/// update_invoice: sparse; lines are changed by their number, counted from 1, or appended; none can be taken away. Once
/// something is paid, only what moves no money may be changed [inferred].
/// </summary>
internal static class InvoiceUpdate
{
    private static readonly string[] MovesMoney =
    [
        "customerid",
        "datecreated",
        "dateposted",
        "action",
        "invoiceno",
        "currency",
        "updateinvoiceitems",
    ];

    public static string Run(WriteContext context, XElement call)
    {
        try
        {
            return Money.Number(Update(context, call, InvoiceHeader.Find(context, call, "update")).RecordNo);
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Could not update Invoice record!");
        }
    }

    private static StoredRecord Update(WriteContext context, XElement call, StoredRecord invoice)
    {
        RequireChangeable(context, call, invoice);
        var values = new Dictionary<string, string>(invoice.Values, StringComparer.Ordinal);
        StoredRecord? customer = null;
        if (call.Has("customerid") && call.Text("customerid") != invoice["CUSTOMERID"])
            InvoiceHeader.PutCustomer(values, customer = Ledger.Customer(context, call.Text("customerid")));
        Dates(context, call, values);
        Due(context, call, values);
        Number(context, call, invoice, values);
        foreach (
            var (element, field) in new[]
            {
                ("ponumber", "DOCNUMBER"),
                ("description", "DESCRIPTION"),
                ("supdocid", "SUPDOCID"),
            }
        )
            if (call.Has(element))
                values[field] = call.Text(element);
        InvoiceHeader.PutContacts(context, values, customer, call.Contact("payto"), call.Contact("returnto"));
        if (call.Text("action") == "Submit" && invoice["STATE"] == "Draft")
            InvoiceHeader.PutState(values, draft: false);
        var rate = call.Has("currency") ? ExchangeRate.Of(context, call) : ExchangeRate.Of(invoice);
        rate.Put(values);
        call.TakeCustomFields(context, "ARINVOICE", values);
        InvoiceCreation.Lengths(context, values);
        var changed = context.Books.Update(context.Table("ARINVOICE"), invoice, values, context.Stamp);
        Lines(context, call, changed, rate);
        return ReceivableTotals.Sum(context, ReceivableKind.Invoice, changed);
    }

    private static void RequireChangeable(WriteContext context, XElement call, StoredRecord invoice)
    {
        if (invoice["STATE"] is "Reversed" or "Reversal")
            throw RefusedException.Generic(
                $"The invoice '{invoice["RECORDID"]}' has been reversed and cannot be changed."
            );
        if (invoice["MODULEKEY"] == "8.SO")
            throw RefusedException.Generic(
                $"The invoice '{invoice["RECORDID"]}' was created in Order Entry and cannot be changed here."
            );
        if (invoice["STATE"] is "Paid" or "Partially Paid" && MovesMoney.FirstOrDefault(call.Has) is { } what)
            throw RefusedException.Generic(
                $"The invoice '{invoice["RECORDID"]}' is paid in whole or in part, so {what} cannot be changed."
            );
        Ledger.RequireOpen(context, invoice.Day("WHENPOSTED")!.Value);
        if (call.Text("action") == "Draft" && invoice["STATE"] != "Draft")
            throw RefusedException.Generic(
                $"The invoice '{invoice["RECORDID"]}' is posted and cannot be made a draft."
            );
    }

    private static void Dates(WriteContext context, XElement call, Dictionary<string, string> values)
    {
        if (call.Date("datecreated") is { } created)
            values["WHENCREATED"] = values["WHENPOSTED"] = Money.Text(created);
        if (call.Date("dateposted") is { } posted)
            values["WHENPOSTED"] = Money.Text(posted);
        Ledger.RequireOpen(context, Day(values, "WHENPOSTED"));
    }

    private static void Due(WriteContext context, XElement call, Dictionary<string, string> values)
    {
        if (call.Has("datedue") || call.Text("termname").Length > 0)
            InvoiceHeader.PutDue(context, values, Day(values, "WHENCREATED"), call);
        InvoiceHeader.RequireDueAfter(Day(values, "WHENCREATED"), Day(values, "WHENDUE"));
    }

    private static void Number(
        WriteContext context,
        XElement call,
        StoredRecord invoice,
        Dictionary<string, string> values
    )
    {
        if (!call.Has("invoiceno") || call.Text("invoiceno") == invoice["RECORDID"])
            return;
        if (call.Text("invoiceno").Length == 0)
            throw new RefusedException(new IntacctError("BL03002128", "Enter an Invoice number, and try again."));
        InvoiceNumbers.RequireUnused(context, call.Text("invoiceno"), values["CUSTOMERID"], invoice);
        values["RECORDID"] = call.Text("invoiceno");
    }

    private static void Lines(WriteContext context, XElement call, StoredRecord invoice, ExchangeRate rate)
    {
        var lines = ReceivableKind.Invoice.LinesOf(context, invoice);
        var last = lines.Count;
        foreach (var element in call.Elements("updateinvoiceitems").Elements())
        {
            if (element.Name.LocalName == "lineitem")
            {
                ReceivableKind.Invoice.AddLine(context, invoice, ++last, LineChecks.Read(context, element, null, rate));
                continue;
            }
            var text = element.Attribute("line_num")!.Value.Trim();
            if (
                !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < 1
                || number > lines.Count
            )
                throw RefusedException.Invalid($"Line number '{text}' is not valid");
            var line = lines[number - 1];
            context.Books.Update(
                context.Table("ARINVOICEITEM"),
                line,
                LineChecks.Read(context, element, line, rate),
                context.Stamp
            );
        }
    }

    private static DateOnly Day(Dictionary<string, string> values, string field) =>
        DateOnly.ParseExact(values[field], Money.DateFormat, CultureInfo.InvariantCulture);
}
