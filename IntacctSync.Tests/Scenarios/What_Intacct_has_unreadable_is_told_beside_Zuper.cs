using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// A record of which something can't be read is told by its name, and ends neither the comparison nor what is told of
/// the others; nor does it hold up the others of its batch.
/// </summary>
public sealed class What_Intacct_has_unreadable_is_told_beside_Zuper : BooksTest
{
    [Theory]
    [InlineData("ARPYMT", "RECORDNO", "TRX_TOTALPAID")]
    [InlineData("ARPYMTDETAIL", "PAYMENTKEY", "TRX_PAYMENTAMOUNT")]
    public async Task A_payment(string kind, string key, string amount)
    {
        await OpenBooksAsync();
        var (spoilt, other) = (await InvoiceAsync(100), await InvoiceAsync(200));
        var payment = Intacct.Screens.Pay(Customer, [(spoilt.Number, 50)], reference: "CHK-1");
        Intacct.Screens.Pay(Customer, [(other.Number, 60)], reference: "CHK-2");
        await PollAsync();
        Zuper.Screens.Void(TransactionOf(other.Uid));
        Spoil(kind, r => r[key] == $"{payment}", amount);
        Assert.Equal(
            ["payments CHK-1  '' '' unknown", "payments CHK-2 amount '60.00' '0.00' changedByHand"],
            await CompareAsync(ZuperFlows.Payments)
        );
    }

    [Fact]
    public async Task An_invoice()
    {
        await OpenBooksAsync();
        var (spoilt, other) = (await InvoiceAsync(100), await InvoiceAsync(200));
        Spoil("ARINVOICE", r => r["RECORDID"] == spoilt.Number, "TRX_TOTALDUE");
        Zuper.Screens.Pay(other.Uid, 40, reference: "card");
        Assert.Equal(
            [$"invoices {spoilt.Number}  '' '' unknown", $"invoices {other.Number} paid '40.00' '0.00' paidOtherwise"],
            await CompareAsync(ZuperFlows.Invoices)
        );
    }

    [Fact]
    public async Task An_invoice_whose_amounts_are_no_numbers_in_Zuper()
    {
        await OpenBooksAsync();
        var spoilt = await InvoiceAsync(100);
        Zuper.Screens.Pay(spoilt.Uid, 40, reference: "card");
        Zuper.Screens.Edit(spoilt.Uid, i => i["payment_history"]![0]!["amount"] = "much");
        Assert.Equal([$"invoices {spoilt.Number}  '' '' unknown"], await CompareAsync(ZuperFlows.Invoices));
    }

    [Fact]
    public async Task An_item()
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        AddItem("FLT-20", "Filter 20");
        await PollAsync();
        Spoil("ITEM", i => i["ITEMID"] == "FLT-16", "BASEPRICE");
        EditItem("FLT-20", ("NAME", "Filter 21"));
        Assert.Equal(
            ["products Air Filter  '' '' unknown", "products Filter 21 product_name 'Filter 21' 'Filter 20' waiting"],
            await CompareAsync(ZuperFlows.Products)
        );
    }

    [Fact]
    public async Task A_payment_is_recorded_beside_one_of_an_invoice_that_is_not_linked_and_has_no_readable_amount()
    {
        await OpenBooksAsync();
        var (linked, open) = (await InvoiceAsync(100), await InvoiceAsync(200, linked: false));
        Intacct.Screens.Pay(Customer, [(linked.Number, 50)], reference: "CHK-1");
        var other = Intacct.Screens.Pay(Customer, [(open.Number, 60)], reference: "CHK-2");
        Spoil("ARINVOICE", r => r["RECORDID"] == open.Number, "TRX_TOTALENTERED");
        Clock.Advance(TimeSpan.FromMinutes(10));
        await Process.Get<Core.Detection.Poller>().TickAsync(ZuperFlows.OfIntacct, Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromSeconds(1));
        Assert.Single(Standing(linked.Uid));
        Assert.NotEqual(RecordState.Dead, (await PaymentEntryAsync(other)).State);
    }

    private string TransactionOf(string uid) =>
        History(Zuper.Screens.Record(uid)!)[0]!["payment_transaction"]!["payment_transaction_uid"]!.ToString();

    private async Task<IReadOnlyList<string>> CompareAsync(FlowName flow) =>
        (await Process.ReconcileAsync(await ConnectionAsync(), PassAsync, flow)).Differences;
}
