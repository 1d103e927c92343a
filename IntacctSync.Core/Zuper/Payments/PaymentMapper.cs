using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>An Intacct payment as payments on Zuper invoices. Pure.</summary>
public static class PaymentMapper
{
    private const string ReferencePrefix = "SAGE-";

    /// <summary>
    /// What was paid of each invoice, by its RECORDNO, in the invoice's currency: money, and earlier advances and
    /// overpayments that are applied to it.
    /// </summary>
    /// <remarks>
    /// Credit memos, negative invoices and discounts settle an invoice, too, but are no payments. A sum of zero is left
    /// out.
    /// </remarks>
    public static IReadOnlyDictionary<string, decimal> ByInvoice(IEnumerable<PaymentApplication> applications) =>
        applications
            .Where(a => a.RecordKey is not null && a.DebitMemoKey is null)
            .GroupBy(a => a.RecordKey!, StringComparer.Ordinal)
            .Select(g => (Invoice: g.Key, Amount: g.Sum(Received)))
            .Where(g => g.Amount > 0)
            .ToDictionary(g => g.Invoice, g => g.Amount, StringComparer.Ordinal);

    /// <summary>
    /// What was paid of each invoice in the invoice's own currency, as Intacct applied it, and the invoices for which
    /// that can't be told.
    /// </summary>
    /// <remarks>
    /// A detail has its amounts in its own currency and in the base currency (developer.intacct.com, AR Payments: TRX_
    /// amounts). The bare number of another currency is never taken. An invoice that was read and names no currency of
    /// its own is in the currency of its books, and where it names none of these either, of a company with a single
    /// one; an invoice that was not shown proves nothing.
    /// </remarks>
    /// <param name="payment">The payment.</param>
    /// <param name="applications">What it paid.</param>
    /// <param name="currencies">Of the invoices that Intacct showed, by RECORDNO; empty where neither the payment nor
    /// what it paid names a currency.</param>
    internal static (
        IReadOnlyDictionary<string, decimal> ByInvoice,
        IReadOnlyDictionary<string, Problem> Unclear
    ) Applied(
        PaymentRecord payment,
        IEnumerable<PaymentApplication> applications,
        IReadOnlyDictionary<string, InvoiceCurrencies> currencies
    )
    {
        var unclear = new Dictionary<string, Problem>(StringComparer.Ordinal);
        var clear = new List<PaymentApplication>();
        foreach (var application in applications.Where(a => a.RecordKey is not null))
        {
            var key = application.RecordKey!;
            var own = application.Currency ?? payment.Currency;
            if (own is null || application.DebitMemoKey is not null || Received(application) <= 0)
                clear.Add(application);
            else if (currencies.GetValueOrDefault(key) is not { } invoice)
                unclear[key] = OfUnseenInvoice(payment, own, key);
            else if ((invoice.Own ?? invoice.Base) is not { } currency || IsSame(own, currency))
                clear.Add(application);
            else if (IsSame(currency, invoice.Base) && InBase(application) is { } inBase)
                clear.Add(inBase);
            else
                unclear[key] = InOtherCurrency(payment, own, key, currency);
        }

        return (
            ByInvoice(clear)
                .Where(p => !unclear.ContainsKey(p.Key))
                .ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal),
            unclear
        );
    }

    private static bool IsSame(string? one, string? other) =>
        string.Equals(one?.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The same with its amounts in the base currency; null where one of them is missing.</summary>
    private static PaymentApplication? InBase(PaymentApplication a) =>
        (a.TrxPaymentAmount is null or 0 || a.PaymentAmount is not null)
        && (a.Advance.TrxAmount is null or 0 || a.Advance.Amount is not null)
        && (a.Overpayment.TrxAmount is null or 0 || a.Overpayment.Amount is not null)
            ? a with
            {
                TrxPaymentAmount = a.PaymentAmount,
                Advance = a.Advance with { TrxAmount = a.Advance.Amount },
                Overpayment = a.Overpayment with { TrxAmount = a.Overpayment.Amount },
            }
            : null;

    private static Problem InOtherCurrency(PaymentRecord payment, string own, string invoice, string currency) =>
        new(
            "payment-currency-differs",
            $"Payment {Title(payment)} (RECORDNO {payment.RecordNo}) is in {own} and pays the invoice with RECORDNO "
                + $"{invoice}, which is in {currency}. Intacct does not tell how much that is in {currency}.",
            "Record in Zuper by hand what Intacct took off the invoice, then ignore this payment."
        );

    private static Problem OfUnseenInvoice(PaymentRecord payment, string own, string invoice) =>
        new(
            "payment-invoice-not-shown",
            $"Payment {Title(payment)} (RECORDNO {payment.RecordNo}) is in {own} and pays the invoice with RECORDNO "
                + $"{invoice}, which Intacct does not show: it can't be told whether that invoice is in {own}, too.",
            "Check that the connection's user sees the invoice in Intacct, then retry."
        );

    /// <summary>What a person calls it.</summary>
    public static string Title(PaymentRecord payment) => IntacctText.Cut(payment.DocNumber ?? payment.RecordNo, 100);

    /// <summary>
    /// The reference by which the payment is found among those of a Zuper invoice. Each time that it is recorded anew,
    /// the reference ends in another number: <c>SAGE-553</c>, then <c>SAGE-553-2</c>.
    /// </summary>
    /// <param name="recordNo">RECORDNO of the ARPYMT.</param>
    /// <param name="time">1 for the first time.</param>
    public static string Reference(string recordNo, int time) =>
        time == 1
            ? ReferencePrefix + recordNo
            : string.Create(CultureInfo.InvariantCulture, $"{ReferencePrefix}{recordNo}-{time}");

    /// <summary>
    /// How often the payment had been recorded with this reference, counted from 1; null for the reference of another
    /// payment.
    /// </summary>
    public static int? TimeOf(string recordNo, string? reference)
    {
        var text = reference?.Trim() ?? "";
        var first = Reference(recordNo, 1);
        if (string.Equals(text, first, StringComparison.OrdinalIgnoreCase))
            return 1;
        return
            text.StartsWith(first + "-", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(
                text.AsSpan(first.Length + 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var time
            )
            && time > 1
            ? time
            : null;
    }

    /// <summary>
    /// Which payment a reference of this program names, by its RECORDNO, and how often it had been recorded with it;
    /// null for any other reference.
    /// </summary>
    public static (string RecordNo, int Time)? PaymentOf(string? reference)
    {
        if (!IsOfIntacct(reference))
            return null;
        var recordNo = new string([.. reference!.Trim()[ReferencePrefix.Length..].TakeWhile(char.IsAsciiDigit)]);
        return recordNo.Length > 0 && TimeOf(recordNo, reference) is { } time ? (recordNo, time) : null;
    }

    /// <summary>Whether a reference is one that this program gives.</summary>
    public static bool IsOfIntacct(string? reference) =>
        reference?.Trim().StartsWith(ReferencePrefix, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The payment as it is recorded on an invoice, or what a person must set first.</summary>
    public static Mapped<ZuperPayment> Map(
        PaymentRecord payment,
        decimal amount,
        int time,
        ZuperConnectionSettings settings
    )
    {
        if ((payment.ReceiptDate ?? payment.WhenPaid) is not { } date)
            return Rejected(
                "payment-without-date",
                $"Payment {Title(payment)} has no receipt date.",
                "Give it one in Intacct, then retry."
            );
        var method = payment.PaymentMethod?.Trim() ?? "";
        if (ModeOf(method, settings) is not { } mode)
        {
            return Rejected(
                "payment-mode-missing",
                $"Payment {Title(payment)} is made by '{method}', for which no payment mode is set, and "
                    + $"neither is a default one.",
                $"Choose a mode for '{method}' in paymentModes, or one for all in defaultPaymentModeUid; then retry "
                    + "all with this cause."
            );
        }

        if (!ZuperUid.IsUid(mode))
        {
            return Rejected(
                "payment-mode-refused",
                $"The payment mode for '{method}' is '{IntacctText.Cut(mode, 60)}', which is no uid of Zuper.",
                "Correct paymentModes or defaultPaymentModeUid: Zuper's support tells the uids of payment "
                    + "modes. Then retry all with this cause."
            );
        }

        var remarks = string.Create(
            CultureInfo.InvariantCulture,
            $"Sage Intacct payment {Title(payment)} (RECORDNO {payment.RecordNo}), {method}"
        );
        var mapped = new ZuperPayment(amount, date, mode, Reference(payment.RecordNo, time), remarks);
        return new Mapped<ZuperPayment>.Document(mapped, mapped.ReferenceNo);
    }

    /// <summary>Equal for payments that are recorded equally.</summary>
    public static string HashOf(IReadOnlyDictionary<string, decimal> byInvoice) =>
        ShortHash.Of(
            string.Join(
                '\n',
                byInvoice
                    .OrderBy(p => p.Key, StringComparer.Ordinal)
                    .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:0.####}"))
            ),
            26
        );

    private static decimal Received(PaymentApplication application) =>
        (application.TrxPaymentAmount ?? application.PaymentAmount ?? 0)
        + (application.Advance.TrxAmount ?? application.Advance.Amount ?? 0)
        + (application.Overpayment.TrxAmount ?? application.Overpayment.Amount ?? 0);

    private static string? ModeOf(string method, ZuperConnectionSettings settings)
    {
        var mapped = settings.PaymentModes.FirstOrDefault(m => ComparisonKey.AreEqual(m.Key, method)).Value;
        var mode = string.IsNullOrWhiteSpace(mapped) ? settings.DefaultPaymentModeUid : mapped;
        return string.IsNullOrWhiteSpace(mode) ? null : mode.Trim();
    }

    private static Mapped<ZuperPayment>.Rejected Rejected(string code, string message, string fix) =>
        new(new Problem(code, message, fix));
}

/// <summary>In which currencies an invoice is, each as an ISO 4217 code.</summary>
/// <param name="Own">Of the invoice itself; null where Intacct names none.</param>
/// <param name="Base">Of the books that it is in; null where Intacct names none.</param>
internal sealed record InvoiceCurrencies(string? Own, string? Base);
