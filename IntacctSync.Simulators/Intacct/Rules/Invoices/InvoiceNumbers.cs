using System.Globalization;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules.Invoices;

/// <summary>The numbers of invoices: given or made, and once in the company, or once per customer.</summary>
internal static class InvoiceNumbers
{
    public static string New(WriteContext context, string number, string customerId)
    {
        var invoices = context.Table("ARINVOICE");
        if (number.Length > 0)
        {
            RequireUnused(context, number, customerId);
            return number;
        }
        // The words for bills are recorded (BL03002128); that invoices are refused with the same number is [inferred].
        if (!context.Options.AutoNumberInvoices)
            throw new RefusedException(new IntacctError("BL03002128", "Enter an Invoice number, and try again."));
        for (var next = invoices.LastRecordNo + 1; ; next++)
            if (
                string.Create(CultureInfo.InvariantCulture, $"INV-{next:00000}") is var made
                && invoices.FindAll("RECORDID", made).Count == 0
            )
                return made;
    }

    public static void RequireUnused(WriteContext context, string number, string customerId, StoredRecord? self = null)
    {
        var taken = context
            .Table("ARINVOICE")
            .FindAll("RECORDID", number)
            .Where(i => i.RecordNo != self?.RecordNo)
            .Any(i => !context.Options.InvoiceNumbersPerCustomer || i["CUSTOMERID"] == customerId);
        if (taken)
            throw new RefusedException(new IntacctError("BL03002185", "A transaction with that number already exists"));
    }
}
