using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules.Invoices;

namespace IntacctSync.Simulators.Intacct.Rules.Payments;

/// <summary>
/// Something other than money that a detail of a payment applies: the fields it is named by, and where it is kept.
/// </summary>
/// <param name="Key">The field with its RECORDNO.</param>
/// <param name="Amount">The field with the amount; <c>TRX_</c> before it makes it the transaction currency's.</param>
/// <param name="Object">What it is.</param>
internal sealed record CreditSource(string Key, string Amount, string Object)
{
    public static readonly CreditSource Advance = new("ADVANCEKEY", "POSTEDADVANCEAMOUNT", "ARADVANCE")
    {
        PostedKey = "POSTEDADVANCEKEY",
    };
    public static readonly CreditSource Overpayment = new("OVERPAYMENTKEY", "POSTEDOVERPAYMENTAMOUNT", "ARPYMT")
    {
        PostedKey = "POSTEDOVERPAYMENTKEY",
    };
    public static readonly CreditSource CreditMemo = new("ADJUSTMENTKEY", "ADJUSTMENTAMOUNT", "ARADJUSTMENT");
    public static readonly CreditSource NegativeInvoice = new(
        "NEGATIVEINVOICEKEY",
        "NEGATIVEINVOICEAMOUNT",
        "ARINVOICE"
    );

    public static IReadOnlyList<CreditSource> All { get; } = [Advance, Overpayment, CreditMemo, NegativeInvoice];

    /// <summary>The other field that may name it; null where there is none.</summary>
    public string? PostedKey { get; private init; }

    public string TrxAmount => $"TRX_{Amount}";

    /// <summary>The RECORDNO that a detail names, in whichever field; empty for none.</summary>
    public string KeyIn(StoredRecord detail) =>
        detail[Key].Length > 0 || PostedKey is null ? detail[Key] : detail[PostedKey];

    /// <summary>The details that name a credit, in whichever field.</summary>
    public IEnumerable<StoredRecord> DetailsOf(WriteContext context, StoredRecord credit)
    {
        var details = context.Table("ARPYMTDETAIL");
        IReadOnlyList<StoredRecord> posted = PostedKey is null ? [] : details.FindAll(PostedKey, credit.RecordNo);
        return details.FindAll(Key, credit.RecordNo).Concat(posted);
    }

    /// <summary>The field that names one of its lines.</summary>
    public string LineKey => Key.Replace("KEY", "ENTRYKEY", StringComparison.Ordinal);

    /// <summary>The kind of document that it is; null for advances and over-payments.</summary>
    public ReceivableKind? Kind => ReceivableKind.All.FirstOrDefault(k => k.CreditKey == Key);
}
