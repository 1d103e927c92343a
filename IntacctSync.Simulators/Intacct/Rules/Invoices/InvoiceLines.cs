using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>The lines of an invoice, counted from 1.</summary>
internal static class InvoiceLines
{
    public static IReadOnlyList<StoredRecord> Of(WriteContext context, StoredRecord invoice) =>
        context.Table("ARINVOICEITEM").FindAll("RECORDKEY", invoice.RecordNo);

    public static void Add(WriteContext context, StoredRecord invoice, int number, Dictionary<string, string> line)
    {
        line["RECORDKEY"] = Money.Number(invoice.RecordNo);
        line["RECORDTYPE"] = "ri";
        line["LINE_NO"] = Money.Number(number);
        context.Books.Insert(context.Table("ARINVOICEITEM"), line, context.Stamp);
    }

    public static void Remove(WriteContext context, StoredRecord invoice)
    {
        foreach (var line in Of(context, invoice))
            context.Books.Delete(context.Table("ARINVOICEITEM"), line, context.Stamp);
    }
}
