using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// Where a person asks for booked invoices that have not changed in Zuper, looks whether they still stand in Intacct.
/// None is made again by itself.
/// </summary>
internal static class AskedInvoices
{
    /// <summary>An invoice whose counterpart is gone or reversed ends: a person decides.</summary>
    public static async Task LookAsync(InvoicePass pass, CancellationToken cancellationToken)
    {
        var asked = pass.OpenOf<InvoiceDecision.Unchanged>()
            .Where(w => w.Record.Requested && w.IsInBooks && !InvoiceStatus.IsAtRest(w.Invoice))
            .ToList();
        await BookedReader.ReadAsync(pass, asked, cancellationToken);
        foreach (var work in asked.Where(w => w.IsOpen))
        {
            if (work.Booked is null)
                work.Fail(UpdateDecision.Gone(work.Entry).Failure);
            else if (work.Booked.State == BookedState.Reversed)
                work.Fail(InvoiceLimits.ReversedInIntacct(work.Booked));
        }
    }
}
