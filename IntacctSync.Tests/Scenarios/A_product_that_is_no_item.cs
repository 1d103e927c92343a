using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_product_that_is_no_item : InvoiceRoadTest
{
    [Fact]
    public async Task Of_an_inactive_item_no_line_is_booked_without_it_and_it_goes_on_once_the_item_is_active()
    {
        await BooksAsync();
        AddItem("PUMP-7", "inactive");
        var uid = MakeInvoice(Line("Visit", 1, 10), LineOf(Product("PUMP-7")));
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-item-missing");
        Assert.Contains("PUMP-7", (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
        Assert.Empty(Invoices);

        Intacct.Company.Edit(
            "ITEM",
            "PUMP-7",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["STATUS"] = "active" }
        );
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal("PUMP-7", LinesOf(uid).Last()["ITEMID"]);
    }

    [Fact]
    public async Task One_that_Intacct_does_not_know_is_Zupers_own_and_its_line_has_no_item()
    {
        await BooksAsync();
        var uid = MakeInvoice(LineOf(Product("PUMP-7")), LineOf(Product("FLT-16")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["", "FLT-16"], LinesOf(uid).Select(l => l.GetValueOrDefault("ITEMID") ?? ""));
    }

    [Fact]
    public async Task A_line_that_is_added_to_a_booked_invoice_is_held_to_it_and_one_that_stands_is_not()
    {
        await BooksAsync();
        var uid = MakeInvoice(LineOf(Product("PUMP-7")));
        await RestAsync();
        AddItem("PUMP-7", "inactive");
        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 9");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("PO 9", Booked(uid)["DOCNUMBER"]);

        AddItem("PUMP-8", "inactive");
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
