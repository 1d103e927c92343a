using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules;
using IntacctSync.Simulators.Intacct.Rules.Invoices;
using IntacctSync.Simulators.Intacct.Rules.Payments;

namespace IntacctSync.Simulators.Intacct;

/// <summary>
/// What a person does in Intacct's own pages, by the rules that hold for the API too, counted nowhere. Invoices and
/// debit memos are named by their number, payments, advances and adjustments by RECORDNO. What is not allowed throws,
/// and changes nothing.
/// </summary>
public sealed partial class IntacctScreens
{
    /// <summary>The account that payments made here go to.</summary>
    private const string Bank = "BANK";

    private readonly IntacctCompany _company;

    internal IntacctScreens(IntacctCompany company) => _company = company;

    /// <summary>Closes all periods up to a day; null opens them all.</summary>
    public void CloseBooksThrough(DateOnly? date) => _company.Change(context => context.Books.ClosedThrough = date);

    /// <summary>Sets a preference of the company, for example <c>AR</c> <c>USEACCOUNTLABELS</c> <c>T</c>.</summary>
    public void SetPreference(string application, string preference, string value) =>
        _company.Change(context =>
        {
            var table = context.Table("COMPANYPREF");
            var values = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["APPLICATION"] = application,
                ["PREFERENCE"] = preference,
                ["PREFVALUE"] = value,
            };
            return
                table.Rows(null).FirstOrDefault(p => p["APPLICATION"] == application && p["PREFERENCE"] == preference)
                    is { } existing
                ? context.Books.Update(table, existing, values, context.Stamp)
                : context.Books.Insert(table, values, context.Stamp);
        });

    /// <summary>Receives a payment for invoices.</summary>
    /// <param name="customerId">Whose it is.</param>
    /// <param name="invoices">Number and amount of each invoice it pays.</param>
    /// <param name="method">As PAYMENTMETHOD has it.</param>
    /// <param name="date">Receipt and payment date; null = today.</param>
    /// <param name="total">What was received, where that is more than the invoices take: an over-payment.</param>
    /// <param name="draft">Saved, not posted: it pays nothing yet.</param>
    /// <param name="reference">DOCNUMBER.</param>
    /// <returns>The RECORDNO of the ARPYMT.</returns>
    public int Pay(
        string customerId,
        IEnumerable<(string Number, decimal Amount)> invoices,
        string method = "EFT",
        DateOnly? date = null,
        decimal? total = null,
        bool draft = false,
        string reference = ""
    ) =>
        _company.Change(context =>
        {
            var rows = invoices.ToList();
            var fields = Header(
                customerId,
                method,
                date ?? Day(context),
                reference,
                CurrencyOf(context, customerId, rows.Select(r => r.Number))
            );
            fields["ACTION"] = draft ? "Draft" : "Submit";
            if (total is { } received)
                fields["TRX_TOTALENTERED"] = received.ToString(CultureInfo.InvariantCulture);
            fields.Details = rows.ConvertAll(r => Detail(context, customerId, r.Number, "TRX_PAYMENTAMOUNT", r.Amount));
            return new PaymentRules().Create(context, fields).RecordNo;
        });

    /// <summary>
    /// Receives a payment in another currency than that of the invoices. Its details then have their TRX amounts in the
    /// payment's currency, and the others in the base currency, which the invoices are taken to be in [assumed].
    /// </summary>
    /// <param name="customerId">Whose it is.</param>
    /// <param name="invoices">Number of each invoice it pays, and the amount in the payment's currency.</param>
    /// <param name="currency">The payment's, ISO 4217.</param>
    /// <param name="rate">What one unit of it is in the base currency.</param>
    /// <returns>The RECORDNO of the ARPYMT.</returns>
    public int PayInCurrency(
        string customerId,
        IEnumerable<(string Number, decimal Amount)> invoices,
        string currency,
        decimal rate
    )
    {
        var payment = Pay(customerId, invoices.Select(i => (i.Number, i.Amount * rate)));
        return _company.Change(context =>
        {
            var record = Payment(context, payment);
            foreach (var detail in PaymentDetails.Of(context, record))
                InCurrency("ARPYMTDETAIL", detail);
            return InCurrency("ARPYMT", record).RecordNo;

            StoredRecord InCurrency(string kind, StoredRecord given)
            {
                var values = new Dictionary<string, string>(given.Values, StringComparer.Ordinal)
                {
                    ["CURRENCY"] = currency,
                };
                foreach (var name in values.Keys.Where(k => k.StartsWith("TRX_", StringComparison.Ordinal)).ToList())
                    values[name] = Money.Text(given.Amount(name) / rate);
                return context.Books.UpdateQuietly(context.Table(kind), given, values, context.Stamp);
            }
        });
    }

    /// <summary>Changes what a draft pays; the invoices named take the place of those it had.</summary>
    public void EditDraft(int payment, IEnumerable<(string Number, decimal Amount)> invoices) =>
        _company.Change(context =>
        {
            var record = Payment(context, payment);
            var fields = FieldValues.Of(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["RECORDNO"] = Money.Number(payment),
                    ["RECEIPTDATE"] = record["RECEIPTDATE"],
                }
            );
            fields.Details =
            [
                .. invoices.Select(r => Detail(context, record["CUSTOMERID"], r.Number, "TRX_PAYMENTAMOUNT", r.Amount)),
            ];
            return new PaymentRules().Update(context, fields);
        });

    /// <summary>Posts a draft.</summary>
    public void SubmitDraft(int payment) =>
        _company.Change(context =>
            new PaymentRules().Update(
                context,
                FieldValues.Of(
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["RECORDNO"] = Money.Number(payment),
                        ["ACTION"] = "Submit",
                    }
                )
            )
        );

    /// <summary>Reverses a payment, an application of credits, or an advance that is not applied.</summary>
    /// <returns>The RECORDNO of the Reversal.</returns>
    public int ReversePayment(int payment, DateOnly? date = null) =>
        _company.Change(context =>
            PaymentReversal.Reverse(context, PaymentOrAdvance(context, payment), date ?? Day(context), "").RecordNo
        );

    /// <summary>Receives money of a customer that no invoice takes yet.</summary>
    /// <returns>The RECORDNO of the ARADVANCE, and of the ARPYMT of RECORDTYPE rr that it shows as.</returns>
    public int Advance(
        string customerId,
        decimal amount,
        string method = "EFT",
        DateOnly? date = null,
        string reference = "",
        string currency = ""
    ) =>
        _company.Change(context =>
        {
            RequireAccount(context);
            var fields = Header(customerId, method, date ?? Day(context), reference, currency);
            fields.Items =
            [
                FieldValues.Of(
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["ACCOUNTNO"] = Account,
                        ["TRX_AMOUNT"] = amount.ToString(CultureInfo.InvariantCulture),
                    }
                ),
            ];
            return new AdvanceRules().Create(context, fields).RecordNo;
        });

    /// <summary>Changes DESCRIPTION, DOCNUMBER, WHENDUE or TERMNAME of an invoice.</summary>
    public void EditInvoice(string number, IReadOnlyDictionary<string, string> fields) =>
        _company.Edit("ARINVOICE", Money.Number(InvoiceNo(number)), fields);

    /// <summary>Changes the amount of a line, counted from 1.</summary>
    public void EditInvoiceLine(string number, int line, decimal amount) =>
        _company.Change(context =>
            InvoiceUpdate.Run(
                context,
                new XElement(
                    "update_invoice",
                    new XAttribute("key", Money.Number(Invoice(context, number).RecordNo)),
                    new XElement(
                        "updateinvoiceitems",
                        new XElement(
                            "updatelineitem",
                            new XAttribute("line_num", line),
                            new XElement("amount", amount.ToString(CultureInfo.InvariantCulture))
                        )
                    )
                )
            )
        );

    /// <summary>Deletes an unpaid invoice.</summary>
    public void DeleteInvoice(string number) => _company.Remove("ARINVOICE", Money.Number(InvoiceNo(number)));

    /// <summary>Takes a record's WHENMODIFIED away, as some live records have none.</summary>
    public void ForgetWhenModified(string kind, string key) =>
        _company.Change(context =>
        {
            var table = context.Table(kind);
            context.Books.ForgetWhenModified(
                table,
                table.Find(key) ?? table.Find(int.Parse(key, CultureInfo.InvariantCulture))!
            );
            return 0;
        });

    /// <summary>The RECORDNO of the invoice of a number; the reversal of one has another number.</summary>
    public int InvoiceNo(string number) => _company.Change(context => Invoice(context, number).RecordNo);

    private static DateOnly Day(WriteContext context) => DateOnly.FromDateTime(context.Stamp.At.UtcDateTime);

    private static StoredRecord Payment(WriteContext context, int number) =>
        context.Table("ARPYMT").Find(number)
        ?? throw new ArgumentException($"There is no ARPYMT {number}.", nameof(number));

    private static StoredRecord PaymentOrAdvance(WriteContext context, int number) =>
        context.Table("ARADVANCE").Find(number) ?? Payment(context, number);

    private static StoredRecord Invoice(WriteContext context, string number) =>
        context.Table("ARINVOICE").FindAll("RECORDID", number) is [var invoice, ..]
            ? invoice
            : throw new ArgumentException($"There is no ARINVOICE with the number '{number}'.", nameof(number));

    private static string CurrencyOf(WriteContext context, string customerId, IEnumerable<string> numbers) =>
        Document(context, numbers.First(), customerId).Record["CURRENCY"];

    /// <summary>The invoice of a number, else the debit memo.</summary>
    private static (ReceivableKind Kind, StoredRecord Record) Document(
        WriteContext context,
        string number,
        string? customerId = null
    )
    {
        foreach (var kind in ReceivableKind.All)
            if (
                context
                    .Table(kind.Object)
                    .FindAll("RECORDID", number)
                    .FirstOrDefault(d => customerId is not { Length: > 0 } || d["CUSTOMERID"] == customerId) is
                { } found
            )
                return (kind, found);
        throw new ArgumentException($"There is no invoice or debit memo with the number '{number}'.", nameof(number));
    }

    private static FieldValues Detail(
        WriteContext context,
        string customerId,
        string number,
        string field,
        decimal amount
    )
    {
        var (kind, document) = Document(context, number, customerId);
        return FieldValues.Of(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [kind.Key] = Money.Number(document.RecordNo),
                [field] = Money.Text(amount),
            }
        );
    }

    private static FieldValues Header(
        string customerId,
        string method,
        DateOnly date,
        string reference,
        string currency
    ) =>
        FieldValues.Of(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["FINANCIALENTITY"] = Bank,
                ["CUSTOMERID"] = customerId,
                ["PAYMENTMETHOD"] = method,
                ["RECEIPTDATE"] = Money.Text(date),
                ["PAYMENTDATE"] = Money.Text(date),
                ["CURRENCY"] = currency,
                ["DOCNUMBER"] = reference,
            }
        );
}
