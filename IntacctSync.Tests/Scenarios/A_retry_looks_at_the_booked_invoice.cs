using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_retry_looks_at_the_booked_invoice : InvoiceRoadTest
{
    [Fact]
    public async Task One_that_is_gone_is_asked_about_and_stays_so_when_it_is_touched()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Screens.DeleteInvoice(Booked(uid)["RECORDID"]);
        await RetryAsync(uid);
        await AssertNeedsAsync(uid, "invoice-gone");
        Zuper.Screens.Edit(uid, i => i["remarks"] = "Called twice");
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-gone");
        Assert.Empty(Invoices);
    }

    [Fact]
    public async Task One_that_was_reversed_is_asked_about()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Screens.ReverseInvoice(Booked(uid)["RECORDID"]);
        await RetryAsync(uid);
        await AssertNeedsAsync(uid, "invoice-reversed-in-intacct");
    }

    [Fact]
    public async Task One_that_stands_stays_as_the_accountants_have_it()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Company.Edit(
            "ARINVOICE",
            Booked(uid)["RECORDNO"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DESCRIPTION"] = "Agreed by telephone" }
        );
        await RetryAsync(uid);
        Assert.Equal(RecordState.Synced, (await InvoiceEntryAsync(uid)).State);
        Assert.Equal("Agreed by telephone", Booked(uid)["DESCRIPTION"]);
    }
}
