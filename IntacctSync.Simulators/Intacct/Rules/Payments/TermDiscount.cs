using System.Globalization;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// What a detail takes off by DISCOUNTDATE: the discount of the invoice's term, where the date lies within it and the
/// money is all that is due with the discount taken off. It is counted from the invoice's total [assumed].
/// </summary>
internal static class TermDiscount
{
    /// <summary>The discount in the currency of the transaction; 0 where there is none at that date.</summary>
    public static decimal Of(WriteContext context, StoredRecord invoice, string date, decimal money)
    {
        var day = DateOnly.ParseExact(date, Money.DateFormat, CultureInfo.InvariantCulture);
        if (
            invoice["TERMNAME"] is not { Length: > 0 } name
            || context.Table("ARTERM").Find(name) is not { } term
            || term["DISCAMOUNT"].Length == 0
        )
            return 0;
        var last = invoice
            .Day("WHENCREATED")!
            .Value.AddDays((int)term.Amount("DISCDATE") + (int)term.Amount("DISCFUDGEDAYS"));
        if (day > last)
            return 0;
        var entered = invoice.Amount("TRX_TOTALENTERED");
        var discount = Money.Rounded(
            term["DISCPERCAMN"] == "$" ? term.Amount("DISCAMOUNT") : entered * term.Amount("DISCAMOUNT") / 100
        );
        return money == invoice.Amount("TRX_TOTALDUE") - discount
            ? discount
            : throw RefusedException.Invalid(
                $"To take the discount of {Money.Text(discount)}, the payment of the transaction "
                    + $"'{invoice["RECORDID"]}' must be all that is due without it"
            );
    }
}
