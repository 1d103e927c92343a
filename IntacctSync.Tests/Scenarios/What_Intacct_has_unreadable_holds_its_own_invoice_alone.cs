using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// An invoice in Intacct of which an amount can't be read needs a person, and so does no other one of its batch.
/// </summary>
public sealed class What_Intacct_has_unreadable_holds_its_own_invoice_alone : InvoiceRoadTest
{
    [Fact]
    public async Task Where_it_is_to_be_changed()
    {
        await BooksAsync();
        var (before, spoilt, after) = (MakeInvoice(), MakeInvoice(), MakeInvoice());
        await RestAsync();
        var booked = InvoiceId(spoilt)!;
        Spoil("ARINVOICE", r => r["RECORDNO"] == booked, "TRX_TOTALDUE");
        foreach (var uid in new[] { before, spoilt, after })
            Zuper.Screens.Edit(uid, invoice => invoice["reference_no"] = "PO 1");
        await RestAsync();

        await AssertNeedsAsync(spoilt, "record-unreadable");
        await AssertSyncedAsync(before);
        await AssertSyncedAsync(after);
        Assert.Equal(2, Invoices.Count(i => i["DOCNUMBER"] == "PO 1"));
    }
}
