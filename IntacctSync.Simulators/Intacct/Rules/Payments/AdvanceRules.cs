using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules.Invoices;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// ARADVANCE: money of a customer that no invoice has yet (developer.intacct.com/api/accounts-receivable/ar-advances).
/// ARPYMT applies it.
/// </summary>
internal sealed class AdvanceRules : IObjectRules
{
    private const string NotMade = "Could not create Aradvance record!";

    public StoredRecord Create(WriteContext context, FieldValues fields)
    {
        try
        {
            var table = context.Table("ARADVANCE");
            foreach (var name in new[] { "CUSTOMERID", "PAYMENTMETHOD", "PAYMENTDATE", "RECEIPTDATE" })
                FieldChecks.Require(table.Definition, fields, name, creating: true);
            PaymentAccount.Require(context, fields, "An advance");
            if (fields.Items is not { Count: > 0 } items)
                throw RefusedException.Invalid("An advance needs at least one ARADVANCEITEM");
            var values = Header(context, [], fields);
            values["RECORDTYPE"] = "rr";
            values["SYSTEMGENERATED"] = "F";
            values["CLEARED"] = "F";
            var rate = ExchangeRate.OfDay(context, fields["CURRENCY"]);
            rate.Put(values);
            State(values, fields["ACTION"]);
            return Finish(context, Advances.Insert(context, Summed(values, 0)), items, rate);
        }
        catch (RefusedException refused)
        {
            throw refused.Within(NotMade);
        }
    }

    public StoredRecord Update(WriteContext context, FieldValues fields)
    {
        var advance = Existing.Find(context.Table("ARADVANCE"), fields, "update");
        try
        {
            if (advance["STATE"] is not ("Draft" or "Posted"))
                throw RefusedException.Generic(
                    $"The advance '{advance.RecordNo}' is {advance["STATE"]} and cannot be changed."
                );
            var values = Header(
                context,
                new Dictionary<string, string>(advance.Values, StringComparer.Ordinal),
                fields
            );
            if (advance["STATE"] == "Draft" && fields["ACTION"] == "Submit")
                State(values, "Submit");
            advance = Advances.Keep(context, advance, values, touches: true);
            return fields.Items is { } items ? Finish(context, advance, items, ExchangeRate.Of(advance)) : advance;
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Could not update Aradvance record!");
        }
    }

    public void Delete(WriteContext context, string key)
    {
        var advance = Existing.FindByRecordNo(context.Table("ARADVANCE"), key, "delete");
        if (advance["STATE"] != "Draft")
            throw RefusedException.Generic($"The advance '{key}' is {advance["STATE"]}; only drafts can be deleted.");
        foreach (var line in context.Table("ARADVANCEITEM").FindAll("RECORDKEY", advance.RecordNo))
            context.Books.Delete(context.Table("ARADVANCEITEM"), line, context.Stamp);
        context.Books.Delete(context.Table("ARADVANCE"), advance, context.Stamp);
        if (context.Table("ARPYMT").Find(advance.RecordNo) is { } shown)
            context.Books.Delete(context.Table("ARPYMT"), shown, context.Stamp);
    }

    private static Dictionary<string, string> Header(
        WriteContext context,
        Dictionary<string, string> values,
        FieldValues fields
    )
    {
        var named = FieldValues.Of(fields.All.Where(f => f.Key is not ("ACTION" or "CURRENCY" or "BASECURR")));
        foreach (var (name, value) in FieldChecks.Take(context, context.Table("ARADVANCE").Definition, named))
            values[name] = value;
        values["WHENCREATED"] = values["RECEIPTDATE"];
        values["WHENPAID"] = values["PAYMENTDATE"];
        var receipt = FieldValues.Of(values)["RECEIPTDATE"];
        Ledger.RequireOpen(
            context,
            DateOnly.ParseExact(receipt, Money.DateFormat, System.Globalization.CultureInfo.InvariantCulture)
        );
        InvoiceHeader.PutCustomer(values, Ledger.Customer(context, values["CUSTOMERID"]));
        return values;
    }

    private static void State(Dictionary<string, string> values, string action)
    {
        if (action is not ("" or "Submit" or "Draft"))
            throw RefusedException.Invalid($"The action '{action}' is not valid");
        (values["STATE"], values["RAWSTATE"]) = action == "Draft" ? ("Draft", "D") : ("Posted", "A");
    }

    private static Dictionary<string, string> Summed(Dictionary<string, string> values, decimal entered) =>
        PaymentTotals.Put(values, entered, entered);

    /// <summary>Puts the lines in the place of those before; their sum is the advance.</summary>
    private static StoredRecord Finish(
        WriteContext context,
        StoredRecord advance,
        List<FieldValues> items,
        ExchangeRate rate
    )
    {
        var table = context.Table("ARADVANCEITEM");
        foreach (var line in table.FindAll("RECORDKEY", advance.RecordNo))
            context.Books.Delete(table, line, context.Stamp);
        var number = 0;
        decimal entered = 0;
        foreach (var item in items)
        {
            var values = LineChecks.Read(context, Line(item), null, rate);
            values["RECORDKEY"] = Money.Number(advance.RecordNo);
            values["RECORDTYPE"] = "rr";
            values["LINE_NO"] = Money.Number(++number);
            entered += context.Books.Insert(table, values, context.Stamp).Amount("TRX_AMOUNT");
        }
        if (entered <= 0)
            throw RefusedException.Invalid("The lines of an advance come to more than 0");
        return Advances.Keep(
            context,
            advance,
            Summed(new Dictionary<string, string>(advance.Values, StringComparer.Ordinal), entered),
            touches: false
        );
    }

    /// <summary>A line in the form of the legacy functions, whose checks are the same.</summary>
    private static XElement Line(FieldValues item)
    {
        var names = new[]
        {
            ("ACCOUNTNO", "glaccountno"),
            ("ACCOUNTLABEL", "accountlabel"),
            ("TRX_AMOUNT", "amount"),
            ("ENTRYDESCRIPTION", "memo"),
            ("LOCATIONID", "locationid"),
            ("DEPARTMENTID", "departmentid"),
            ("PROJECTID", "projectid"),
            ("CUSTOMERID", "customerid"),
            ("ITEMID", "itemid"),
            ("CLASSID", "classid"),
        };
        return new XElement(
            "lineitem",
            names.Where(n => item[n.Item1].Length > 0).Select(n => new XElement(n.Item2, item[n.Item1]))
        );
    }
}
