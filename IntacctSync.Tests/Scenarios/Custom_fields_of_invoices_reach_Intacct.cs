using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Custom_fields_of_invoices_reach_Intacct : InvoiceRoadTest
{
    public override Task InitializeAsync()
    {
        foreach (var kind in (string[])["ARINVOICE", "SODOCUMENT"])
        {
            IntacctOptions.CustomFields.Add($"{kind}.CREW");
            IntacctOptions.CustomFields.Add($"{kind}.VISITED");
            IntacctOptions.CustomFieldTypes[$"{kind}.VISITED"] = "date";
        }

        foreach (var kind in (string[])["ARINVOICEITEM", "SODOCUMENTENTRY"])
        {
            IntacctOptions.CustomFields.Add($"{kind}.HOURS");
            IntacctOptions.CustomFieldTypes[$"{kind}.HOURS"] = "dec";
        }

        return base.InitializeAsync();
    }

    [Fact]
    public async Task Fields_of_an_invoice_and_its_lines_are_carried()
    {
        await BooksAsync(Carrying);
        var uid = MakeInvoice(WithFields(("Crew", "Blue")), Line("Tune-up", 1, 100), Worked("Filter", "1.50"));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("Blue", Booked(uid)["CREW"]);
        Assert.Equal(["", "1.5"], Hours(uid));

        Zuper.Screens.EditField(uid, "Visited", "2026-03-01");
        EditLines(uid, lines => lines[0]!["custom_fields"] = new JsonArray(Field("Hours", "2")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(("Blue", "03/01/2026"), (Booked(uid)["CREW"], Booked(uid)["VISITED"]));
        Assert.Equal(["2", "1.5"], Hours(uid));

        Zuper.Screens.EditField(uid, "Crew", "");
        EditLines(uid, lines => lines[1]!["custom_fields"] = new JsonArray(Field("Hours", "")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(("", "03/01/2026"), (Booked(uid)["CREW"], Booked(uid)["VISITED"]));
        Assert.Equal(["2", ""], Hours(uid));
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task What_has_not_changed_in_Zuper_is_not_written()
    {
        await BooksAsync(Carrying);
        var uid = MakeInvoice(WithFields(("Crew", "Blue")), Worked("Filter", "1.5"));
        await RestAsync();
        Intacct.Company.Change(context =>
        {
            foreach (
                var (kind, field, value) in new[]
                {
                    ("ARINVOICE", "CREW", "Red"),
                    ("ARINVOICE", "VISITED", "02/02/2026"),
                    ("ARINVOICEITEM", "HOURS", "9"),
                }
            )
            {
                var record = context.Table(kind).Rows(null).Single();
                context.Books.Update(
                    context.Table(kind),
                    record,
                    new Dictionary<string, string>(record.Values, StringComparer.Ordinal) { [field] = value },
                    context.Stamp
                );
            }

            return 0;
        });
        Zuper.Screens.Edit(uid, i => i["description"] = "March visit");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(
            ("Red", "02/02/2026", "March visit"),
            (Booked(uid)["CREW"], Booked(uid)["VISITED"], Booked(uid)["DESCRIPTION"])
        );
        Assert.Equal(["9"], Hours(uid));
    }

    [Fact]
    public async Task A_line_that_is_added_brings_its_field()
    {
        await BooksAsync(Carrying);
        var uid = MakeInvoice(Worked("Filter", "1.5"));
        await RestAsync();
        EditLines(uid, lines => lines.Add((JsonNode)Worked("Visit", "3")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["1.5", "3"], Hours(uid));
        EditLines(uid, lines => lines[1]!["custom_fields"] = new JsonArray(Field("Hours", "")));
        await RestAsync();
        Assert.Equal(["1.5", ""], Hours(uid));
    }

    [Fact]
    public async Task A_new_map_rewrites_no_booked_invoice_until_it_changes()
    {
        await BooksAsync();
        var uid = MakeInvoice(WithFields(("Crew", "Blue")));
        await RestAsync();
        await SettingsAsync(Carrying);
        Zuper.Screens.Pay(uid, 9);
        await RestAsync();
        Assert.Empty(Booked(uid).GetValueOrDefault("CREW", ""));
        Zuper.Screens.Edit(uid, i => i["description"] = "March visit");
        await RestAsync();
        Assert.Equal("Blue", Booked(uid)["CREW"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_value_that_the_field_does_not_take_needs_a_person_and_goes_on_once_it_is_mended(bool onLine)
    {
        await BooksAsync(Carrying);
        var uid = onLine
            ? MakeInvoice(Worked("Filter", "some"))
            : MakeInvoice(WithFields(("Visited", "yesterday")), Line("Filter", 1, 20));
        await RestAsync();
        await AssertNeedsAsync(uid, "custom-field-type");
        Assert.Contains(
            onLine ? "'Hours' holds 'some'" : "'Visited' holds 'yesterday'",
            (await InvoiceEntryAsync(uid)).Problem!.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(Invoices);
        if (onLine)
            EditLines(uid, lines => lines[0]!["custom_fields"] = new JsonArray(Field("Hours", "4")));
        else
            Zuper.Screens.EditField(uid, "Visited", "2026-03-01");
        await RestAsync();
        await AssertSyncedAsync(uid);
    }

    [Fact]
    public async Task A_booked_invoice_whose_field_becomes_wrong_is_left_as_it_is_and_says_so()
    {
        await BooksAsync(Carrying);
        var uid = MakeInvoice(WithFields(("Visited", "2026-03-01")));
        await RestAsync();
        Zuper.Screens.EditField(uid, "Visited", "yesterday");
        await RestAsync();
        await AssertNeedsAsync(uid, "custom-field-type");
        Assert.Equal("03/01/2026", Booked(uid)["VISITED"]);
    }

    [Fact]
    public async Task A_field_that_Intacct_lacks_is_refused_by_its_name()
    {
        IntacctOptions.CustomFields.Remove("ARINVOICE.CREW");
        await BooksAsync(Carrying);
        var uid = MakeInvoice(WithFields(("Crew", "Blue")));
        await RestAsync();
        await AssertNeedsAsync(uid, "custom-field-unknown");
        IntacctOptions.CustomFields.Add("ARINVOICE.CREW");
        await RetryAsync(uid);
        Assert.Equal("Blue", Booked(uid)["CREW"]);
    }

    [Fact]
    public async Task An_invoice_that_is_adopted_keeps_its_fields_until_they_change_in_Zuper()
    {
        await BooksAsync(Carrying);
        Intacct.Screens.PostInvoice(SageId(Organization)!, "INV-2001", 129);
        var uid = MakeInvoice(WithFields(("Crew", "Blue")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Empty(Assert.Single(Invoices).GetValueOrDefault("CREW", ""));
        Zuper.Screens.Edit(uid, i => i["description"] = "March visit");
        await RestAsync();
        Assert.Equal("March visit", Assert.Single(Invoices)["DESCRIPTION"]);
        Assert.Empty(Assert.Single(Invoices).GetValueOrDefault("CREW", ""));
        Zuper.Screens.EditField(uid, "Crew", "Red");
        await RestAsync();
        Assert.Equal("Red", Assert.Single(Invoices)["CREW"]);
    }

    [Fact]
    public async Task A_document_of_Order_Entry_has_them_as_well()
    {
        await BooksAsync(s =>
            WithInvoice(Carrying(s), i => i with { Document = InvoiceDocument.OrderEntry, DefaultLocationId = "100" })
        );
        var uid = MakeInvoice(
            WithFields(("Crew", "Blue")),
            Worked("HVAC Tune-up", "1.5", l => l["product_id"] = "SVC-HVAC")
        );
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("Blue", Assert.Single(Documents)["CREW"]);
        Assert.Equal(["1.5"], EntryHours());

        Zuper.Screens.EditField(uid, "Crew", "");
        EditLines(uid, lines => lines[0]!["custom_fields"] = new JsonArray(Field("Hours", "2")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("", Assert.Single(Documents)["CREW"]);
        Assert.Equal(["2"], EntryHours());
    }

    [Fact]
    public async Task The_location_is_written_to_a_field_of_its_name_as_well()
    {
        IntacctOptions.CustomFields.Add("ARINVOICE.BRANCH");
        await BooksAsync(s => s with { InvoiceLocationField = "Branch" });
        var uid = MakeInvoice(WithFields(("Branch", "200")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(("200", "200"), (Booked(uid)["BRANCH"], LinesOf(uid).Single()["LOCATIONID"]));

        Zuper.Screens.EditField(uid, "Branch", "100");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(("100", "100"), (Booked(uid)["BRANCH"], LinesOf(uid).Single()["LOCATIONID"]));

        Edit("ARINVOICE", ("BRANCH", "By hand"));
        Zuper.Screens.Edit(uid, i => i["description"] = "March visit");
        await RestAsync();
        Assert.Equal(("By hand", "March visit"), (Booked(uid)["BRANCH"], Booked(uid)["DESCRIPTION"]));
    }

    [Fact]
    public async Task A_field_of_the_locations_name_that_is_made_later_is_found_by_a_retry()
    {
        await BooksAsync(s => s with { InvoiceLocationField = "Branch" });
        var uid = MakeInvoice(WithFields(("Branch", "999")));
        await RestAsync();
        await AssertNeedsAsync(uid, "location-unknown");
        IntacctOptions.CustomFields.Add("ARINVOICE.BRANCH");
        Zuper.WebhooksEnabled = false;
        Zuper.Screens.EditField(uid, "Branch", "200");
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal("200", Booked(uid)["BRANCH"]);
    }

    [Fact]
    public async Task Where_Intacct_does_not_tell_its_fields_only_what_is_to_be_booked_waits_for_a_person()
    {
        await BooksAsync(s => s with { InvoiceLocationField = "Branch" });
        var uid = MakeInvoice(WithFields(("Branch", "200")));
        await RestAsync();
        Clock.Advance(TimeSpan.FromHours(2));
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = IntacctFaults.FunctionError,
                Times = 0,
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["function"] = "lookup" },
            }
        );
        Zuper.Screens.SetStatus(uid, "CANCELED");
        var other = MakeInvoice(WithFields(("Branch", "200")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(RecordState.NeedsAction, (await InvoiceEntryAsync(other)).State);
        Intacct.Faults.Clear();
        await RetryAsync(other);
        await AssertSyncedAsync(other);
    }

    [Fact]
    public async Task A_comparison_and_an_explanation_name_the_fields_that_differ()
    {
        await BooksAsync(s => Carrying(s) with { SyncProducts = false, SyncPayments = false });
        var uid = MakeInvoice(
            WithFields(("Crew", "Blue"), ("Visited", "2026-03-01")),
            Worked("Filter", "1.50"),
            Worked("Visit", "3")
        );
        await RestAsync();
        Assert.Empty(await DifferencesAsync());

        Edit("ARINVOICE", ("CREW", "Red"));
        Edit("ARINVOICEITEM", ("HOURS", "9"), ("LINE_NO", "1"));
        Zuper.WebhooksEnabled = false;
        Zuper.Screens.EditField(uid, "Visited", "2026-03-02");
        Assert.Equal(
            [
                "CREW changedByHand Blue Red",
                "VISITED waiting 03/02/2026 03/01/2026",
                "lines.HOURS changedByHand 1.5; 3 3; 9",
            ],
            await DifferencesAsync()
        );
        var explained = (await ExplainAsync(uid))!;
        Assert.Equal(["CREW", "VISITED", "lines.HOURS"], explained.Differences.Select(d => d.Field));
        Assert.Equal("1.5; 3", explained.Mapped!["lines.HOURS"]!.ToString());
        Assert.Contains("VISITED", explained.Request, StringComparison.Ordinal);
        Assert.DoesNotContain("CREW", explained.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_names_the_fields_of_documents_of_Order_Entry_as_well()
    {
        await BooksAsync(s =>
            WithInvoice(
                Carrying(s) with
                {
                    SyncProducts = false,
                    SyncPayments = false,
                },
                i => i with { Document = InvoiceDocument.OrderEntry, DefaultLocationId = "100" }
            )
        );
        var uid = MakeInvoice(
            WithFields(("Crew", "Blue")),
            Worked("HVAC Tune-up", "1.5", l => l["product_id"] = "SVC-HVAC")
        );
        await RestAsync();
        Assert.Empty(await DifferencesAsync());
        Edit("SODOCUMENT", ("CREW", "Red"));
        Edit("SODOCUMENTENTRY", ("HOURS", "9"));
        Assert.Equal(["CREW changedByHand Blue Red", "lines.HOURS changedByHand 1.5 9"], await DifferencesAsync());
        Assert.Equal(["CREW", "lines.HOURS"], (await ExplainAsync(uid))!.Differences.Select(d => d.Field));
    }

    private static ZuperConnectionSettings Carrying(ZuperConnectionSettings settings) =>
        settings with
        {
            CustomFields = new CustomFieldSettings
            {
                Invoices = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Crew"] = "CREW",
                    ["Visited"] = "VISITED",
                },
                InvoiceLines = new Dictionary<string, string>(StringComparer.Ordinal) { ["Hours"] = "HOURS" },
            },
        };

    private static JsonObject Worked(string name, string hours, Action<JsonObject>? change = null) =>
        Line(
            name,
            1,
            20,
            line =>
            {
                line["custom_fields"] = new JsonArray(Field("Hours", hours));
                change?.Invoke(line);
            }
        );

    private static Action<JsonObject> WithFields(params (string Label, string Value)[] fields) =>
        record => record["custom_fields"] = new JsonArray([.. fields.Select(f => Field(f.Label, f.Value))]);

    /// <summary>Changes the only record of its kind, or that of a line number, by hand.</summary>
    private void Edit(string kind, params (string Field, string Value)[] fields) =>
        Intacct.Company.Change(context =>
        {
            var values = fields.ToDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal);
            var record = context
                .Table(kind)
                .Rows(null)
                .First(r => !values.ContainsKey("LINE_NO") || r["LINE_NO"] == values["LINE_NO"]);
            var changed = new Dictionary<string, string>(record.Values, StringComparer.Ordinal);
            foreach (var (field, value) in values)
                changed[field] = value;
            context.Books.Update(context.Table(kind), record, changed, context.Stamp);
            return 0;
        });

    private async Task<RecordExplanation?> ExplainAsync(string uid) =>
        await Process.Get<Explainer>().ExplainAsync(await ConnectionAsync(), ZuperFlows.Invoices, uid, Forever);

    /// <summary>Field, cause and both values of each difference of invoices.</summary>
    private async Task<string[]> DifferencesAsync()
    {
        var run = await PassAsync(async () =>
        {
            var started = await Process
                .Get<Reconciliation>()
                .StartAsync(await ConnectionAsync(), new DateOnly(2026, 1, 1), null, null, tells: false, Forever);
            await Process.Get<LongRuns>().EndOfAsync(started.Run.RunId, Forever);
            return started.Run;
        });
        var ended = (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!;
        Assert.True(ended.State == RunState.Done, $"{ended.State}: {ended.Report}");
        var differences = new List<string>();
        await foreach (var line in Process.Get<RunReports>().ReadAsync(Id, run.RunId, Forever))
        {
            var difference = JsonNode.Parse(line)!;
            differences.Add(
                $"{difference["field"]} {difference["cause"]} {difference["source"]} {difference["target"]}"
            );
        }

        return [.. differences];
    }

    private string[] Hours(string uid) => [.. LinesOf(uid).Select(l => l.GetValueOrDefault("HOURS", ""))];

    private string[] EntryHours() =>
        [.. Intacct.Company.Records("SODOCUMENTENTRY").Select(l => l.GetValueOrDefault("HOURS", ""))];
}
