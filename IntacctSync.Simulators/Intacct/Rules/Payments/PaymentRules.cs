using System.Globalization;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// ARPYMT (developer.intacct.com/api/accounts-receivable/ar-payments): complete at once, or a draft, which alone can be
/// changed and deleted and pays nothing yet.
/// </summary>
internal sealed class PaymentRules : IObjectRules
{
    private const string NotMade = "Could not create Arpymt record!";

    public StoredRecord Create(WriteContext context, FieldValues fields)
    {
        try
        {
            foreach (var name in new[] { "PAYMENTMETHOD", "RECEIPTDATE", "CURRENCY" })
                FieldChecks.Require(context.Table("ARPYMT").Definition, fields, name, creating: true);
            RequireOwner(context, fields);
            var values = Header(context, [], fields);
            values["RECORDTYPE"] = fields.Details?.Any(d => d["OVERPAYMENTKEY"].Length > 0) == true ? "ro" : "rp";
            if (fields.Details is not { Count: > 0 } details)
                throw RefusedException.Invalid("A payment needs at least one ARPYMTDETAIL");
            var payment = context.Books.Insert(context.Table("ARPYMT"), State(values, "Draft", "D"), context.Stamp);
            return Finish(context, payment, details, fields["ACTION"], fields["TRX_TOTALENTERED"]);
        }
        catch (RefusedException refused)
        {
            throw refused.Within(NotMade);
        }
    }

    public StoredRecord Update(WriteContext context, FieldValues fields)
    {
        var table = context.Table("ARPYMT");
        var payment = Existing.Find(table, fields, "update");
        try
        {
            if (payment["DISPLAYSTATE"] != "Draft")
                throw RefusedException.Generic(
                    $"The payment '{payment.RecordNo}' is {payment["DISPLAYSTATE"]}; only drafts can be changed."
                );
            var values = Header(
                context,
                new Dictionary<string, string>(payment.Values, StringComparer.Ordinal),
                fields
            );
            payment = context.Books.Update(table, payment, values, context.Stamp);
            // Details that are not repeated go; where none is named at all the old ones stay [inferred].
            var details = fields.Details ?? [.. PaymentDetails.Of(context, payment).Select(PaymentDetails.Given)];
            return Finish(
                context,
                payment,
                details,
                fields["ACTION"] is "" ? "Draft" : fields["ACTION"],
                fields["TRX_TOTALENTERED"]
            );
        }
        catch (RefusedException refused)
        {
            throw refused.Within("Could not update Arpymt record!");
        }
    }

    public void Delete(WriteContext context, string key)
    {
        var table = context.Table("ARPYMT");
        var payment = Existing.FindByRecordNo(table, key, "delete");
        if (payment["DISPLAYSTATE"] != "Draft")
            throw RefusedException.Generic(
                $"The payment '{key}' is {payment["DISPLAYSTATE"]}; only drafts can be deleted."
            );
        PaymentDetails.Remove(context, payment);
        context.Books.Delete(table, payment, context.Stamp);
    }

    /// <summary>The header's values as far as they are named.</summary>
    public static Dictionary<string, string> Header(
        WriteContext context,
        Dictionary<string, string> values,
        FieldValues fields
    )
    {
        var definition = context.Table("ARPYMT").Definition;
        var named = FieldValues.Of(
            fields.All.Where(f =>
                f.Key
                    is not (
                        "ACTION"
                        or "PAYMENTDATE"
                        or "TRX_TOTALENTERED"
                        or "OVERPAYMENTAMOUNT"
                        or "OVERPAYMENTLOCATIONID"
                        or "OVERPAYMENTDEPARTMENTID"
                    )
            )
        );
        foreach (var (name, value) in FieldChecks.Take(context, definition, named))
            values[name] = value;
        values["WHENPAID"] =
            fields["PAYMENTDATE"] is { Length: > 0 } paid ? paid
            : values.GetValueOrDefault("WHENPAID", "") is { Length: > 0 } kept ? kept
            : values["RECEIPTDATE"];
        values["WHENCREATED"] = values["RECEIPTDATE"];
        values["BASECURR"] = context.Setup.BaseCurrency;
        values["CLEARED"] = "F";
        var date = DateOnly.ParseExact(values["RECEIPTDATE"], Money.DateFormat, CultureInfo.InvariantCulture);
        Ledger.RequireOpen(context, date);
        if (values.GetValueOrDefault("CUSTOMERID", "") is { Length: > 0 } id)
            Invoices.InvoiceHeader.PutCustomer(values, Ledger.Customer(context, id));
        return values;
    }

    public static Dictionary<string, string> State(Dictionary<string, string> values, string shown, string raw)
    {
        values["DISPLAYSTATE"] = shown;
        values["STATE"] = raw;
        return values;
    }

    private static StoredRecord Finish(
        WriteContext context,
        StoredRecord payment,
        List<FieldValues> details,
        string action,
        string total
    )
    {
        if (action is not ("" or "Submit" or "Draft"))
            throw RefusedException.Invalid($"The action '{action}' is not valid");
        PaymentDetails.Remove(context, payment);
        var rows = details.ConvertAll(d => PaymentDetails.Draft(context, payment, d));
        var table = context.Table("ARPYMT");
        if (action == "Draft")
        {
            foreach (var row in rows)
                context.Books.Insert(context.Table("ARPYMTDETAIL"), row, context.Stamp);
            var drafted = rows.Sum(r =>
                r.Where(v => v.Key.StartsWith("TRX_", StringComparison.Ordinal))
                    .Sum(v => LegacyValues.Number(v.Value, v.Key))
            );
            return context.Books.UpdateQuietly(
                table,
                payment,
                PaymentTotals.Put(new(payment.Values, StringComparer.Ordinal), Entered(total, drafted), 0),
                context.Stamp
            );
        }
        foreach (var row in rows)
            PaymentDetails.Apply(context, payment, row);
        var kept = PaymentDetails.Of(context, payment);
        var applied = kept.Sum(PaymentDetails.Applied);
        var values = State(new(payment.Values, StringComparer.Ordinal), "Complete", "C");
        var complete = context.Books.UpdateQuietly(
            table,
            payment,
            PaymentTotals.Put(values, Entered(total, applied), applied),
            context.Stamp
        );
        PaymentTotals.Follow(context, kept);
        return complete;
    }

    private static decimal Entered(string total, decimal otherwise)
    {
        if (total.Length == 0)
            return otherwise;
        var entered = Money.Rounded(LegacyValues.Number(total, "TRX_TOTALENTERED"));
        return entered >= otherwise
            ? entered
            : throw RefusedException.Invalid(
                $"The details come to {Money.Text(otherwise)}, more than the payment's {total}"
            );
    }

    private static void RequireOwner(WriteContext context, FieldValues fields)
    {
        if (fields["CUSTOMERID"].Length == 0 && fields["PAYERNAME"].Length == 0)
            throw RefusedException.Invalid(
                "A payment needs a CUSTOMERID, or a PAYERNAME where it is of several customers"
            );
        if (
            context.Options.Strict
            && fields["FINANCIALENTITY"].Length + fields["PRBATCH"].Length + fields["UNDEPOSITEDACCOUNTNO"].Length == 0
        )
            throw RefusedException.Invalid("A payment needs a FINANCIALENTITY, a PRBATCH or an UNDEPOSITEDACCOUNTNO");
        if (
            fields["UNDEPOSITEDACCOUNTNO"] is { Length: > 0 } account
            && !Ledger.IsUsable(context.Table("GLACCOUNT").Find(account))
        )
            throw RefusedException.Invalid($"Account {account} is not valid");
    }
}
