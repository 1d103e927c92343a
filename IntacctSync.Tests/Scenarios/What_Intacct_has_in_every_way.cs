using System.Globalization;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class What_Intacct_has_in_every_way : BooksTest
{
    public static TheoryData<Way> All => [Way.Feed, Way.Backfill];

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_item_becomes_a_product_once_and_a_change_of_it_changes_that(Way way)
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        Assert.InRange(await NoticeAsync(way, ZuperFlows.Products), 1, 2);
        EditItem("FLT-16", ("BASEPRICE", "21.5"));
        Assert.Equal(1, await NoticeAsync(way, ZuperFlows.Products));
        var product = Assert.Single(Products);
        Assert.Equal(("FLT-16", "21.5000"), (product["product_id"]!.ToString(), product["price"]!.ToString()));

        EditItem("FLT-16", ("NOTE", "nothing that Zuper has"));
        Assert.Equal(0, await NoticeAsync(way, ZuperFlows.Products));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_inactive_item_takes_its_product_along_and_back(Way way)
    {
        await OpenBooksAsync();
        AddItem("FLT-16");
        await NoticeAsync(way, ZuperFlows.Products);
        EditItem("FLT-16", ("STATUS", "inactive"));
        Assert.Equal(1, await NoticeAsync(way, ZuperFlows.Products));
        Assert.False(Assert.Single(Products)["is_available"]!.GetValue<bool>());
        EditItem("FLT-16", ("STATUS", "active"));
        Assert.Equal(1, await NoticeAsync(way, ZuperFlows.Products));
        Assert.True(Assert.Single(Products)["is_available"]!.GetValue<bool>());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_payment_stands_once_on_each_invoice_until_it_is_reversed(Way way)
    {
        await OpenBooksAsync();
        var (one, two) = (await InvoiceAsync(100), await InvoiceAsync(50));
        var payment = Intacct.Screens.Pay(Customer, [(one.Number, 60), (two.Number, 20)]);
        Assert.Equal(2, await NoticeAsync(way, ZuperFlows.Payments));
        Assert.Equal([$"60 SAGE-{payment}"], Standing(one.Uid));
        Assert.Equal([$"20 SAGE-{payment}"], Standing(two.Uid));

        Assert.Equal(0, await NoticeAsync(way, ZuperFlows.Payments));
        Clock.Advance(TimeSpan.FromDays(1));
        Intacct.Screens.ReversePayment(payment);
        Assert.Equal(2, await NoticeAsync(way, ZuperFlows.Payments));
        Assert.Equal((100m, 50m), (Due(one.Uid), Due(two.Uid)));
        Assert.Equal([$"-60 SAGE-{payment}"], Standing(one.Uid));
        Assert.Equal([$"-20 SAGE-{payment}"], Standing(two.Uid));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_draft_that_is_changed_and_posted_stands_as_it_was_posted(Way way)
    {
        await OpenBooksAsync();
        var (uid, number) = await InvoiceAsync(100);
        var payment = Intacct.Screens.Pay(Customer, [(number, 60)], draft: true);
        Assert.Equal(0, await NoticeAsync(way, ZuperFlows.Payments));
        Intacct.Screens.EditDraft(payment, [(number, 45)]);
        Intacct.Screens.SubmitDraft(payment);
        Assert.Equal(1, await NoticeAsync(way, ZuperFlows.Payments));
        Assert.Equal([string.Create(CultureInfo.InvariantCulture, $"45 SAGE-{payment}")], Standing(uid));
    }

    /// <returns>How often Zuper was written to; Intacct never is.</returns>
    private async Task<int> NoticeAsync(Way way, FlowName flow)
    {
        var (before, written) = (Writes, Intacct.Counters.Creates + Intacct.Counters.Updates);
        Clock.Advance(TimeSpan.FromMinutes(10));
        if (way == Way.Feed)
        {
            await Process.Get<Poller>().TickAsync([flow], Clock.GetUtcNow(), Forever);
            await RestAsync();
        }
        else
        {
            var run = await Process
                .Get<Backfill>()
                .StartAsync(await ConnectionAsync(), flow, null, requested: true, Forever);
            await RestAsync();
            Assert.Equal(RunState.Done, (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!.State);
        }

        Assert.Equal(written, Intacct.Counters.Creates + Intacct.Counters.Updates);
        return Writes - before;
    }

    private int Writes =>
        Zuper.Journal.Entries.Count(e =>
            e.Method is "PUT" or "PATCH" or "DELETE"
            || (
                e.Method == "POST"
                && !e.Path.Contains("filter", StringComparison.Ordinal)
                && !e.Path.EndsWith("config", StringComparison.Ordinal)
            )
        );
}
