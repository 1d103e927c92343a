using System.Text.Json.Nodes;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Invoices;
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
    public async Task An_invoice_that_is_adopted_keeps_its_fields_until_it_changes_in_Zuper()
    {
        await BooksAsync(Carrying);
        Intacct.Screens.PostInvoice(SageId(Organization)!, "INV-2001", 129);
        var uid = MakeInvoice(WithFields(("Crew", "Blue")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Empty(Assert.Single(Invoices).GetValueOrDefault("CREW", ""));
        Zuper.Screens.Edit(uid, i => i["description"] = "March visit");
        await RestAsync();
        Assert.Equal("Blue", Assert.Single(Invoices)["CREW"]);
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

    private static JsonNode Field(string label, string value) =>
        new JsonObject
        {
            ["label"] = label,
            ["value"] = value,
            ["type"] = "SINGLE_LINE",
        };

    private string[] Hours(string uid) => [.. LinesOf(uid).Select(l => l.GetValueOrDefault("HOURS", ""))];

    private string[] EntryHours() =>
        [.. Intacct.Company.Records("SODOCUMENTENTRY").Select(l => l.GetValueOrDefault("HOURS", ""))];
}
