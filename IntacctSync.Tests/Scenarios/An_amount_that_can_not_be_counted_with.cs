using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Scenarios;

public class An_amount_that_can_not_be_counted_with : InvoiceRoadTest
{
    private ZuperProxy _proxy = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _proxy = await ZuperProxy.StartAsync(new Uri(Settings["Zuper:AccountsEndpoint"]!));
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData("1e20", "1e20", "amount-out-of-range")]
    [InlineData("7e28", "1", "invoice-does-not-add-up")]
    [InlineData("1e40", "1", "zuper-refused")]
    public async Task Needs_a_person_and_disturbs_no_other_of_its_batch(string quantity, string price, string code)
    {
        await BooksAsync(s => s with { Zuper = s.Zuper with { ApiUrl = _proxy.Address.ToString() } });
        Zuper.WebhooksEnabled = false;
        var before = MakeInvoice();
        var huge = MakeInvoice(Line("Gold", 7777, 8888), Line("Silver", 7777, 8888));
        var after = MakeInvoice();
        Zuper.WebhooksEnabled = true;
        _proxy.Change = answer =>
            answer
                .Replace(":7777", ":" + quantity, StringComparison.Ordinal)
                .Replace(":8888", ":" + price, StringComparison.Ordinal);
        foreach (var uid in new[] { before, huge, after })
            Zuper.Screens.Edit(uid, invoice => invoice["reference_no"] = "PO 1");
        await RestAsync();

        await AssertNeedsAsync(huge, code);
        await AssertSyncedAsync(before);
        await AssertSyncedAsync(after);
        Assert.Equal(2, Invoices.Count);
    }
}
