using System.Globalization;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules.Invoices;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// ARPYMTDETAIL: what of a payment goes to which line of which invoice. A draft keeps its details as they were given; a
/// complete payment has one per line that it pays, first lines first (the waterfall); that each names its line is
/// [inferred].
/// </summary>
internal static class PaymentDetails
{
    private static readonly string[] Taken =
    [
        "RECORDKEY",
        "ENTRYKEY",
        "ADVANCEKEY",
        "OVERPAYMENTKEY",
        "ADJUSTMENTKEY",
        .. Amounts,
    ];

    private static IEnumerable<string> Amounts => ["TRX_PAYMENTAMOUNT", .. CreditSource.All.Select(s => s.TrxAmount)];

    /// <summary>All that a detail pays, of whatever source, in the currency of the transaction.</summary>
    public static decimal Applied(StoredRecord detail)
    {
        var sum = detail.Amount("TRX_PAYMENTAMOUNT");
        foreach (var source in CreditSource.All)
            sum += detail.Amount(source.TrxAmount);
        return sum;
    }

    public static IReadOnlyList<StoredRecord> Of(WriteContext context, StoredRecord payment) =>
        context.Table("ARPYMTDETAIL").FindAll("PAYMENTKEY", payment.RecordNo);

    public static void Remove(WriteContext context, StoredRecord payment)
    {
        foreach (var detail in Of(context, payment))
            context.Books.Delete(context.Table("ARPYMTDETAIL"), detail, context.Stamp);
    }

    /// <summary>What was said of a detail of a draft.</summary>
    public static FieldValues Given(StoredRecord detail) =>
        FieldValues.Of(detail.Values.Where(v => Taken.Contains(v.Key, StringComparer.Ordinal)));

    /// <summary>Keeps a detail as it was given.</summary>
    public static Dictionary<string, string> Draft(WriteContext context, StoredRecord payment, FieldValues row)
    {
        foreach (var (name, _) in row.All)
            if (!Taken.Contains(name, StringComparer.Ordinal))
                context.IgnoredFields.Add($"ARPYMTDETAIL.{name}");
        var values = Taken.Where(n => row[n].Length > 0).ToDictionary(n => n, n => row[n], StringComparer.Ordinal);
        foreach (var amount in Amounts.Where(values.ContainsKey))
            values[amount] = Money.Text(LegacyValues.Number(values[amount], amount));
        values["PAYMENTKEY"] = Money.Number(payment.RecordNo);
        values["PAYMENTDATE"] = payment["WHENPAID"];
        values["CURRENCY"] = payment["CURRENCY"];
        values["STATE"] = "D";
        return values;
    }

    /// <summary>Applies a detail to the lines of its invoice.</summary>
    /// <exception cref="RefusedException">There is no such invoice or credit, or less is due or left than is to be
    /// applied.</exception>
    public static void Apply(WriteContext context, StoredRecord payment, Dictionary<string, string> given)
    {
        var invoice = Invoice(context, payment, given.GetValueOrDefault("RECORDKEY", ""));
        var rate = invoice.Amount("EXCHANGE_RATE") is 0 ? 1 : invoice.Amount("EXCHANGE_RATE");
        var applied = false;
        foreach (var field in Amounts.Where(given.ContainsKey))
        {
            var left = decimal.Parse(given[field], CultureInfo.InvariantCulture);
            if (left < 0)
                throw RefusedException.Invalid($"The amount {given[field]} of {field} is not valid");
            applied |= left > 0;
            RequireCredit(context, payment, given, field, left);
            foreach (var line in InvoiceLines.Of(context, invoice))
            {
                var due = line.Amount("TRX_TOTALDUE");
                if (
                    left == 0
                    || due <= 0
                    || (given.TryGetValue("ENTRYKEY", out var only) && only != Money.Number(line.RecordNo))
                )
                    continue;
                var part = Math.Min(left, due);
                left -= part;
                Insert(context, payment, given, line, field, part, rate);
            }
            invoice = InvoiceTotals.Settle(context, invoice, payment.Day("WHENPAID"));
            if (left > 0 || invoice.Amount("TRX_TOTALDUE") < 0)
                throw new RefusedException(
                    new IntacctError(
                        "BL03000130",
                        $"The amount {given[field]} is more than what is due on the transaction '{invoice["RECORDID"]}'"
                    )
                );
        }
        if (!applied)
            throw RefusedException.Invalid("A payment detail needs an amount above zero");
    }

    private static StoredRecord Invoice(WriteContext context, StoredRecord payment, string key)
    {
        var invoice = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? context.Table("ARINVOICE").Find(number)
            : null;
        if (invoice is null)
            throw RefusedException.Invalid($"There is no invoice with the record number '{key}' to pay");
        if (payment["CUSTOMERID"].Length > 0 && invoice["CUSTOMERID"] != payment["CUSTOMERID"])
            throw RefusedException.Invalid(
                $"The invoice '{invoice["RECORDID"]}' is not one of customer '{payment["CUSTOMERID"]}'"
            );
        if (invoice["CURRENCY"] != payment["CURRENCY"])
            throw RefusedException.Invalid(
                $"The invoice '{invoice["RECORDID"]}' is in {invoice["CURRENCY"]}, the payment in {payment["CURRENCY"]}"
            );
        return invoice["STATE"] switch
        {
            "Posted" or "Partially Paid" => invoice,
            "Paid" => throw new RefusedException(
                new IntacctError("BL03000130", $"The transaction '{invoice["RECORDID"]}' is already paid")
            ),
            var state => throw RefusedException.Invalid(
                $"The invoice '{invoice["RECORDID"]}' is {state} and cannot be paid"
            ),
        };
    }

    private static void RequireCredit(
        WriteContext context,
        StoredRecord payment,
        Dictionary<string, string> given,
        string field,
        decimal amount
    )
    {
        if (CreditSource.All.FirstOrDefault(s => s.TrxAmount == field) is not { } source)
            return;
        var key = given.GetValueOrDefault(source.Key, "");
        var credit = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? context.Table(source.Object).Find(number)
            : null;
        if (
            credit is null
            || credit["CUSTOMERID"] != payment["CUSTOMERID"]
            || PaymentTotals.Left(context, source, credit) < amount
        )
            throw RefusedException.Invalid(
                $"The credit '{key}' of {source.Key} has no {Money.Text(amount)} left for this customer"
            );
    }

    private static void Insert(
        WriteContext context,
        StoredRecord payment,
        Dictionary<string, string> given,
        StoredRecord line,
        string field,
        decimal part,
        decimal rate
    )
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RECORDKEY"] = line["RECORDKEY"],
            ["ENTRYKEY"] = Money.Number(line.RecordNo),
            ["PAYMENTKEY"] = Money.Number(payment.RecordNo),
            ["PAYMENTDATE"] = payment["WHENPAID"],
            ["CURRENCY"] = payment["CURRENCY"],
            ["STATE"] = "C",
            [field] = Money.Text(part),
            [field["TRX_".Length..]] = Money.Text(part * rate),
        };
        if (CreditSource.All.FirstOrDefault(s => s.TrxAmount == field) is { } source)
            values[source.Key] = given[source.Key];
        context.Books.Insert(context.Table("ARPYMTDETAIL"), values, context.Stamp);
    }
}
