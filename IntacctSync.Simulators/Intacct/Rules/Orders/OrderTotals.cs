using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Orders;

/// <summary>A document of Order Entry shows what its invoice was paid.</summary>
internal static class OrderTotals
{
    public static void Follow(WriteContext context, StoredRecord invoice)
    {
        if (invoice["MODULEKEY"] != "8.SO")
            return;
        var table = context.Table("SODOCUMENT");
        foreach (var document in table.FindAll("PRRECORDKEY", invoice.RecordNo))
        {
            var values = new Dictionary<string, string>(document.Values, StringComparer.Ordinal);
            foreach (var total in new[] { "TOTALENTERED", "TOTALPAID", "TOTALDUE" })
            {
                values[total] = invoice[total];
                values["TRX_" + total] = invoice["TRX_" + total];
            }

            values["PAYMENTSTATUS"] = invoice["STATE"] is "Paid" or "Partially Paid" ? invoice["STATE"] : "Open";
            context.Books.UpdateQuietly(table, document, values, context.Stamp);
        }
    }
}
