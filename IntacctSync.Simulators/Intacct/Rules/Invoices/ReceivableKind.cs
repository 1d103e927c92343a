using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>
/// Invoices and adjustments: both are owed where they are positive, and are credits where they are negative. A detail
/// of a payment names each by fields of its own.
/// </summary>
/// <param name="Object">The header.</param>
/// <param name="Lines">The object of its lines, which are counted from 1.</param>
/// <param name="RecordType">RECORDTYPE of both.</param>
/// <param name="Key">The field of a detail with the RECORDNO of the one that is paid.</param>
/// <param name="LineKey">The field with that of its line.</param>
/// <param name="CreditKey">The field with the RECORDNO of the one that is applied as a credit.</param>
/// <param name="CreditAmount">The field with how much of it.</param>
internal sealed record ReceivableKind(
    string Object,
    string Lines,
    string RecordType,
    string Key,
    string LineKey,
    string CreditKey,
    string CreditAmount
)
{
    public static readonly ReceivableKind Invoice = new(
        "ARINVOICE",
        "ARINVOICEITEM",
        "ri",
        "RECORDKEY",
        "ENTRYKEY",
        "NEGATIVEINVOICEKEY",
        "TRX_NEGATIVEINVOICEAMOUNT"
    );

    public static readonly ReceivableKind Adjustment = new(
        "ARADJUSTMENT",
        "ARADJUSTMENTITEM",
        "ra",
        "POSADJKEY",
        "POSADJENTRYKEY",
        "ADJUSTMENTKEY",
        "TRX_ADJUSTMENTAMOUNT"
    );

    public static IReadOnlyList<ReceivableKind> All { get; } = [Invoice, Adjustment];

    public IReadOnlyList<StoredRecord> LinesOf(WriteContext context, StoredRecord document) =>
        context.Table(Lines).FindAll("RECORDKEY", document.RecordNo);

    public void AddLine(WriteContext context, StoredRecord document, int number, Dictionary<string, string> line)
    {
        line["RECORDKEY"] = Money.Number(document.RecordNo);
        line["RECORDTYPE"] = RecordType;
        line["LINE_NO"] = Money.Number(number);
        context.Books.Insert(context.Table(Lines), line, context.Stamp);
    }

    public void RemoveLines(WriteContext context, StoredRecord document)
    {
        foreach (var line in LinesOf(context, document))
            context.Books.Delete(context.Table(Lines), line, context.Stamp);
    }
}
