namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// Something other than money that a detail of a payment applies: the fields it is named by, and where it is kept.
/// </summary>
/// <param name="Key">The field with its RECORDNO.</param>
/// <param name="Amount">The field with the amount; <c>TRX_</c> before it makes it the transaction currency's.</param>
/// <param name="Object">What it is.</param>
internal sealed record CreditSource(string Key, string Amount, string Object)
{
    public static IReadOnlyList<CreditSource> All { get; } =
    [
        new("ADVANCEKEY", "POSTEDADVANCEAMOUNT", "ARPYMT"),
        new("OVERPAYMENTKEY", "POSTEDOVERPAYMENTAMOUNT", "ARPYMT"),
        new("ADJUSTMENTKEY", "ADJUSTMENTAMOUNT", "ARADJUSTMENT"),
    ];

    public string TrxAmount => $"TRX_{Amount}";
}
