using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules.Invoices;

namespace IntacctSync.Simulators.Intacct.Rules.Orders;

/// <summary>
/// Makes the AR invoice of a document, and takes the one away that it had: an edit gives the invoice a new RECORDNO.
/// </summary>
internal static class OrderPosting
{
    public const string NotMade = "Could not create Document record!";

    /// <summary>
    /// Where a document keeps its subtotals as they were sent, for the next time that its invoice is made.
    /// </summary>
    private const string Subtotals = "SUBTOTALS";

    /// <summary>Puts lines and sums into the books, with a new invoice.</summary>
    public static StoredRecord Post(
        WriteContext context,
        StoredRecord document,
        List<Dictionary<string, string>> lines,
        IEnumerable<XElement> subtotals,
        ExchangeRate rate
    )
    {
        RemoveLines(context, document);
        var number = 0;
        foreach (var line in lines)
        {
            line["DOCHDRNO"] = Money.Number(document.RecordNo);
            line["DOCHDRID"] = document["DOCID"];
            line["LINE_NO"] = Money.Number(number++);
            context.Books.Insert(context.Table("SODOCUMENTENTRY"), line, context.Stamp);
        }
        var posted = lines.ConvertAll(l => OrderLines.Posted(context, l, rate));
        var sums = new XElement("subtotals", subtotals);
        posted.AddRange(
            sums.Elements().Select(s => Subtotal(context, s, lines, rate)).Where(s => s["TRX_AMOUNT"] != "0")
        );
        var invoice = InvoiceCreation.Insert(context, Invoice(context, document, rate), posted);
        var values = new Dictionary<string, string>(document.Values, StringComparer.Ordinal)
        {
            ["PRRECORDKEY"] = Money.Number(invoice.RecordNo),
            ["SUBTOTAL"] = Money.Text(lines.Sum(l => LegacyValues.Number(l["VALUE"], "value"))),
            ["TOTAL"] = invoice["TOTALENTERED"],
            ["TRX_TOTAL"] = invoice["TRX_TOTALENTERED"],
            [Subtotals] = sums.HasElements ? sums.ToString(SaveOptions.DisableFormatting) : "",
        };
        values["TRX_SUBTOTAL"] = values["SUBTOTAL"];
        var changed = context.Books.UpdateQuietly(context.Table("SODOCUMENT"), document, values, context.Stamp);
        OrderTotals.Follow(context, invoice);
        return context.Table("SODOCUMENT").Find(changed.RecordNo)!;
    }

    /// <summary>The subtotals of a document; those of an update that names none stay [assumed].</summary>
    public static IEnumerable<XElement> SubtotalsOf(StoredRecord document) =>
        document[Subtotals] is { Length: > 0 } kept ? XElement.Parse(kept).Elements() : [];

    public static StoredRecord? InvoiceOf(WriteContext context, StoredRecord document) =>
        context.Table("ARINVOICE").Find((int)document.Amount("PRRECORDKEY"));

    /// <summary>The invoice, which must be unpaid and in an open period to be taken away.</summary>
    public static void RemoveInvoice(WriteContext context, StoredRecord document)
    {
        if (InvoiceOf(context, document) is not { } invoice)
            return;
        if (invoice.Amount("TRX_TOTALPAID") != 0)
            throw RefusedException.Generic(
                $"The document '{document["DOCID"]}' is paid in whole or in part and cannot be changed or deleted."
            );
        Ledger.RequireOpen(context, invoice.Day("WHENPOSTED")!.Value);
        InvoiceRules.Remove(context, invoice);
    }

    public static IReadOnlyList<StoredRecord> LinesOf(WriteContext context, StoredRecord document) =>
        context.Table("SODOCUMENTENTRY").FindAll("DOCHDRNO", document.RecordNo);

    public static void RemoveLines(WriteContext context, StoredRecord document)
    {
        foreach (var line in LinesOf(context, document))
            context.Books.Delete(context.Table("SODOCUMENTENTRY"), line, context.Stamp);
    }

    /// <summary>By document id, or by external id where the attribute says so.</summary>
    public static StoredRecord Find(WriteContext context, XElement call, string flag, string verb)
    {
        var key = call.Attribute("key")!.Value.Trim();
        return context.Table("SODOCUMENT").FindAll(call.Flag(flag) ? "EXTERNALID" : "DOCID", key) is [var found, ..]
            ? found
            : throw RefusedException.Generic($"Cannot find sodocument with key '{key}' to {verb}.");
    }

    private static Dictionary<string, string> Invoice(WriteContext context, StoredRecord document, ExchangeRate rate)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RECORDTYPE"] = "ri",
            ["MODULEKEY"] = "8.SO",
            ["SYSTEMGENERATED"] = "T",
            ["RECORDID"] = document["DOCNO"],
            ["DOCNUMBER"] = document["PONUMBER"],
            ["DESCRIPTION"] = document["MESSAGE"],
            ["WHENCREATED"] = document["WHENCREATED"],
            ["WHENPOSTED"] = document["WHENPOSTED"],
            ["WHENDUE"] = document["WHENDUE"],
            ["TERMNAME"] = document["TERM.NAME"],
            ["TERMKEY"] = document["TERMKEY"],
            ["DOCHDRKEY"] = Money.Number(document.RecordNo),
            ["BILLTOPAYTOKEY"] = document["BILLTOKEY"],
            ["SHIPTORETURNTOKEY"] = document["SHIPTOKEY"],
        };
        InvoiceNumbers.RequireUnused(context, document["DOCNO"], document["CUSTVENDID"]);
        foreach (
            var (key, name) in new[]
            {
                ("BILLTOPAYTOKEY", "BILLTOPAYTOCONTACTNAME"),
                ("SHIPTORETURNTOKEY", "SHIPTORETURNTOCONTACTNAME"),
            }
        )
            values[name] =
                context.Table("CONTACT").Find(int.Parse(values[key], CultureInfo.InvariantCulture))?["CONTACTNAME"]
                ?? "";
        InvoiceHeader.PutCustomer(values, Ledger.Customer(context, document["CUSTVENDID"]));
        InvoiceHeader.PutState(values, draft: false);
        rate.Put(values);
        return values;
    }

    /// <summary>What a subtotal comes to, over lines of that sum.</summary>
    public static decimal Amount(XElement subtotal, decimal lines) =>
        subtotal switch
        {
            _ when subtotal.Text("absval").Length > 0 => subtotal.Number("absval"),
            _ when subtotal.Text("percentval").Length > 0 => lines * subtotal.Number("percentval") / 100,
            _ => subtotal.Number("total"),
        };

    /// <summary>
    /// A subtotal is a line of the invoice; that any description is known to the definition is [assumed].
    /// </summary>
    private static Dictionary<string, string> Subtotal(
        WriteContext context,
        XElement subtotal,
        List<Dictionary<string, string>> lines,
        ExchangeRate rate
    )
    {
        var amount = Amount(subtotal, lines.Sum(l => LegacyValues.Number(l["VALUE"], "value")));
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ACCOUNTNO"] = "4000",
            ["ENTRYDESCRIPTION"] = subtotal.Text("description"),
            ["LOCATIONID"] = subtotal.Text("locationid") is { Length: > 0 } own
                ? own
                : lines[0].GetValueOrDefault("LOCATIONID", ""),
            ["DEPARTMENTID"] = subtotal.Text("departmentid"),
        };
        LineChecks.Amount(values, amount, rate);
        LineChecks.Check(context, values);
        return values;
    }
}
