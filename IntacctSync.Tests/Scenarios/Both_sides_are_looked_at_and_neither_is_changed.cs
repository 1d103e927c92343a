using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Both_sides_are_looked_at_and_neither_is_changed : InvoiceRoadTest
{
    [Fact]
    public async Task A_preview_tells_what_a_first_sync_would_do_and_then_it_does_just_that()
    {
        FillBooks();
        await ConnectAsync(s => WithAccounts(s) with { SyncProducts = false, SyncPayments = false }, webhooks: false);
        var organization = MakeOrganization("Harbor Dental Group");
        MakeOrganization("Nobody", o => o["organization_email"] = "no address");
        var invoice = MakeInvoice(i => i["organization"] = organization);
        MakeInvoice(i =>
        {
            i["organization"] = organization;
            i["invoice_status"] = "DRAFT";
        });
        var before = await PictureAsync();

        var (_, report) = await RunAsync(StartPreviewAsync);

        Assert.Equal(before, await PictureAsync());
        Assert.Equal(2, report["counts"]!["create"]!.GetValue<int>());
        Assert.Equal(1, report["counts"]!["ask"]!.GetValue<int>());
        Assert.Equal(1, report["counts"]!["skip"]!.GetValue<int>());
        await RunAsync(StartPreviewAsync);

        await BackfillAsync();
        Assert.Single(Customers);
        await AssertSyncedAsync(invoice);
        var (_, after) = await RunAsync(StartPreviewAsync);
        Assert.Equal(0, after["counts"]!["create"]!.GetValue<int>());
        Assert.Equal(2, after["counts"]!["equal"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_explanation_shows_both_sides_and_the_request_without_secrets()
    {
        await BooksAsync();
        var linked = MakeInvoice();
        await RestAsync();
        Zuper.WebhooksEnabled = false;
        var fresh = MakeInvoice(Line("Visit", 2, 45));
        var before = await PictureAsync();

        var made = (await ExplainAsync(ZuperFlows.Invoices, fresh))!;
        Assert.Equal(RehearsedKind.Create, made.WouldDo);
        Assert.Null(made.Target);
        Assert.Equal("90.00", made.Mapped!["total"]!.ToString());
        Assert.Contains("create_invoice", made.Request, StringComparison.Ordinal);
        Assert.DoesNotContain("password", made.Request, StringComparison.OrdinalIgnoreCase);

        var same = (await ExplainAsync(ZuperFlows.Invoices, linked))!;
        Assert.Equal((RehearsedKind.Equal, null), (same.WouldDo, same.Request));
        Assert.Empty(same.Differences);
        Assert.Equal(("create", "create_invoice"), (same.LastRequest!.Operation, same.LastRequest.Call));
        Assert.Contains("<create_invoice>", same.LastRequest.Request, StringComparison.Ordinal);
        Assert.DoesNotContain("password", same.LastRequest.Request, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("It was carried out: created ", same.LastRequest.Answer, StringComparison.Ordinal);
        Assert.Null(made.LastRequest);
        Assert.Equal(Booked(linked)["RECORDID"], same.Target!["RECORDID"]!.ToString());

        EditLines(linked, lines => lines[0]!["unit_price"] = 200);
        var changed = (await ExplainAsync(ZuperFlows.Invoices, linked))!;
        Assert.Equal(RehearsedKind.Change, changed.WouldDo);
        Assert.Equal(new FieldDifference("total", "200.00", "129.00"), Assert.Single(changed.Differences));
        Assert.Contains("update_invoice", changed.Request, StringComparison.Ordinal);

        Assert.Equal(before, await PictureAsync());
        Assert.Null(await ExplainAsync(ZuperFlows.Invoices, "5a0c4a6e-5bd0-4a36-9a5e-000000000000"));
    }

    [Fact]
    public async Task An_explanation_does_not_call_equal_what_somebody_has_changed_in_Intacct()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Company.Edit("ARINVOICE", InvoiceId(uid)!, BooksTest.Fields(("WHENDUE", "05/01/2026")));

        var told = (await ExplainAsync(ZuperFlows.Invoices, uid))!;
        Assert.Equal("dueDate", Assert.Single(told.Differences).Field);
        Assert.Equal(RehearsedKind.Equal, told.WouldDo);
        Assert.DoesNotContain("Both sides are equal", told.Why, StringComparison.Ordinal);
        Assert.Contains("nothing is written", told.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explanation_tells_of_the_refusal_that_a_rehearsal_can_not_foresee()
    {
        await BooksAsync();
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = IntacctFaults.FunctionError,
                Times = 0,
                Match = BooksTest.Fields(("function", "create_invoice")),
            }.With("description2", "The books say no")
        );
        var uid = MakeInvoice();
        await RestAsync();

        var told = (await ExplainAsync(ZuperFlows.Invoices, uid))!;
        Assert.Equal(RehearsedKind.Create, told.WouldDo);
        Assert.Contains("The last try needed a person", told.Why, StringComparison.Ordinal);
        Assert.Contains("The books say no", told.Why, StringComparison.Ordinal);
        Assert.NotNull(told.Fix);
    }

    [Fact]
    public async Task A_comparison_names_each_difference_with_its_cause()
    {
        await BooksAsync(s => s with { SyncProducts = false });
        var (equal, edited, waiting) = (MakeInvoice(), MakeInvoice(), MakeInvoice());
        await RestAsync();
        var report = await ReconcileAsync();
        Assert.True(report.Summary["equal"]!.GetValue<bool>(), report.Summary.ToJsonString());
        Assert.Equal(3 * 129m, Assert.Single(report.Summary["sums"]!.AsArray())!["sourceSum"]!.GetValue<decimal>());

        Zuper.WebhooksEnabled = false;
        Intacct.Company.Edit("CUSTOMER", SageId(Organization)!, BooksTest.Fields(("NAME", "Harbor Dentists")));
        EditLines(waiting, lines => lines[0]!["unit_price"] = 300);
        var unseen = MakeInvoice();
        Intacct.Company.Edit("ARINVOICE", InvoiceId(edited)!, BooksTest.Fields(("WHENDUE", "05/01/2026")));
        var before = await PictureAsync();

        report = await ReconcileAsync();

        Assert.Equal(before, await PictureAsync());
        Assert.Equal(
            new[]
            {
                $"invoices {edited} dueDate changedByHand",
                $"invoices {unseen}  unknown",
                $"invoices {waiting} total waiting",
                $"organizations {Organization} NAME changedByHand",
            }.Order(StringComparer.Ordinal),
            report.Records.Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(report.Records, r => r.Contains(equal, StringComparison.Ordinal));
        Assert.Equal(4, report.Summary["differences"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_an_accountant_has_changed_on_a_customer_outlives_a_rebuild()
    {
        await BooksAsync();
        await RestAsync();
        var customer = SageId(Organization)!;
        Intacct.Company.Edit("CUSTOMER", customer, BooksTest.Fields(("NAME", "Harbor Dentists")));
        var lost = (await EntryAsync(Organization)) with { TargetId = null, Hash = null, Fingerprints = null };
        await Process.Get<KeyMapStore>().SaveAsync([lost], Forever);

        await RunAsync(async () => (await Process.Get<Rebuild>().StartAsync(await ConnectionAsync(), Forever)).Run);
        await RestAsync();
        var linked = await EntryAsync(Organization);
        Assert.Equal((customer, RecordState.Synced), (linked.TargetId, linked.State));
        Assert.Equal("Harbor Dentists", Intacct.Company.Record("CUSTOMER", customer)!["NAME"]);
    }

    [Fact]
    public async Task A_rebuild_links_what_both_sides_show_and_has_it_looked_at()
    {
        await BooksAsync();
        var invoice = MakeInvoice();
        await RestAsync();
        var target = (await InvoiceEntryAsync(invoice)).TargetId;
        var rebuild = Process.Get<Rebuild>();
        Assert.True(await rebuild.WouldReplaceAsync(await ConnectionAsync(), Forever));
        await Process
            .Get<KeyMapStore>()
            .SaveAsync([(await InvoiceEntryAsync(invoice)) with { TargetId = null, Hash = null }], Forever);

        await RunAsync(async () => (await rebuild.StartAsync(await ConnectionAsync(), Forever)).Run);

        // Nobody has compared the two sides yet.
        var linked = await InvoiceEntryAsync(invoice);
        Assert.Equal((target, RecordState.Pending, true), (linked.TargetId, linked.State, linked.Requested));
        await RestAsync();
        await AssertSyncedAsync(invoice);
        var before = Invoices.Count;
        Zuper.Screens.Edit(invoice, i => i["remarks"] = "again");
        await RestAsync();
        Assert.Equal(before, Invoices.Count);
        await AssertSyncedAsync(invoice);
    }

    private async Task<Run> StartPreviewAsync() =>
        (await Process.Get<Preview>().StartAsync(await ConnectionAsync(), null, null, requested: true, Forever)).Run;

    private async Task BackfillAsync()
    {
        foreach (var flow in new[] { ZuperFlows.Organizations, ZuperFlows.Customers, ZuperFlows.Invoices })
            await Process
                .Get<Core.Detection.Backfill>()
                .StartAsync(await ConnectionAsync(), flow, null, requested: true, Forever);
        await RestAsync();
    }

    private async Task<RecordExplanation?> ExplainAsync(FlowName flow, string sourceId) =>
        await Process.Get<Explainer>().ExplainAsync(await ConnectionAsync(), flow, sourceId, Forever);

    private async Task<(JsonNode Summary, IReadOnlyList<string> Records)> ReconcileAsync()
    {
        var (runId, summary) = await RunAsync(async () =>
            (
                await Process
                    .Get<Reconciliation>()
                    .StartAsync(await ConnectionAsync(), new DateOnly(2026, 1, 1), null, null, tells: false, Forever)
            ).Run
        );
        var records = new List<string>();
        await foreach (var line in Process.Get<RunReports>().ReadAsync(Id, runId, Forever))
        {
            var record = JsonNode.Parse(line)!;
            records.Add($"{record["flow"]} {record["sourceId"]} {record["field"]} {record["cause"]}");
        }

        return (summary, records);
    }

    private async Task<(string RunId, JsonNode Report)> RunAsync(Func<Task<Run>> start)
    {
        var run = await PassAsync(async () =>
        {
            var started = await start();
            await Process.Get<LongRuns>().EndOfAsync(started.RunId, Forever);
            return started;
        });
        var ended = (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!;
        Assert.True(ended.State == RunState.Done, $"{ended.State}: {ended.Report}");
        return (run.RunId, JsonNode.Parse(ended.Report!)!);
    }

    /// <summary>What was written so far: in Intacct, in Zuper, and in the key map.</summary>
    private async Task<string> PictureAsync()
    {
        var rows = new List<string>();
        foreach (var flow in ZuperProfile.Instance.Flows)
        {
            var page = await Process.Get<RecordQuery>().ListAsync(Id, flow.Name, null, null, null, 200, Forever);
            rows.AddRange(page.Items.Select(e => $"{e.Key.SourceId} {e.State} {e.Stored!.ETag}"));
        }

        return string.Join(
            '\n',
            [
                $"{Intacct.Counters.Creates} {Intacct.Counters.Updates} {Intacct.Counters.Deletes}",
                Zuper
                    .Counters.Of("PATCH /api/custom_fields")
                    .ToString(System.Globalization.CultureInfo.InvariantCulture),
                .. rows,
            ]
        );
    }
}
