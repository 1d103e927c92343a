using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// The id that Zuper shows may come from a sandbox, from another connector, or from a typing error. A rebuild links
/// what is surely one, and leaves the rest to the flow and to people.
/// </summary>
public class A_rebuild_takes_no_strangers_invoice : InvoiceRoadTest
{
    [Theory]
    [InlineData("CANCELED", 129, null)]
    [InlineData("AWAIT_PAYMENT", 500, "sage-id-differs")]
    [InlineData("AWAIT_PAYMENT", 129, "sage-id-differs")]
    public async Task One_of_another_customer_stays_as_it_is(string status, int amount, string? code)
    {
        await BooksAsync();
        var other = MakeOrganization("Quayside Hotels");
        await RestAsync();
        Zuper.WebhooksEnabled = false;
        var stranger = Intacct.Screens.PostInvoice(SageId(other)!, "Q-77", amount);
        var uid = MakeInvoice(i =>
        {
            i["custom_fields"] = Showing(stranger);
            i["invoice_status"] = status;
        });

        var report = await RebuildAsync();
        await RestAsync();

        var left = Intacct.Company.Record("ARINVOICE", Text(stranger))!;
        Assert.Equal((Text(amount), "Posted"), (left["TRX_TOTALENTERED"], left["STATE"]));
        var entry = await InvoiceEntryAsync(uid);
        Assert.Null(entry.TargetId);
        Assert.Equal(code, entry.Problem?.Code);
        var told = Assert.Single(report["firstNotLinked"]!.AsArray())!;
        Assert.Equal((uid, Text(stranger)), (told["sourceId"]!.ToString(), told["shows"]!.ToString()));
    }

    [Fact]
    public async Task An_id_that_is_the_number_of_one_and_the_RECORDNO_of_another_needs_a_person()
    {
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        var byId = Intacct.Screens.PostInvoice(SageId(Organization)!, "Q-77", 129, new DateOnly(2026, 3, 2));
        Intacct.Screens.PostInvoice(SageId(Organization)!, Text(byId), 129, new DateOnly(2026, 3, 2));
        var uid = MakeInvoice(i => i["custom_fields"] = Showing(byId));

        await RebuildAsync();
        await RestAsync();
        await AssertNeedsAsync(uid, "sage-id-ambiguous");
    }

    [Fact]
    public async Task One_that_was_cancelled_before_the_start_is_not_reversed_and_nobody_is_asked()
    {
        await BooksAsync(s => s with { StartDate = new DateOnly(2026, 2, 1) });
        Zuper.WebhooksEnabled = false;
        var old = Intacct.Screens.PostInvoice(SageId(Organization)!, "Q-77", 129, new DateOnly(2025, 6, 2));
        var uid = MakeInvoice(i =>
        {
            i["custom_fields"] = Showing(old);
            i["invoice_date"] = "2025-06-02";
            i["invoice_status"] = "CANCELED";
        });

        await RebuildAsync();
        await RestAsync();
        Assert.Equal("Posted", Intacct.Company.Record("ARINVOICE", Text(old))!["STATE"]);
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(uid)).State);
    }

    [Fact]
    public async Task One_that_is_cancelled_before_it_was_compared_is_reversed_by_a_person_only()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        var linked = await InvoiceEntryAsync(uid);
        await Process.Get<KeyMapStore>().SaveAsync([linked with { Hash = null, Adopted = true, Made = null }], Forever);
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RestAsync();

        await AssertNeedsAsync(uid, "cancelled-and-booked");
        Assert.Equal("Posted", Booked(uid)["STATE"]);
        Intacct.Screens.ReverseInvoice("INV-2001");
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
    }

    [Fact]
    public async Task A_contact_that_was_not_made_for_the_person_is_not_linked_by_its_name_alone()
    {
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        Intacct.Company.Add(
            "CONTACT",
            BooksTest.Fields(("CONTACTNAME", "John Smith"), ("PRINTAS", "John Smith, vendor"))
        );
        var uid = Zuper.Screens.Create(
            ZuperModules.Customer,
            new JsonObject
            {
                ["customer_first_name"] = "John",
                ["customer_organization"] = Organization,
                ["custom_fields"] = new JsonArray(Field("Sage Contact ID", "John Smith")),
            }
        );

        var report = await RebuildAsync(ZuperFlows.Customers);
        Assert.Equal(uid, Assert.Single(report["firstNotLinked"]!.AsArray())!["sourceId"]!.ToString());
        await RestAsync();
        Assert.Null(
            (await Process.Get<KeyMapStore>().GetAsync(new SyncKey(Id, ZuperFlows.Customers, uid), Forever))?.TargetId
        );
        Assert.Equal("John Smith, vendor", Intacct.Company.Record("CONTACT", "John Smith")!["PRINTAS"]);
    }

    [Fact]
    public async Task A_customer_of_another_connection_to_the_company_is_not_linked_a_second_time()
    {
        await BooksAsync();
        Zuper.WebhooksEnabled = false;
        AddCustomer("C-1", "Quayside Hotels");
        var theirs = new SyncKey(ConnectionId.Parse("other"), ZuperFlows.Organizations, "someone");
        await Process.Get<ConnectionStore>().PutAsync(theirs.Connection, (await ConnectionAsync()).Zuper(), Forever);
        await Process.Get<KeyMapStore>().SaveAsync([new KeyMapEntry { Key = theirs, TargetId = "C-1" }], Forever);
        var uid = MakeOrganization(
            "Quayside Hotels",
            o => o["custom_fields"] = new JsonArray(Field("Sage Customer ID", "C-1"))
        );

        var report = await RebuildAsync(ZuperFlows.Organizations);
        Assert.Contains(
            "other/someone",
            Assert.Single(report["firstNotLinked"]!.AsArray())!["why"]!.ToString(),
            StringComparison.Ordinal
        );
        Assert.Null(
            (
                await Process.Get<KeyMapStore>().GetAsync(new SyncKey(Id, ZuperFlows.Organizations, uid), Forever)
            )?.TargetId
        );
    }

    private static JsonArray Showing(int recordNo) => new(Field("Sage Invoice ID", Text(recordNo)));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <returns>What is told of a flow.</returns>
    private async Task<JsonNode> RebuildAsync(FlowName? flow = null)
    {
        var run = await PassAsync(async () =>
        {
            var (started, _) = await Process.Get<Rebuild>().StartAsync(await ConnectionAsync(), Forever);
            await Process.Get<LongRuns>().EndOfAsync(started.RunId, Forever);
            return started;
        });
        var ended = (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!;
        Assert.True(ended.State == RunState.Done, $"{ended.State}: {ended.Report}");
        return JsonNode.Parse(ended.Report!)!["flows"]!
            .AsArray()
            .Single(f => f!["flow"]!.ToString() == (flow ?? ZuperFlows.Invoices).Value)!;
    }
}
