using System.Text.Json.Nodes;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Products_reach_Zuper : BooksTest
{
    [Fact]
    public async Task An_item_that_is_made_becomes_a_product_that_names_it()
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        await PollAsync();

        var product = Assert.Single(Products);
        Assert.Equal(
            ("FLT-16", "Air Filter", "PRODUCT", "18.2500"),
            (
                Text(product, "product_id"),
                Text(product, "product_name"),
                Text(product, "product_type"),
                Text(product, "price")
            )
        );
        Assert.Equal("FLT-16", Zuper.Screens.CustomField(Uid(product), "Sage Item ID"));
        var entry = await ItemEntryAsync("FLT-16");
        Assert.Equal(
            (RecordState.Synced, Uid(product), "FLT-16 Air Filter"),
            (entry.State, entry.TargetId, entry.Title)
        );
    }

    [Fact]
    public async Task A_change_arrives_and_no_change_calls_Zuper_not_at_all()
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        await PollAsync();
        EditItem("FLT-16", ("BASEPRICE", "21.5"), ("SODESCRIPTION", "Fits <all> units"));
        await PollAsync();
        Assert.Equal("21.5000", Text(Assert.Single(Products), "price"));
        Assert.Contains(
            "Fits &lt;all&gt; units",
            Text(Assert.Single(Products), "product_description"),
            StringComparison.Ordinal
        );

        var asked = Asked;
        EditItem("FLT-16", ("NOTE", "nothing that Zuper has"));
        await PollAsync();
        var changed = Text(Assert.Single(Products), "updated_at");
        await PollAsync();
        Assert.Equal(changed, Text(Assert.Single(Products), "updated_at"));
        Assert.True(Asked > asked);
    }

    [Fact]
    public async Task An_inactive_item_is_not_available_and_an_active_one_is_again()
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        await PollAsync();
        EditItem("FLT-16", ("STATUS", "inactive"));
        await PollAsync();
        Assert.False(Assert.Single(Products)["is_available"]!.GetValue<bool>());
        EditItem("FLT-16", ("STATUS", "active"));
        await PollAsync();
        Assert.True(Assert.Single(Products)["is_available"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_deleted_item_is_withdrawn_where_deletions_may_be_seen()
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        await PollAsync();
        Intacct.Company.Remove("ITEM", "FLT-16");
        Clock.Advance(TimeSpan.FromHours(1));
        await PollAsync();

        var product = Assert.Single(Products);
        Assert.False(product["is_available"]!.GetValue<bool>());
        Assert.NotEqual(true, product["is_deleted"]?.GetValue<bool>());
        Assert.Equal(RecordState.Synced, (await ItemEntryAsync("FLT-16")).State);
    }

    [Fact]
    public async Task A_product_with_the_items_part_number_is_adopted_and_brought_up_to_date()
    {
        await OpenBooksAsync();
        var uid = MakeProduct("FLT-16", "Old filter");
        AddItem("FLT-16");
        await PollAsync();

        var product = Assert.Single(Products);
        Assert.Equal((uid, "Air Filter"), (Uid(product), Text(product, "product_name")));
        Assert.Equal("FLT-16", Zuper.Screens.CustomField(uid, "Sage Item ID"));
        Assert.Equal(uid, (await ItemEntryAsync("FLT-16")).TargetId);
    }

    [Fact]
    public async Task What_people_keep_of_an_adopted_product_stays_where_Intacct_says_nothing_of_it()
    {
        await OpenBooksAsync(s => s with { DefaultProductCategoryUid = ZuperCategories.Services });
        var uid = MakeProduct("FLT-16", "Old filter");
        Zuper.Screens.Edit(
            uid,
            p => (p["product_description"], p["product_type"], p["uom"]) = ("Kept by hand", "PARTS", "Box")
        );
        Intacct.Company.Add(
            "ITEM",
            Fields(("ITEMID", "FLT-16"), ("NAME", "Air Filter"), ("ITEMTYPE", "Inventory"), ("STATUS", "active"))
        );
        await PollAsync();
        AssertKept();
        EditItem("FLT-16", ("NAME", "Filter, air"));
        await PollAsync();
        AssertKept();
        Assert.Equal("Filter, air", Text(Assert.Single(Products), "product_name"));

        void AssertKept()
        {
            var product = Assert.Single(Products);
            Assert.Equal(
                (uid, "Kept by hand", "PARTS", "Box"),
                (
                    Uid(product),
                    Text(product, "product_description"),
                    Text(product, "product_type"),
                    Text(product, "uom")
                )
            );
            Assert.Equal(ZuperCategories.Parts, CategoryOf(product));
        }
    }

    [Fact]
    public async Task What_people_change_of_a_product_stays_until_Intacct_changes_it_too()
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        await PollAsync();
        var uid = Uid(Assert.Single(Products));
        Zuper.Screens.Edit(
            uid,
            p => (p["product_name"], p["price"], p["is_available"]) = ("Named by hand", "99.00", false)
        );
        EditItem("FLT-16", ("BASEUOM", "Box"));
        await PollAsync();
        var product = Assert.Single(Products);
        Assert.Equal(
            ("Named by hand", "99.0000", "Box", false),
            (
                Text(product, "product_name"),
                Text(product, "price"),
                Text(product, "uom"),
                product["is_available"]!.GetValue<bool>()
            )
        );

        EditItem("FLT-16", ("NAME", "Filter, air"));
        await PollAsync();
        product = Assert.Single(Products);
        Assert.Equal(("Filter, air", "99.0000"), (Text(product, "product_name"), Text(product, "price")));
    }

    [Fact]
    public async Task An_adopted_product_is_not_made_available_again()
    {
        await OpenBooksAsync();
        var uid = MakeProduct("FLT-16", "Old filter");
        Zuper.Screens.Edit(uid, p => p["is_available"] = false);
        AddItem("FLT-16");
        await PollAsync();
        Assert.False(Assert.Single(Products)["is_available"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Two_products_with_the_part_number_need_a_person_who_says_which()
    {
        await OpenBooksAsync();
        var one = MakeProduct("FLT-16", "Filter A");
        var two = MakeProduct("FLT-16", "Filter B");
        AddItem("FLT-16");
        await PollAsync();
        var problem = (await ItemEntryAsync("FLT-16")).Problem!;
        Assert.Equal("product-ambiguous", problem.Code);
        Assert.Contains(one, problem.Message, StringComparison.Ordinal);
        Assert.Contains(two, problem.Message, StringComparison.Ordinal);

        await Process
            .Get<PersonRequests>()
            .LinkAsync(await ConnectionAsync(), ZuperFlows.Products, "FLT-16", two, Forever);
        await RestAsync();
        Assert.Equal("Air Filter", Text(Zuper.Screens.Record(two)!, "product_name"));
        Assert.Equal("Filter A", Text(Zuper.Screens.Record(one)!, "product_name"));
        Assert.Equal(
            (RecordState.Synced, two),
            ((await ItemEntryAsync("FLT-16")).State, (await ItemEntryAsync("FLT-16")).TargetId)
        );
    }

    [Fact]
    public async Task An_item_without_a_category_needs_action_and_one_setting_frees_all_that_wait_for_it()
    {
        await OpenBooksAsync(s => s with { DefaultProductCategoryUid = null });
        Intacct.Company.Add("PRODUCTLINE", Fields(("PRODUCTLINEID", "Parts"), ("DESCRIPTION", "Parts")));
        AddItem("FLT-16", line: "Parts");
        AddItem("FLT-20", line: "Parts");
        AddItem("TRIP");
        await PollAsync();
        Assert.Empty(Products);
        var problem = (await ItemEntryAsync("FLT-16")).Problem!;
        Assert.Equal("product-category-missing", problem.Code);
        Assert.Contains("'Parts'", problem.Message, StringComparison.Ordinal);

        await ChangeSettingsAsync(s =>
            s with
            {
                ProductCategories = Fields(("Parts", ZuperCategories.Services)),
                DefaultProductCategoryUid = ZuperCategories.Labor,
            }
        );
        await Process
            .Get<PersonRequests>()
            .RetryAllAsync(await ConnectionAsync(), ZuperFlows.Products, "product-category-missing", Forever);
        await RestAsync();
        Assert.Equal(
            [ZuperCategories.Services, ZuperCategories.Services, ZuperCategories.Labor],
            Products.OrderBy(p => Text(p, "product_id"), StringComparer.Ordinal).Select(CategoryOf)
        );
    }

    [Fact]
    public async Task A_category_that_Zuper_does_not_know_names_the_setting()
    {
        await OpenBooksAsync(s => s with { DefaultProductCategoryUid = "1e0d7c40-0000-4000-8000-000000000999" });
        AddItem("FLT-16");
        await PollAsync();
        Assert.Equal("product-category-refused", (await ItemEntryAsync("FLT-16")).Problem?.Code);
    }

    [Fact]
    public async Task Items_are_left_alone_while_products_are_not_synced()
    {
        await OpenBooksAsync(s => s with { SyncProducts = false });
        AddItem("FLT-16");
        await PollAsync();
        Assert.Empty(Products);
    }

    [Fact]
    public async Task What_was_there_before_the_connection_comes_when_a_person_asks()
    {
        for (var i = 0; i < 60; i++)
            AddItem($"OLD-{i:00}");
        Clock.Advance(TimeSpan.FromDays(2));
        await OpenBooksAsync();
        await PollAsync();
        Assert.Empty(Products);

        var run = await Process
            .Get<Backfill>()
            .StartAsync(await ConnectionAsync(), ZuperFlows.Products, null, requested: true, Forever);
        await RestAsync();
        Assert.Equal(60, Products.Count);
        var ended = await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever);
        Assert.Equal((RunState.Done, 60, 60), (ended!.State, ended.Found, ended.Done));
    }

    [Fact]
    public async Task A_backfill_since_a_time_brings_what_changed_since_then()
    {
        AddItem("OLD-1");
        Clock.Advance(TimeSpan.FromDays(2));
        var since = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromDays(1));
        AddItem("NEW-1");
        Clock.Advance(TimeSpan.FromDays(1));
        await OpenBooksAsync();
        await Process
            .Get<Backfill>()
            .StartAsync(await ConnectionAsync(), ZuperFlows.Products, since, requested: true, Forever);
        await RestAsync();
        Assert.Equal("NEW-1", Text(Assert.Single(Products), "product_id"));
    }

    [Theory]
    [MemberData(nameof(ZuperWriteFaults.All), MemberType = typeof(ZuperWriteFaults))]
    public async Task A_product_whose_making_got_no_answer_is_there_once(string fault)
    {
        await OpenBooksAsync();
        Zuper.Faults.Add(new() { Fault = fault, Match = Fields(("method", "POST"), ("path", "/api/product")) });
        AddItem("FLT-16");
        await PollAsync();
        Assert.Equal("FLT-16", Text(Assert.Single(Products), "product_id"));
        Assert.Equal(
            (RecordState.Synced, Uid(Products[0])),
            ((await ItemEntryAsync("FLT-16")).State, (await ItemEntryAsync("FLT-16")).TargetId)
        );
    }

    [Theory]
    [MemberData(nameof(ZuperWriteFaults.All), MemberType = typeof(ZuperWriteFaults))]
    public async Task A_change_that_got_no_answer_arrives_even_when_it_was_taken_back_meanwhile(string fault)
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        await PollAsync();
        Zuper.Faults.Add(new() { Fault = fault, Match = Fields(("method", "PUT"), ("module", "product")) });
        EditItem("FLT-16", ("BASEPRICE", "99"));
        await PollAsync(TimeSpan.FromMinutes(1));
        EditItem("FLT-16", ("BASEPRICE", "18.25"));
        await PollAsync();
        Assert.Equal("18.2500", Text(Assert.Single(Products), "price"));
        Assert.Equal(RecordState.Synced, (await ItemEntryAsync("FLT-16")).State);
    }

    private string MakeProduct(string productId, string name) =>
        Zuper.Screens.Create(
            ZuperModules.Product,
            new JsonObject
            {
                ["product_name"] = name,
                ["product_id"] = productId,
                ["product_category"] = ZuperCategories.Parts,
            }
        );

    private static string Uid(JsonObject product) => Text(product, "product_uid");

    private static string CategoryOf(JsonObject product) =>
        product["product_category"] is JsonObject category
            ? Text(category, "category_uid")
            : Text(product, "product_category");

    private static string Text(JsonObject json, string name) => json[name]?.ToString() ?? "";
}
