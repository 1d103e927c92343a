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
            return Finish(context, payment, details, fields, fields["ACTION"]);
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
            if (payment["DISPLAYSTATE"] != "Draft" || payment["RECORDTYPE"] == "rr")
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
            return Finish(context, payment, details, fields, fields["ACTION"] is "" ? "Draft" : fields["ACTION"]);
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
        if (payment["DISPLAYSTATE"] != "Draft" || payment["RECORDTYPE"] == "rr")
            throw RefusedException.Generic(
                $"The payment '{key}' is {payment["DISPLAYSTATE"]}; only drafts can be deleted."
            );
        PaymentDetails.Remove(context, payment);
        context.Books.Delete(table, payment, context.Stamp);
    }

    /// <summary>A payment that pays nothing, as a person enters it; the API asks for a detail.</summary>
    public static StoredRecord Deposit(WriteContext context, FieldValues fields)
    {
        RequireOwner(context, fields);
        var values = Header(context, [], fields);
        values["RECORDTYPE"] = "rp";
        fields.Details = [];
        var payment = context.Books.Insert(context.Table("ARPYMT"), State(values, "Draft", "D"), context.Stamp);
        return Finish(context, payment, fields.Details, fields, "Submit");
    }

    /// <summary>
    /// Makes a complete payment a draft again, as a person does [assumed: the API can't]; it pays nothing then.
    /// </summary>
    public static StoredRecord Reopen(WriteContext context, StoredRecord payment)
    {
        PaymentReversal.RequireFree(context, payment, "made a draft");
        var details = PaymentDetails.Of(context, payment);
        foreach (var detail in details)
            context.Books.Update(
                context.Table("ARPYMTDETAIL"),
                detail,
                new(detail.Values, StringComparer.Ordinal) { ["STATE"] = "D" },
                context.Stamp
            );
        var values = State(new(payment.Values, StringComparer.Ordinal), "Draft", "D");
        PaymentTotals.Put(
            context,
            values,
            payment.Amount(PaymentTotals.Money),
            details.Sum(PaymentDetails.Credits),
            used: 0
        );
        var draft = context.Books.Update(context.Table("ARPYMT"), payment, values, context.Stamp);
        PaymentDetails.Settle(context, details, null);
        return draft;
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
        values["CLEARED"] = "F";
        ExchangeRate.OfPayment(context, values["CURRENCY"]).Put(values);
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
        FieldValues fields,
        string action
    )
    {
        if (action is not ("" or "Submit" or "Draft"))
            throw RefusedException.Invalid($"The action '{action}' is not valid");
        // Where neither a total nor details are named, the money is what it was.
        var kept = fields.Details is null ? payment[PaymentTotals.Money] : "";
        PaymentDetails.Remove(context, payment);
        var rows = details.ConvertAll(d => PaymentDetails.Draft(context, payment, d));
        var table = context.Table("ARPYMT");
        if (action == "Draft")
        {
            foreach (var row in rows)
                context.Books.Insert(context.Table("ARPYMTDETAIL"), row, context.Stamp);
            return Put(Of(PaymentDetails.Of(context, payment), "Draft", "D"), used: 0);
        }
        foreach (var row in rows)
            PaymentDetails.Apply(context, payment, row);
        var applied = PaymentDetails.Of(context, payment);
        var complete = Put(Of(applied, "Complete", "C"), applied.Sum(d => d.Amount("TRX_PAYMENTAMOUNT")));
        PaymentTotals.Follow(context, applied, payment.Day("WHENPAID"));
        return complete;

        (Dictionary<string, string> Values, decimal Money, decimal Credits) Of(
            IReadOnlyList<StoredRecord> all,
            string shown,
            string raw
        ) =>
            (
                State(new(payment.Values, StringComparer.Ordinal), shown, raw),
                Received(payment, fields, kept, all.Sum(d => d.Amount("TRX_PAYMENTAMOUNT"))),
                all.Sum(PaymentDetails.Credits)
            );

        StoredRecord Put((Dictionary<string, string> Values, decimal Money, decimal Credits) sum, decimal used) =>
            context.Books.UpdateQuietly(
                table,
                payment,
                PaymentTotals.Put(context, sum.Values, sum.Money, sum.Credits, used),
                context.Stamp
            );
    }

    /// <summary>
    /// The money that came in: the total or the over-payment that is named, else what the details take.
    /// </summary>
    private static decimal Received(StoredRecord payment, FieldValues fields, string kept, decimal paying)
    {
        var currency = payment["CURRENCY"];
        var total = fields["TRX_TOTALENTERED"] is { Length: > 0 } named ? named : kept;
        var received =
            total.Length > 0 ? Money.Rounded(LegacyValues.Number(total, "TRX_TOTALENTERED"))
            : fields["OVERPAYMENTAMOUNT"] is { Length: > 0 } over
                ? paying + Money.Rounded(LegacyValues.Number(over, "OVERPAYMENTAMOUNT"))
            : paying;
        return received >= paying
            ? received
            : throw RefusedException.Invalid(
                $"The details come to {Money.Text(paying)}, more than the payment's {total}"
            );
    }

    private static void RequireOwner(WriteContext context, FieldValues fields)
    {
        if (fields["CUSTOMERID"].Length == 0 && fields["PAYERNAME"].Length == 0)
            throw RefusedException.Invalid(
                "A payment needs a CUSTOMERID, or a PAYERNAME where it is of several customers"
            );
        PaymentAccount.Require(context, fields, "A payment");
    }
}
