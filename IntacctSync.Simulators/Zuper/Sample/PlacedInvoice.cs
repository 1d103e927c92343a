using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Sample;

/// <summary>
/// Puts an invoice of the sample in with what no create can say: its status, its number, what was paid, a total that is
/// wrong.
/// </summary>
internal static class PlacedInvoice
{
    public static void Place(ZuperCompany company, string uid, SampleInvoice invoice, DateOnly firstDay, TimeSpan age)
    {
        var record = company.Place(ZuperModules.Invoice, uid, invoice.ToJson(firstDay), age);
        company.Change(
            ZuperModules.Invoice,
            record,
            r =>
            {
                if (invoice.Number is { } number)
                    r["invoice_no"] = number;
                if (invoice.BrokenTotal is { } total)
                    r[InvoiceMoney.BrokenTotal] = total;
                if (invoice.Status != InvoiceStatus.Draft)
                    InvoiceStatus.Enter(company, r, invoice.Status, "", ZuperActor.Person.Uid);
            },
            ZuperActor.Person,
            silently: true
        );
        if (invoice.Paid > 0)
            InvoicePayments.Record(
                company,
                record,
                new PaymentInput(invoice.Paid, ZuperPaymentModes.Cheque.Uid, "CHQ 118", null, "Paid at the door", null),
                ZuperActor.Person
            );
        // The sample counts as never changed since it was made.
        record["updated_at"] = record["created_at"]!.DeepClone();
        company.Of(ZuperModules.Invoice).Touched(record);
    }
}
