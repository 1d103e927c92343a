using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Orders;

/// <summary>
/// update_sotransaction: the document changes, its AR invoice is deleted and made anew under another RECORDNO. Refused
/// once paid [inferred].
/// </summary>
internal static class OrderUpdate
{
    public static string Run(WriteContext context, XElement call)
    {
        try
        {
            return Update(context, call)["DOCID"];
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Could not update Document record!");
        }
    }

    private static StoredRecord Update(WriteContext context, XElement call)
    {
        var document = OrderPosting.Find(context, call, "externalkey", "update");
        OrderPosting.RemoveInvoice(context, document);
        var values = new Dictionary<string, string>(document.Values, StringComparer.Ordinal);
        foreach (
            var (element, field) in new[]
            {
                ("referenceno", "PONUMBER"),
                ("message", "MESSAGE"),
                ("externalid", "EXTERNALID"),
                ("projectid", "PROJECT"),
            }
        )
            if (call.Has(element))
                values[field] = call.Text(element);
        if (call.Date("datecreated") is { } created)
            values["WHENCREATED"] = values["WHENPOSTED"] = Money.Text(created);
        if (call.Date("dateposted") is { } posted)
            values["WHENPOSTED"] = Money.Text(posted);
        Ledger.RequireOpen(context, Day(values["WHENPOSTED"]));
        if (call.Has("datecreated") || call.Has("termname") || call.Has("datedue"))
            OrderHeader.PutDue(context, values, Day(values["WHENCREATED"]), call, null);
        OrderHeader.PutContacts(context, values, null, call);
        call.TakeCustomFields(context, "SODOCUMENT", values);
        var rate = call.Has("currency")
            ? ExchangeRate.Of(context, call)
            : new ExchangeRate(
                document["BASECURR"],
                document["CURRENCY"],
                document.Amount("EXCHANGE_RATE"),
                document["EXCH_RATE_TYPE_ID"]
            );
        rate.Put(values);
        var changed = context.Books.Update(context.Table("SODOCUMENT"), document, values, context.Stamp);
        var subtotals = call.Has("updatesubtotals")
            ? call.Elements("updatesubtotals").Elements()
            : OrderPosting.SubtotalsOf(document);
        return OrderPosting.Post(context, changed, Lines(context, call, changed), subtotals, rate);
    }

    private static List<Dictionary<string, string>> Lines(WriteContext context, XElement call, StoredRecord document)
    {
        var before = OrderPosting.LinesOf(context, document);
        var lines = before.Select(l => new Dictionary<string, string>(l.Values, StringComparer.Ordinal)).ToList();
        foreach (var element in call.Elements("updatesotransitems").Elements())
        {
            if (element.Name.LocalName == "sotransitem")
            {
                lines.Add(OrderLines.Read(context, element, null));
                continue;
            }
            var text = element.Attribute("line_num")!.Value.Trim();
            if (
                !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < 1
                || number > before.Count
            )
                throw RefusedException.Invalid($"Line number '{text}' is not valid");
            lines[number - 1] = OrderLines.Read(context, element, before[number - 1]);
        }
        return lines;
    }

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, Money.DateFormat, CultureInfo.InvariantCulture);
}
