using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class What_accountants_change_on_invoices_stays : InvoiceRoadTest
{
    [Fact]
    public async Task A_line_changed_in_Zuper_changes_nothing_else_of_an_invoice()
    {
        var uid = await BookedAsync();
        EditInIntacct(uid);
        EditLines(
            uid,
            lines =>
            {
                lines[1]!["quantity"] = 4;
                lines.Add(Line("Trip", 1, 45));
            }
        );
        await RestAsync();

        await AssertSyncedAsync(uid);
        AssertKept(uid);
        Assert.Equal(["240", "73", "45"], Amounts(uid));
        Assert.Equal(["By hand", "Filter", "Trip"], LinesOf(uid).Select(l => l["ENTRYDESCRIPTION"]));
        Assert.Equal(["SAL", "SVC", "SVC"], LinesOf(uid).Select(l => l["DEPARTMENTID"]));
    }

    [Fact]
    public async Task A_header_field_changed_in_Zuper_is_the_only_one_that_is_written()
    {
        var uid = await BookedAsync();
        EditInIntacct(uid);
        EditLine(uid, 1, ("TRX_AMOUNT", "60"), ("AMOUNT", "60"));
        SetTotal(uid, "300");
        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 9");
        await RestAsync();

        await AssertSyncedAsync(uid);
        AssertKept(uid);
        Assert.Equal(("PO 9", "300"), (Booked(uid)["DOCNUMBER"], Booked(uid)["TRX_TOTALENTERED"]));
        Assert.Equal(["240", "60"], Amounts(uid));

        EditLines(uid, lines => lines[0]!["quantity"] = 1);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["120", "54.75"], Amounts(uid));
        AssertKept(uid);
    }

    [Fact]
    public async Task A_field_that_changes_on_both_sides_is_Zupers()
    {
        var uid = await BookedAsync();
        EditInIntacct(uid);
        Zuper.Screens.Edit(uid, i => (i["description"], i["due_date"]) = ("April visit", "2026-04-15"));
        Zuper.Screens.EditField(uid, "Department", "SAL");
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(("April visit", "04/15/2026"), (Booked(uid)["DESCRIPTION"], Booked(uid)["WHENDUE"]));
        Assert.Equal(["SAL", "SAL"], LinesOf(uid).Select(l => l["DEPARTMENTID"]));
        Assert.Equal(["By hand", "Filter"], LinesOf(uid).Select(l => l["ENTRYDESCRIPTION"]));
    }

    [Theory]
    [InlineData("http524", ReplayAnswer.WithoutStatus)]
    [InlineData("resetBefore", ReplayAnswer.Error)]
    [InlineData("truncated", ReplayAnswer.Error)]
    public async Task What_was_changed_while_a_reply_was_lost_stays(string fault, ReplayAnswer replay)
    {
        Intacct.Options.ReplayAnswer = replay;
        var uid = await BookedAsync();
        Intacct.Faults.Add(
            new()
            {
                Fault = fault,
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["function"] = "update_invoice" },
            }
        );
        EditLines(uid, lines => lines[1]!["quantity"] = 4);
        await RestAsync(TimeSpan.FromMinutes(5));
        EditInIntacct(uid);
        await RestAsync();

        await AssertSyncedAsync(uid);
        AssertKept(uid);
        Assert.Equal(["240", "73"], Amounts(uid));
    }

    [Fact]
    public async Task An_invoice_without_fingerprints_gets_them_when_nothing_has_changed()
    {
        var uid = await BookedAsync();
        var store = Process.Get<KeyMapStore>();
        Assert.Single(await store.SaveAsync([await InvoiceEntryAsync(uid) with { Fingerprints = null }], Forever));
        Zuper.Screens.Pay(uid, 9);
        await RestAsync();
        EditInIntacct(uid);
        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 9");
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal("PO 9", Booked(uid)["DOCNUMBER"]);
        Assert.Equal(("By hand", "05/01/2026"), (Booked(uid)["DESCRIPTION"], Booked(uid)["WHENDUE"]));
    }

    [Fact]
    public async Task An_invoice_that_was_linked_and_found_equal_is_known_from_then_on()
    {
        var uid = await BookedAsync();
        var linked = await InvoiceEntryAsync(uid) with { Fingerprints = null, Hash = null, Adopted = true };
        Assert.Single(await Process.Get<KeyMapStore>().SaveAsync([linked], Forever));
        await RetryAsync(uid);
        EditInIntacct(uid);
        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 9");
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal("PO 9", Booked(uid)["DOCNUMBER"]);
        AssertKept(uid);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invoice_that_Intacct_had_keeps_all_but_what_changes_in_Zuper_since(bool fromBefore)
    {
        var uid = await AdoptedAsync();
        if (fromBefore)
        {
            var row = await InvoiceEntryAsync(uid) with { Fingerprints = null };
            Assert.Single(await Process.Get<KeyMapStore>().SaveAsync([row], Forever));
            await RetryAsync(uid);
        }

        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 9");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("PO 9", Booked(uid)["DOCNUMBER"]);
        AssertKept(uid);

        EditLines(uid, lines => lines[1]!["quantity"] = 4);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["240", "73"], Amounts(uid));
        AssertKept(uid);
    }

    [Fact]
    public async Task After_an_adoption_from_before_the_first_change_brings_all_and_the_next_itself()
    {
        var uid = await AdoptedAsync();
        var row = await InvoiceEntryAsync(uid) with { Fingerprints = null };
        Assert.Single(await Process.Get<KeyMapStore>().SaveAsync([row], Forever));
        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 9");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("PO 9", Booked(uid)["DOCNUMBER"]);

        Intacct.Company.Edit("ARINVOICE", InvoiceId(uid)!, BooksTest.Fields(("DESCRIPTION", "By hand")));
        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 10");
        await RestAsync();
        Assert.Equal(("PO 10", "By hand"), (Booked(uid)["DOCNUMBER"], Booked(uid)["DESCRIPTION"]));
    }

    [Fact]
    public async Task What_Zuper_empties_is_emptied_where_it_was_written_from_Zuper()
    {
        var uid = await BookedAsync();
        EditLine(uid, 0, ("DEPARTMENTID", "SAL"));
        Intacct.Company.Edit("ARINVOICE", InvoiceId(uid)!, BooksTest.Fields(("DESCRIPTION", "By hand")));
        Zuper.Screens.Edit(uid, i => (i["description"], i["reference_no"]) = ("", ""));
        Zuper.Screens.EditField(uid, "Department", "");
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(("By hand", ""), (Booked(uid)["DESCRIPTION"], Booked(uid)["DOCNUMBER"]));
        Assert.Equal(["SAL", ""], LinesOf(uid).Select(l => l.GetValueOrDefault("DEPARTMENTID", "")));
        Assert.Equal(["240", "54.75"], Amounts(uid));
    }

    [Fact]
    public async Task A_due_date_that_Zuper_empties_needs_a_person_until_Intacct_has_another_one()
    {
        var uid = await BookedAsync();
        Zuper.Screens.Edit(uid, i => i["due_date"] = null);
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-field-emptied");
        Assert.Contains("due date", (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
        Assert.Equal("04/01/2026", Booked(uid)["WHENDUE"]);

        Intacct.Company.Edit("ARINVOICE", InvoiceId(uid)!, BooksTest.Fields(("WHENDUE", "05/01/2026")));
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal("05/01/2026", Booked(uid)["WHENDUE"]);
    }

    [Fact]
    public async Task An_invoice_that_is_made_anew_is_known_anew()
    {
        var uid = await BookedAsync(recreate: true);
        EditLines(uid, lines => lines.RemoveAt(1));
        await RestAsync();
        Assert.Equal("INV-2001-2", Booked(uid)["RECORDID"]);
        Intacct.Company.Edit("ARINVOICE", InvoiceId(uid)!, BooksTest.Fields(("DESCRIPTION", "By hand")));
        EditLines(uid, lines => lines[0]!["quantity"] = 3);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(("By hand", "360"), (Booked(uid)["DESCRIPTION"], Booked(uid)["TRX_TOTALENTERED"]));
    }

    [Fact]
    public async Task A_document_of_Order_Entry_keeps_them_as_well()
    {
        await BooksAsync(s =>
            WithInvoice(
                s,
                i =>
                    i with
                    {
                        Document = InvoiceDocument.OrderEntry,
                        DefaultLocationId = "100",
                        DepartmentField = "Department",
                    }
            )
        );
        var uid = MakeInvoice(
            WithDepartment,
            Line("HVAC Tune-up", 2, 120, l => l["product_id"] = "SVC-HVAC"),
            Line("Filter", 1, 18.25m, l => l["product_id"] = "FLT-16")
        );
        await RestAsync();
        EditRow("SODOCUMENT", Assert.Single(Documents)["RECORDNO"], ("MESSAGE", "By hand"), ("WHENDUE", "05/01/2026"));
        EditRow("SODOCUMENTENTRY", Entries()[0]["RECORDNO"], ("DEPARTMENTID", "SAL"), ("MEMO", "By hand"));
        EditRow("SODOCUMENTENTRY", Entries()[1]["RECORDNO"], ("UNIT", "Box"));
        Zuper.Screens.EditField(uid, "Department", "SAL");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["SAL", "SAL"], Entries().Select(l => l["DEPARTMENTID"]));
        Assert.Equal("Box", Entries()[1]["UNIT"]);
        EditRow("SODOCUMENTENTRY", Entries()[1]["RECORDNO"], ("UNIT", "Each"));
        EditLines(uid, lines => lines[1]!["quantity"] = 2);
        await RestAsync();

        await AssertSyncedAsync(uid);
        var document = Assert.Single(Documents);
        Assert.Equal(
            ("By hand", "05/01/2026", "276.5"),
            (document["MESSAGE"], document["WHENDUE"], document["TRX_TOTAL"])
        );
        Assert.Equal(["SAL", "SAL"], Entries().Select(l => l["DEPARTMENTID"]));
        Assert.Equal(["By hand", "Filter"], Entries().Select(l => l["MEMO"]));

        Zuper.Screens.Edit(uid, i => i["description"] = "");
        Zuper.Screens.EditField(uid, "Department", "");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("By hand", Assert.Single(Documents)["MESSAGE"]);
        Assert.Equal(["", ""], Entries().Select(l => l.GetValueOrDefault("DEPARTMENTID", "")));
    }

    private async Task<string> BookedAsync(bool recreate = false)
    {
        await BooksAsync(s => WithInvoice(s, i => i with { DepartmentField = "Department", Recreate = recreate }));
        var uid = MakeInvoice(WithDepartment, Line("Tune-up", 2, 120), Line("Filter", 3, 18.25m));
        await RestAsync();
        await AssertSyncedAsync(uid);
        return uid;
    }

    /// <summary>An invoice that Intacct had before, with what an accountant wrote on it.</summary>
    private async Task<string> AdoptedAsync()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { DepartmentField = "Department" }));
        Intacct.Screens.PostInvoice(SageId(Organization)!, "INV-2001", [240, 54.75m]);
        var uid = MakeInvoice(WithDepartment, Line("Tune-up", 2, 120), Line("Filter", 3, 18.25m));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Single(Invoices);
        EditInIntacct(uid);
        return uid;
    }

    private static void WithDepartment(JsonObject invoice)
    {
        invoice["description"] = "March visit";
        invoice["reference_no"] = "PO 1";
        invoice["custom_fields"] = new JsonArray(Field("Department", "SVC"));
    }

    /// <summary>Has an accountant change the head and the first line.</summary>
    private void EditInIntacct(string uid)
    {
        Intacct.Company.Edit(
            "ARINVOICE",
            InvoiceId(uid)!,
            BooksTest.Fields(("DESCRIPTION", "By hand"), ("WHENDUE", "05/01/2026"))
        );
        EditLine(uid, 0, ("ENTRYDESCRIPTION", "By hand"), ("DEPARTMENTID", "SAL"));
    }

    private void AssertKept(string uid)
    {
        Assert.Equal(("By hand", "05/01/2026"), (Booked(uid)["DESCRIPTION"], Booked(uid)["WHENDUE"]));
        var first = LinesOf(uid).First();
        Assert.Equal(("By hand", "SAL"), (first["ENTRYDESCRIPTION"], first["DEPARTMENTID"]));
    }

    private void EditLine(string uid, int line, params (string Field, string Value)[] fields) =>
        EditRow("ARINVOICEITEM", LinesOf(uid).ElementAt(line)["RECORDNO"], fields);

    private void SetTotal(string uid, string total) =>
        EditRow("ARINVOICE", InvoiceId(uid)!, ("TRX_TOTALENTERED", total), ("TOTALENTERED", total));

    private void EditRow(string kind, string recordNo, params (string Field, string Value)[] fields) =>
        Intacct.Company.Change(context =>
        {
            var record = context
                .Table(kind)
                .Rows(null)
                .Single(r => r.RecordNo == int.Parse(recordNo, CultureInfo.InvariantCulture));
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal);
            foreach (var (field, value) in fields)
                values[field] = value;
            context.Books.Update(context.Table(kind), record, values, context.Stamp);
            return 0;
        });

    private List<IReadOnlyDictionary<string, string>> Entries() =>
        [
            .. Intacct
                .Company.Records("SODOCUMENTENTRY")
                .OrderBy(l => int.Parse(l["LINE_NO"], CultureInfo.InvariantCulture)),
        ];
}
