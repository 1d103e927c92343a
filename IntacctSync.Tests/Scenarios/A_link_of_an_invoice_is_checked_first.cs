using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_link_of_an_invoice_is_checked_first : InvoiceRoadTest
{
    [Fact]
    public async Task Only_an_invoice_of_the_same_customer_and_amount_is_taken()
    {
        await BooksAsync();
        var other = MakeOrganization("Quayside Hotels");
        await RestAsync();
        var (own, others) = (MakeInvoice(), MakeInvoice(i => i["organization"] = other));
        await RestAsync();
        var same = MakeInvoice(i => i["invoice_status"] = "DRAFT");
        var dearer = MakeInvoice(i => i["invoice_status"] = "DRAFT", Line("Tune-up", 1, 130));

        Assert.Null(await RefusalAsync(same, InvoiceId(own)!));
        Assert.Null(await RefusalAsync(own, "INV-2001"));
        Assert.Null(await RefusalAsync(same, "INV-2001"));
        Assert.Contains(SageId(other)!, await RefusalAsync(same, InvoiceId(others)!), StringComparison.Ordinal);
        Assert.Contains("130.00", await RefusalAsync(dearer, InvoiceId(own)!), StringComparison.Ordinal);
        Assert.Contains("no invoice '987654'", await RefusalAsync(same, "987654"), StringComparison.Ordinal);
        Assert.Contains(
            "Zuper has no invoice",
            await RefusalAsync("00000000-0000-4000-8000-000000000000", InvoiceId(own)!),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_reversed_invoice_is_not_taken()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Screens.ReverseInvoice("INV-2001");
        Assert.Contains("reversed", await RefusalAsync(uid, InvoiceId(uid)!), StringComparison.Ordinal);
    }

    private async Task<string?> RefusalAsync(string uid, string targetId)
    {
        var connection = await ConnectionAsync();
        var access = Process.Get<ConnectionAccessSource>();
        var check = Process.Get<InvoiceLinkCheck>();
        return (await PassAsync(() => check.CheckAsync(connection, uid, targetId, access, Forever))).Refusal;
    }
}
