using System.Globalization;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules.Invoices;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// ARPYMTDETAIL: what of a payment goes to which line of which invoice or debit memo. A draft keeps its details as they
/// were given; a complete payment has one per line that it pays, first lines first (the waterfall); that each names its
/// line is [inferred].
/// </summary>
internal static class PaymentDetails
{
    private const string Discount = "TRX_DISCOUNTAMOUNT";
    private const string DiscountToApply = "TRX_TOTALDISCOUNTTOAPPLY";

    private static readonly string[] Taken =
    [
        "RECORDKEY",
        "ENTRYKEY",
        "POSADJKEY",
        "POSADJENTRYKEY",
        "DISCOUNTDATE",
        .. CreditSource.All.SelectMany(s => new[] { s.Key, s.LineKey }),
        .. Amounts,
    ];

    private static IEnumerable<string> Amounts =>
        ["TRX_PAYMENTAMOUNT", .. CreditSource.All.Select(s => s.TrxAmount), Discount];

    /// <summary>All that a detail pays, of whatever source, in the currency of the transaction.</summary>
    public static decimal Applied(StoredRecord detail) =>
        detail.Amount("TRX_PAYMENTAMOUNT") + Credits(detail) + detail.Amount(Discount);

    /// <summary>What a detail applies of credits.</summary>
    public static decimal Credits(StoredRecord detail)
    {
        decimal sum = 0;
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
    public static FieldValues Given(StoredRecord detail)
    {
        var given = FieldValues.Of(detail.Values.Where(v => Taken.Contains(v.Key, StringComparer.Ordinal)));
        given[DiscountToApply] = detail[Discount];
        foreach (var source in CreditSource.All.Where(s => s.KeyIn(detail).Length > 0))
            given[source.Key] = source.KeyIn(detail);
        return given;
    }

    /// <summary>Keeps a detail as it was given.</summary>
    public static Dictionary<string, string> Draft(WriteContext context, StoredRecord payment, FieldValues row)
    {
        if (row["INLINEKEY"].Length > 0 || row["TRX_INLINEAMOUNT"].Length > 0)
            throw RefusedException.Invalid("Inline credits are not enabled");
        foreach (var (name, _) in row.All)
            if (!Taken.Contains(name, StringComparer.Ordinal) && name != DiscountToApply)
                context.IgnoredFields.Add($"ARPYMTDETAIL.{name}");
        var values = Taken
            .Where(n => n != Discount && row[n].Length > 0)
            .ToDictionary(n => n, n => row[n], StringComparer.Ordinal);
        if (row[DiscountToApply].Length > 0)
        {
            if (row["DISCOUNTDATE"].Length > 0)
                throw RefusedException.Invalid($"Use either DISCOUNTDATE or {DiscountToApply}");
            values[Discount] = row[DiscountToApply];
        }
        foreach (var amount in Amounts.Where(values.ContainsKey))
            values[amount] = Money.Text(LegacyValues.Number(values[amount], amount));
        values["PAYMENTKEY"] = Money.Number(payment.RecordNo);
        values["PAYMENTDATE"] = payment["WHENPAID"];
        values["CURRENCY"] = payment["CURRENCY"];
        values["STATE"] = "D";
        return values;
    }

    /// <summary>Applies a detail to the lines of its invoice or debit memo.</summary>
    /// <exception cref="RefusedException">There is no such document or credit, or less is due or left than is to be
    /// applied.</exception>
    public static void Apply(WriteContext context, StoredRecord payment, Dictionary<string, string> given)
    {
        var kind = KindOf(given);
        var document = Document(context, kind, payment, given.GetValueOrDefault(kind.Key, ""));
        var applied = false;
        if (given.TryGetValue("DISCOUNTDATE", out var date))
        {
            var money = decimal.Parse(given.GetValueOrDefault("TRX_PAYMENTAMOUNT", "0"), CultureInfo.InvariantCulture);
            if (TermDiscount.Of(context, document, date, money) is > 0 and var discount)
                given[Discount] = Money.Text(discount);
        }
        foreach (var field in Amounts.Where(given.ContainsKey))
        {
            var left = decimal.Parse(given[field], CultureInfo.InvariantCulture);
            if (left < 0)
                throw RefusedException.Invalid($"The amount {given[field]} of {field} is not valid");
            applied |= left > 0;
            RequireCredit(context, payment, given, field, left);
            foreach (var line in kind.LinesOf(context, document))
            {
                var due = line.Amount("TRX_TOTALDUE");
                if (
                    left == 0
                    || due <= 0
                    || (given.TryGetValue(kind.LineKey, out var only) && only != Money.Number(line.RecordNo))
                )
                    continue;
                var part = Math.Min(left, due);
                left -= part;
                Insert(context, kind, payment, given, line, field, part);
            }
            document = ReceivableTotals.Settle(context, kind, document, payment.Day("WHENPAID"));
            if (left > 0 || document.Amount("TRX_TOTALDUE") < 0)
                throw new RefusedException(
                    new IntacctError(
                        "BL03000130",
                        $"The amount {given[field]} is more than what is due on the transaction "
                            + $"'{document["RECORDID"]}'"
                    )
                );
        }
        if (!applied)
            throw RefusedException.Invalid("A payment detail needs an amount above zero");
    }

    /// <summary>Sums up all that details pay and all that they apply, after they came or went.</summary>
    public static void Settle(WriteContext context, IReadOnlyList<StoredRecord> details, DateOnly? paidOn)
    {
        foreach (var kind in ReceivableKind.All)
        {
            var keys = details.Where(d => d[kind.Key].Length > 0).Select(d => (int)d.Amount(kind.Key)).Distinct();
            foreach (var key in keys)
            {
                if (context.Table(kind.Object).Find(key) is { } document)
                    ReceivableTotals.Settle(context, kind, document, paidOn);
            }
        }

        PaymentTotals.Follow(context, details, paidOn);
    }

    private static ReceivableKind KindOf(Dictionary<string, string> given)
    {
        if (!given.ContainsKey(ReceivableKind.Adjustment.Key))
            return ReceivableKind.Invoice;
        return given.ContainsKey(ReceivableKind.Invoice.Key)
            ? throw RefusedException.Invalid("A payment detail pays either an invoice or a debit memo")
            : ReceivableKind.Adjustment;
    }

    private static StoredRecord Document(WriteContext context, ReceivableKind kind, StoredRecord payment, string key)
    {
        var word = kind == ReceivableKind.Invoice ? "invoice" : "debit memo";
        var document = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? context.Table(kind.Object).Find(number)
            : null;
        if (document is null)
            throw RefusedException.Invalid($"There is no {word} with the record number '{key}' to pay");
        var name = $"The {word} '{document["RECORDID"]}'";
        if (payment["CUSTOMERID"].Length > 0 && document["CUSTOMERID"] != payment["CUSTOMERID"])
            throw RefusedException.Invalid($"{name} is not one of customer '{payment["CUSTOMERID"]}'");
        if (document["CURRENCY"] != payment["CURRENCY"])
            throw RefusedException.Invalid(
                $"{name} is in {document["CURRENCY"]}, the payment in {payment["CURRENCY"]}"
            );
        if (document.Amount("TRX_TOTALENTERED") < 0)
            throw RefusedException.Invalid($"{name} is a credit and cannot be paid");
        return document["STATE"] switch
        {
            "Posted" or "Partially Paid" => document,
            "Paid" => throw new RefusedException(
                new IntacctError("BL03000130", $"The transaction '{document["RECORDID"]}' is already paid")
            ),
            var state => throw RefusedException.Invalid($"{name} is {state} and cannot be paid"),
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
            || credit["CURRENCY"] != payment["CURRENCY"]
            || PaymentTotals.Left(context, source, credit) < amount
        )
            throw RefusedException.Invalid(
                $"The credit '{key}' of {source.Key} has no {Money.Text(amount)} left for this " + "customer"
            );
    }

    private static void Insert(
        WriteContext context,
        ReceivableKind kind,
        StoredRecord payment,
        Dictionary<string, string> given,
        StoredRecord line,
        string field,
        decimal part
    )
    {
        var rate = ExchangeRate.Of(payment);
        if (
            field == Discount
            && !context.Options.DiscountsInOwnDetail
            && Of(context, payment).LastOrDefault(d => d[kind.LineKey] == Money.Number(line.RecordNo)) is { } money
            && money["TRX_PAYMENTAMOUNT"].Length > 0
            && money[Discount].Length == 0
        )
        {
            var both = new Dictionary<string, string>(money.Values, StringComparer.Ordinal);
            Amount(both, field, part, rate);
            context.Books.UpdateQuietly(context.Table("ARPYMTDETAIL"), money, both, context.Stamp);
            return;
        }
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [kind.Key] = line["RECORDKEY"],
            [kind.LineKey] = Money.Number(line.RecordNo),
            ["PAYMENTKEY"] = Money.Number(payment.RecordNo),
            ["PAYMENTDATE"] = payment["WHENPAID"],
            ["CURRENCY"] = payment["CURRENCY"],
            ["STATE"] = "C",
        };
        Amount(values, field, part, rate);
        if (CreditSource.All.FirstOrDefault(s => s.TrxAmount == field) is { } source)
        {
            values[context.Options.CreditsNamedAsPosted ? source.PostedKey ?? source.Key : source.Key] = given[
                source.Key
            ];
            if (given.TryGetValue(source.LineKey, out var lineKey))
                values[source.LineKey] = lineKey;
        }
        context.Books.Insert(context.Table("ARPYMTDETAIL"), values, context.Stamp);
    }

    private static void Amount(Dictionary<string, string> values, string field, decimal part, ExchangeRate rate)
    {
        values[field] = Money.Text(part);
        values[field["TRX_".Length..]] = Money.Text(part * rate.Rate);
    }
}
