using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Orders;

/// <summary>
/// Lines of Order Entry (developer.intacct.com/api/order-entry/order-entry-transactions). They are counted from 0 where
/// they are read.
/// </summary>
internal static class OrderLines
{
    private static readonly (string Element, string Field)[] Plain =
    [
        ("itemid", "ITEMID"),
        ("itemdesc", "ITEMDESC"),
        ("memo", "MEMO"),
        ("locationid", "LOCATIONID"),
        ("departmentid", "DEPARTMENTID"),
        ("projectid", "PROJECTID"),
        ("customerid", "CUSTOMERID"),
        ("classid", "CLASSID"),
    ];

    public static Dictionary<string, string> Read(WriteContext context, XElement line, StoredRecord? before)
    {
        var values = before is null ? [] : new Dictionary<string, string>(before.Values, StringComparer.Ordinal);
        foreach (var (element, field) in Plain)
            if (line.Has(element))
                values[field] = line.Text(element);
        var item = context.Table("ITEM").Find(values["ITEMID"]);
        if (!Ledger.IsUsable(item))
            throw RefusedException.Invalid($"Item ID '{values["ITEMID"]}' is not valid");
        Unit(line, item!, values);
        if (line.Has("quantity"))
            values["QUANTITY"] = values["UIQTY"] = Text(line.Number("quantity"));
        var price =
            line.Has("price") ? line.Number("price")
            : before is null ? item!.Amount("BASEPRICE")
            : before.Amount("PRICE");
        values["PRICE"] = values["UIPRICE"] = values["TRX_PRICE"] = Text(price);
        if (line.Has("discountpercent"))
            values["DISCOUNTPERCENT"] = Text(line.Number("discountpercent"));
        var discount = values.TryGetValue("DISCOUNTPERCENT", out var percent)
            ? LegacyValues.Number(percent, "discountpercent")
            : 0;
        var value = LegacyValues.Number(values["QUANTITY"], "quantity") * price * (1 - (discount / 100));
        values["UIVALUE"] = values["VALUE"] = values["TRX_VALUE"] = Money.Text(value);
        if (values.GetValueOrDefault("ITEMDESC", "").Length == 0)
            values["ITEMDESC"] = item!["NAME"];
        line.TakeCustomFields(context, "SODOCUMENTENTRY", values);
        return values;
    }

    /// <summary>The line as the invoice has it: on the item's income account.</summary>
    public static Dictionary<string, string> Posted(
        WriteContext context,
        Dictionary<string, string> line,
        ExchangeRate rate
    )
    {
        var item = context.Table("ITEM").Find(line["ITEMID"]);
        var account = item?["INCOMEACCTKEY"] is { Length: > 0 } own ? own : "4000";
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ACCOUNTNO"] = account,
            ["ENTRYDESCRIPTION"] = line.GetValueOrDefault("MEMO", "") is { Length: > 0 } memo ? memo : line["ITEMDESC"],
            ["ITEMID"] = line["ITEMID"],
        };
        foreach (var dimension in new[] { "LOCATIONID", "DEPARTMENTID", "PROJECTID", "CUSTOMERID", "CLASSID" })
            if (line.TryGetValue(dimension, out var id))
                values[dimension] = id;
        Invoices.LineChecks.Amount(values, LegacyValues.Number(line["VALUE"], "value"), rate);
        Invoices.LineChecks.Check(context, values);
        return values;
    }

    /// <summary>A unit that is left out is the item's own [assumed].</summary>
    private static void Unit(XElement line, StoredRecord item, Dictionary<string, string> values)
    {
        string[] units = [item["UOM.SOUOMDETAIL.UNIT"], item["BASEUOM"]];
        if (line.Has("unit") && !units.Contains(line.Text("unit"), StringComparer.Ordinal))
            throw RefusedException.Invalid("Missing unit");
        if (line.Has("unit"))
            values["UNIT"] = line.Text("unit");
        values.TryAdd("UNIT", units.FirstOrDefault(u => u.Length > 0) ?? "");
    }

    private static string Text(decimal number) =>
        number.ToString("0.##########", System.Globalization.CultureInfo.InvariantCulture);
}
