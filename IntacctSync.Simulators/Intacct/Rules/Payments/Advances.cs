using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// Advances: money of a customer that no invoice has yet, kept as a payment of type rr. ARPYMT can apply but not make
/// them, so a person does.
/// </summary>
internal static class Advances
{
    public static StoredRecord Make(WriteContext context, FieldValues fields, decimal amount)
    {
        var values = PaymentRules.State(PaymentRules.Header(context, [], fields), "Complete", "C");
        values["RECORDTYPE"] = "rr";
        return context.Books.Insert(
            context.Table("ARPYMT"),
            PaymentTotals.Put(values, Money.Rounded(amount), 0),
            context.Stamp
        );
    }
}
