using System.Text.Json.Nodes;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class A_retry_looks_at_the_product : BooksTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_was_made_here_and_is_deleted_is_made_again(bool byBackfill)
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        await PollAsync();
        var before = (await ItemEntryAsync("FLT-16")).TargetId!;
        Zuper.Screens.Delete(before);
        if (byBackfill)
            await Process
                .Get<Backfill>()
                .StartAsync(await ConnectionAsync(), ZuperFlows.Products, null, requested: true, Forever);
        else
            await Process
                .Get<PersonRequests>()
                .RetryAsync(await ConnectionAsync(), ZuperFlows.Products, "FLT-16", Forever);
        await RestAsync();

        var entry = await ItemEntryAsync("FLT-16");
        Assert.Equal(RecordState.Synced, entry.State);
        Assert.NotEqual(before, entry.TargetId);
        Assert.Equal("FLT-16", Zuper.Screens.Record(entry.TargetId!)!["product_id"]!.ToString());
    }

    [Fact]
    public async Task One_that_others_have_made_and_is_deleted_is_asked_about()
    {
        await OpenBooksAsync();
        var theirs = Zuper.Screens.Create(
            ZuperModules.Product,
            new JsonObject
            {
                ["product_name"] = "Air Filter",
                ["product_id"] = "FLT-16",
                ["product_category"] = ZuperCategories.Parts,
            }
        );
        AddItem("FLT-16");
        await PollAsync();
        Assert.Equal(theirs, (await ItemEntryAsync("FLT-16")).TargetId);
        Zuper.Screens.Delete(theirs);
        await Process.Get<PersonRequests>().RetryAsync(await ConnectionAsync(), ZuperFlows.Products, "FLT-16", Forever);
        await RestAsync();
        Assert.Equal("product-gone", (await ItemEntryAsync("FLT-16")).Problem?.Code);
    }
}
