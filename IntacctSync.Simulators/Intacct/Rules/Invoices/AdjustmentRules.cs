using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>
/// ARADJUSTMENT by the generic functions: it can be deleted while nothing is applied
/// (developer.intacct.com/api/accounts-receivable/ar-adjustments); what a person changes in its header goes through
/// here.
/// </summary>
internal sealed class AdjustmentRules : IObjectRules
{
    private static readonly string[] ByHand = ["DESCRIPTION", "DOCNUMBER", "RECORDID"];

    public static string? DeleteLegacy(WriteContext context, XElement call)
    {
        var key = call.Attribute("key")!.Value.Trim();
        if (!call.Flag("externalkey"))
            new AdjustmentRules().Delete(context, key);
        else if (context.Table("ARADJUSTMENT").FindAll("EXTERNALID", key) is [var found, ..])
            new AdjustmentRules().Delete(context, Money.Number(found.RecordNo));
        else
            throw RefusedException.Generic($"Cannot find aradjustment with key '{key}' to delete.");
        return null;
    }

    public StoredRecord Create(WriteContext context, FieldValues fields) =>
        throw RefusedException.Generic("An adjustment is made by create_aradjustment.");

    public StoredRecord Update(WriteContext context, FieldValues fields)
    {
        if (context.Stamp.Source == "api")
            throw RefusedException.Generic("An adjustment is changed by update_aradjustment.");
        var table = context.Table("ARADJUSTMENT");
        var adjustment = Existing.Find(table, fields, "update");
        var values = new Dictionary<string, string>(adjustment.Values, StringComparer.Ordinal);
        foreach (var (name, value) in fields.All)
            if (ByHand.Contains(name, StringComparer.Ordinal))
                values[name] = value;
            else if (name != "RECORDNO")
                throw RefusedException.Generic(
                    $"{name} of an adjustment is not changed by hand here; {string.Join(", ", ByHand)} are."
                );
        return context.Books.Update(table, adjustment, values, context.Stamp);
    }

    /// <summary>Changes the amount of a line, counted from 1, while nothing is applied [inferred].</summary>
    public static StoredRecord ChangeLine(WriteContext context, StoredRecord adjustment, int number, decimal amount)
    {
        if (adjustment["STATE"] is not ("Draft" or "Posted"))
            throw RefusedException.Generic(
                $"The adjustment '{adjustment["RECORDID"]}' is {adjustment["STATE"]} and cannot be changed."
            );
        var line = ReceivableKind.Adjustment.LinesOf(context, adjustment)[number - 1];
        var values = new Dictionary<string, string>(line.Values, StringComparer.Ordinal);
        LineChecks.Amount(values, amount, ExchangeRate.Of(adjustment));
        context.Books.Update(context.Table("ARADJUSTMENTITEM"), line, values, context.Stamp);
        var changed = context.Books.Update(
            context.Table("ARADJUSTMENT"),
            adjustment,
            new Dictionary<string, string>(adjustment.Values, StringComparer.Ordinal),
            context.Stamp
        );
        return ReceivableTotals.Sum(context, ReceivableKind.Adjustment, changed);
    }

    public void Delete(WriteContext context, string key)
    {
        var table = context.Table("ARADJUSTMENT");
        var adjustment = Existing.FindByRecordNo(table, key, "delete");
        if (adjustment["STATE"] is not ("Draft" or "Posted"))
            throw RefusedException.Generic(
                $"The adjustment '{adjustment["RECORDID"]}' is {adjustment["STATE"]} and cannot be deleted."
            );
        Ledger.RequireOpen(
            context,
            DateOnly.ParseExact(adjustment["WHENPOSTED"], Money.DateFormat, CultureInfo.InvariantCulture)
        );
        ReceivableKind.Adjustment.RemoveLines(context, adjustment);
        context.Books.Delete(table, adjustment, context.Stamp);
    }
}
