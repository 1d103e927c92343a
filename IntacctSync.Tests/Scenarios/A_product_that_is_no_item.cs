using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_product_that_is_no_item : InvoiceRoadTest
{
    [Fact]
    public async Task Is_not_left_out_of_a_receivable_it_needs_a_person_and_goes_on_once_the_item_is_made()
    {
        await BooksAsync();
        var uid = MakeInvoice(Line("Visit", 1, 10), LineOf(Product("PUMP-7")));
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-item-missing");
        Assert.Contains("PUMP-7", (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
        Assert.Empty(Invoices);

        AddItem("PUMP-7", "active");
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal("PUMP-7", LinesOf(uid).Last()["ITEMID"]);
    }

    [Fact]
    public async Task An_inactive_item_is_none()
    {
        await BooksAsync();
        AddItem("PUMP-7", "inactive");
        var uid = MakeInvoice(LineOf(Product("PUMP-7")));
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-item-missing");
        Assert.Empty(Invoices);
    }

    [Fact]
    public async Task Where_products_are_not_synced_a_line_has_an_item_only_where_there_is_one()
    {
        await BooksAsync(s => s with { SyncProducts = false });
        var uid = MakeInvoice(LineOf(Product("PUMP-7")), LineOf(Product("FLT-16")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["", "FLT-16"], LinesOf(uid).Select(l => l.GetValueOrDefault("ITEMID") ?? ""));
    }

    [Fact]
    public async Task A_line_that_is_added_to_a_booked_invoice_is_held_to_it_and_one_that_stands_is_not()
    {
        await BooksAsync(s => s with { SyncProducts = false });
        var uid = MakeInvoice(LineOf(Product("PUMP-7")));
        await RestAsync();
        await SettingsAsync(s => s with { SyncProducts = true });
        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 9");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("PO 9", Booked(uid)["DOCNUMBER"]);

        EditLines(uid, lines => lines.Add(LineOf(Product("PUMP-8"))));
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-item-missing");
        Assert.Single(Amounts(uid));
    }

    private static JsonObject LineOf(string product) => Line("Pump " + product, 1, 40, l => l["product_uid"] = product);

    private string Product(string partNumber) =>
        Zuper.Screens.Create(
            ZuperModules.Product,
            new JsonObject
            {
                ["product_name"] = partNumber,
                ["product_id"] = partNumber,
                ["product_category"] = ZuperCategories.Services,
                ["product_type"] = "PARTS",
            }
        );

    private void AddItem(string itemId, string status) =>
        Intacct.Company.Add(
            "ITEM",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ITEMID"] = itemId,
                ["NAME"] = itemId,
                ["ITEMTYPE"] = "Inventory",
                ["BASEPRICE"] = "40",
                ["BASEUOM"] = "Each",
                ["STATUS"] = status,
            }
        );
}
