using System.Globalization;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules;
using IntacctSync.Simulators.Intacct.Rules.Payments;

namespace IntacctSync.Simulators.Intacct;

/// <content>
/// Payments with discounts and credits, and changes of what is applied. That a complete payment can be changed here is
/// [assumed]; the API can't.
/// </content>
public sealed partial class IntacctScreens
{
    /// <summary>Receives a payment of any make-up.</summary>
    /// <param name="customerId">Whose it is.</param>
    /// <param name="rows">What it pays, and with what.</param>
    /// <param name="total">The money that came in, where that is more than the rows take.</param>
    /// <param name="method">As PAYMENTMETHOD has it.</param>
    /// <param name="date">Null = today.</param>
    /// <param name="reference">DOCNUMBER.</param>
    /// <param name="draft">Saved, not posted: it pays nothing yet.</param>
    /// <returns>The RECORDNO of the ARPYMT.</returns>
    public int Receive(
        string customerId,
        IEnumerable<PaymentRow> rows,
        decimal? total = null,
        string method = "EFT",
        DateOnly? date = null,
        string reference = "",
        bool draft = false
    ) =>
        _company.Change(context =>
        {
            var all = rows.ToList();
            var fields = Header(
                customerId,
                method,
                date ?? Day(context),
                reference,
                CurrencyOf(context, customerId, all.Select(r => r.Number))
            );
            fields["ACTION"] = draft ? "Draft" : "Submit";
            if (total is { } received)
                fields["TRX_TOTALENTERED"] = received.ToString(CultureInfo.InvariantCulture);
            fields.Details = [.. all.SelectMany(r => Details(context, customerId, r))];
            return new PaymentRules().Create(context, fields).RecordNo;
        });

    /// <summary>
    /// Enters a manual deposit: money of a customer that went to the bank and pays nothing yet. That it shows as a
    /// payment without details is [assumed]; no public source says how it does.
    /// </summary>
    /// <returns>The RECORDNO of the ARPYMT.</returns>
    public int Deposit(string customerId, decimal amount, string currency = "", DateOnly? date = null) =>
        _company.Change(context =>
        {
            var of = currency.Length > 0 ? currency : context.Setup.BaseCurrency;
            var fields = Header(customerId, "EFT", date ?? Day(context), "", of);
            fields["TRX_TOTALENTERED"] = amount.ToString(CultureInfo.InvariantCulture);
            return PaymentRules.Deposit(context, fields).RecordNo;
        });

    /// <summary>Receives money for an invoice, and takes a discount, or writes the rest off.</summary>
    /// <returns>The RECORDNO of the ARPYMT.</returns>
    public int TakeDiscount(string customerId, string number, decimal money, decimal discount, DateOnly? date = null) =>
        Receive(customerId, [new PaymentRow(number, money, discount)], date: date);

    /// <summary>Applies an advance, or what is left of an over-payment, to invoices.</summary>
    /// <returns>The RECORDNO of the ARPYMT that the application is.</returns>
    public int ApplyCredit(int credit, IEnumerable<(string Number, decimal Amount)> invoices, DateOnly? date = null) =>
        Apply(
            context => PaymentOrAdvance(context, credit),
            invoices,
            (row, record) =>
                record["RECORDTYPE"] == "rr" ? row with { Advance = credit } : row with { Overpayment = credit },
            date
        );

    /// <summary>Applies a credit memo to invoices and debit memos.</summary>
    /// <returns>The RECORDNO of the ARPYMT that the application is.</returns>
    public int ApplyCreditMemo(
        int adjustment,
        IEnumerable<(string Number, decimal Amount)> invoices,
        DateOnly? date = null
    ) =>
        Apply(
            context => Adjustment(context, adjustment),
            invoices,
            (row, _) => row with { CreditMemo = adjustment },
            date
        );

    /// <summary>Applies a negative invoice to invoices and debit memos.</summary>
    /// <returns>The RECORDNO of the ARPYMT that the application is.</returns>
    public int ApplyNegativeInvoice(
        string number,
        IEnumerable<(string Number, decimal Amount)> invoices,
        DateOnly? date = null
    ) => Apply(context => Invoice(context, number), invoices, (row, _) => row with { NegativeInvoice = number }, date);

    /// <summary>Makes a complete payment a draft again.</summary>
    public void BackToDraft(int payment) =>
        _company.Change(context => PaymentRules.Reopen(context, Payment(context, payment)));

    /// <summary>Deletes a draft.</summary>
    public void DeletePayment(int payment) => _company.Remove("ARPYMT", Money.Number(payment));

    /// <summary>Changes a complete payment; the rows take the place of those it had.</summary>
    /// <param name="payment">RECORDNO.</param>
    /// <param name="rows">What it pays now.</param>
    /// <param name="total">The money that came in; null = what the rows take.</param>
    /// <param name="date">Null = as it was.</param>
    /// <param name="method">Null = as it was.</param>
    /// <param name="reference">DOCNUMBER; null = as it was.</param>
    public void EditPayment(
        int payment,
        IEnumerable<PaymentRow> rows,
        decimal? total = null,
        DateOnly? date = null,
        string? method = null,
        string? reference = null
    ) =>
        _company.Change(context =>
        {
            var record = Payment(context, payment);
            var fields = Changed(record, total);
            if (date is { } day)
                fields["RECEIPTDATE"] = fields["PAYMENTDATE"] = Money.Text(day);
            if (method is not null)
                fields["PAYMENTMETHOD"] = method;
            if (reference is not null)
                fields["DOCNUMBER"] = reference;
            PaymentRules.Reopen(context, record);
            fields.Details = [.. rows.SelectMany(r => Details(context, record["CUSTOMERID"], r))];
            return new PaymentRules().Update(context, fields);
        });

    /// <summary>
    /// Takes what a payment pays of one invoice or debit memo away, or all of it. Money stays with the payment; an
    /// application of credits that pays nothing any more is deleted.
    /// </summary>
    public void RemoveApplication(int payment, string? number = null) =>
        Reapply(
            payment,
            (context, detail) =>
                number is not null && !IsOf(context, detail, number) ? PaymentDetails.Given(detail) : null
        );

    /// <summary>Changes how much money of a payment goes to one invoice or debit memo; its total stays.</summary>
    public void ChangeApplication(int payment, string number, decimal amount)
    {
        var done = false;
        Reapply(
            payment,
            (context, detail) =>
            {
                var given = PaymentDetails.Given(detail);
                if (!IsOf(context, detail, number))
                    return given;
                if (done)
                    return null;
                done = true;
                given["TRX_PAYMENTAMOUNT"] = amount.ToString(CultureInfo.InvariantCulture);
                var (kind, _) = Document(context, number);
                return FieldValues.Of(given.All.Where(f => f.Key != kind.LineKey));
            }
        );
    }

    private void Reapply(int payment, Func<WriteContext, StoredRecord, FieldValues?> change) =>
        _company.Change(context =>
        {
            var record = Payment(context, payment);
            var money = record.Amount(PaymentTotals.Money);
            var kept = PaymentDetails
                .Of(context, record)
                .Select(d => change(context, d))
                .OfType<FieldValues>()
                .ToList();
            PaymentRules.Reopen(context, record);
            if (kept.Count == 0 && money == 0)
            {
                new PaymentRules().Delete(context, Money.Number(payment));
                return 0;
            }
            var fields = Changed(record, money);
            fields.Details = kept;
            return new PaymentRules().Update(context, fields).RecordNo;
        });

    private static FieldValues Changed(StoredRecord record, decimal? total)
    {
        var fields = FieldValues.Of(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["RECORDNO"] = Money.Number(record.RecordNo),
                ["RECEIPTDATE"] = record["RECEIPTDATE"],
                ["ACTION"] = "Submit",
            }
        );
        if (total is { } received)
            fields["TRX_TOTALENTERED"] = received.ToString(CultureInfo.InvariantCulture);
        return fields;
    }

    private static bool IsOf(WriteContext context, StoredRecord detail, string number)
    {
        var (kind, document) = Document(context, number);
        return detail[kind.Key] == Money.Number(document.RecordNo);
    }

    private int Apply(
        Func<WriteContext, StoredRecord> find,
        IEnumerable<(string Number, decimal Amount)> invoices,
        Func<PaymentRow, StoredRecord, PaymentRow> named,
        DateOnly? date
    ) =>
        _company.Change(context =>
        {
            var credit = find(context);
            var fields = Header(
                credit["CUSTOMERID"],
                credit["PAYMENTMETHOD"] is { Length: > 0 } method ? method : "EFT",
                date ?? Day(context),
                credit["PAYMENTMETHOD"].Length > 0 ? credit["DOCNUMBER"] : "",
                credit["CURRENCY"]
            );
            fields.Details =
            [
                .. invoices.SelectMany(i =>
                    Details(context, credit["CUSTOMERID"], named(new PaymentRow(i.Number, Credit: i.Amount), credit))
                ),
            ];
            return new PaymentRules().Create(context, fields).RecordNo;
        });

    private static IEnumerable<FieldValues> Details(WriteContext context, string customerId, PaymentRow row)
    {
        if (row.Money > 0 || row.Discount > 0)
        {
            var detail = Detail(context, customerId, row.Number, "TRX_PAYMENTAMOUNT", row.Money);
            if (row.Discount > 0)
                detail["TRX_TOTALDISCOUNTTOAPPLY"] = row.Discount.ToString(CultureInfo.InvariantCulture);
            yield return detail;
        }
        foreach (
            var (source, key) in new (CreditSource, int?)[]
            {
                (CreditSource.Advance, row.Advance),
                (CreditSource.Overpayment, row.Overpayment),
                (CreditSource.CreditMemo, row.CreditMemo),
                (
                    CreditSource.NegativeInvoice,
                    row.NegativeInvoice is { } number ? Invoice(context, number).RecordNo : null
                ),
            }
        )
            if (key is { } recordNo)
            {
                var detail = Detail(context, customerId, row.Number, source.TrxAmount, row.Credit);
                detail[source.Key] = Money.Number(recordNo);
                yield return detail;
            }
    }
}
