using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Every_invoice_setting_counts : InvoiceRoadTest
{
    [Fact]
    public async Task SyncInvoices()
    {
        await BooksAsync(s => s with { SyncInvoices = false });
        MakeInvoice();
        await RestAsync();
        Assert.Empty(Invoices);
    }

    [Fact]
    public async Task Statuses()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Statuses = ["PAID"] }));
        var uid = MakeInvoice();
        await RestAsync();
        Assert.Empty(Invoices);
        Zuper.Screens.Pay(uid, 129);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task GlAccountNo()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { GlAccountNo = "4010" }));
        var uid = MakeInvoice();
        await RestAsync();
        Assert.Equal("4010", LinesOf(uid).Single()["ACCOUNTNO"]);
    }

    [Fact]
    public async Task AccountLabel()
    {
        await BooksAsync(s =>
            WithInvoice(
                s,
                i =>
                    i with
                    {
                        GlAccountNo = null,
                        AccountLabel = "Service",
                        Tax = new AccountSettings { AccountLabel = "Sales Tax" },
                    }
            )
        );
        Intacct.Screens.SetPreference("AR", "USEACCOUNTLABELS", "T");
        var uid = MakeInvoice(i =>
            i["tax"] = new JsonArray(new JsonObject { ["tax_name"] = "TX", ["tax_amount"] = 10.64 })
        );
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["Service", "Sales Tax"], LinesOf(uid).Select(l => l["ACCOUNTLABEL"]));
    }

    [Theory]
    [InlineData("tax", "invoice-tax-account-missing")]
    [InlineData("discount", "invoice-discount-account-missing")]
    [InlineData("fee", "invoice-fee-account-missing")]
    [InlineData("line", "invoice-line-account-missing")]
    public async Task An_account_that_is_missing_is_named(string kind, string code)
    {
        await BooksAsync(s =>
            WithInvoice(
                s,
                i =>
                    kind switch
                    {
                        "tax" => i with { Tax = new AccountSettings() },
                        "discount" => i with { Discount = new AccountSettings() },
                        "fee" => i with { Fee = new AccountSettings() },
                        _ => i with { GlAccountNo = null },
                    }
            )
        );
        var uid = MakeInvoice(i =>
        {
            i["total_discount"] = 10;
            i["tax"] = new JsonArray(new JsonObject { ["tax_name"] = "TX", ["tax_amount"] = 9.82 });
            i["fees"] = new JsonArray(new JsonObject { ["fee_name"] = "Trip", ["amount"] = 5 });
        });
        await RestAsync();
        await AssertNeedsAsync(uid, code);
        Assert.Contains(
            kind == "line" ? "invoice.glAccountNo" : $"invoice.{kind}.glAccountNo",
            (await InvoiceEntryAsync(uid)).Problem!.Fix,
            StringComparison.Ordinal
        );
        Assert.Empty(Invoices);
    }

    [Fact]
    public async Task TermName()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { TermName = "Net 15" }));
        var uid = MakeInvoice(i => i.Remove("due_date"));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(("Net 15", "03/17/2026"), (Booked(uid)["TERMNAME"], Booked(uid)["WHENDUE"]));

        await SettingsAsync(s => WithInvoice(s, i => i with { TermName = null }));
        var without = MakeInvoice(i => i.Remove("due_date"));
        await RestAsync();
        await AssertNeedsAsync(without, "invoice-without-due-date");
    }

    [Fact]
    public async Task A_term_of_Zupers_goes_before_the_setting_where_Intacct_has_it()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { TermName = "Net 15" }));
        var known = MakeInvoice(i => i["payment_term"] = ZuperPaymentTerms.Net30);
        await RestAsync();
        Assert.Equal("Net 30", Booked(known)["TERMNAME"]);
    }

    [Fact]
    public async Task A_term_of_Zupers_that_Intacct_lacks_is_never_replaced_and_is_taken_as_soon_as_it_is_made()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { TermName = "Net 15" }));
        var uid = MakeInvoice(i => i["payment_term"] = ZuperPaymentTerms.DueOnReceipt);
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-term-unknown");
        Assert.Contains("Due on Receipt", (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
        Assert.Empty(Invoices);

        Intacct.Company.Add(
            "ARTERM",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["NAME"] = "Due  on receipt",
                ["DUEDATE"] = "0",
                ["DUEFROM"] = "from invoice/bill date",
            }
        );
        var next = MakeInvoice(i => i["payment_term"] = ZuperPaymentTerms.DueOnReceipt);
        await RestAsync();
        await RetryAsync(uid);
        Assert.Equal(["Due  on receipt", "Due  on receipt"], [Booked(uid)["TERMNAME"], Booked(next)["TERMNAME"]]);
    }

    [Fact]
    public async Task Default_location_and_department()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { DefaultLocationId = "100", DefaultDepartmentId = "SVC" }));
        var uid = MakeInvoice();
        await RestAsync();
        var line = LinesOf(uid).Single();
        Assert.Equal(("100", "SVC"), (line["LOCATIONID"], line["DEPARTMENTID"]));
    }

    [Fact]
    public async Task The_fields_for_location_department_class_and_project()
    {
        await BooksAsync(s =>
            WithInvoice(
                s with
                {
                    InvoiceLocationField = "Branch",
                },
                i =>
                    i with
                    {
                        DefaultLocationId = "100",
                        DefaultDepartmentId = "SVC",
                        DepartmentField = "Team",
                        ClassField = "Kind",
                        ProjectField = "Job",
                    }
            )
        );
        var uid = MakeInvoice(i =>
            i["custom_fields"] = new JsonArray(
                Field("Branch", "200"),
                Field("team", "SAL"),
                Field("Kind", "RES"),
                Field("Job", "P-100")
            )
        );
        await RestAsync();
        await AssertSyncedAsync(uid);
        var line = LinesOf(uid).Single();
        Assert.Equal(
            ("200", "SAL", "RES", "P-100"),
            (line["LOCATIONID"], line["DEPARTMENTID"], line["CLASSID"], line["PROJECTID"])
        );
    }

    [Fact]
    public async Task StartDate()
    {
        await BooksAsync(s => s with { StartDate = new DateOnly(2026, 2, 15) });
        var (before, after) = (
            MakeInvoice(i => i["invoice_date"] = "2026-02-14"),
            MakeInvoice(i => i["invoice_date"] = "2026-02-15")
        );
        await RestAsync();
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(before)).State);
        await AssertSyncedAsync(after);
    }

    [Fact]
    public async Task Without_a_start_date_the_sync_begins_on_the_day_the_connection_was_made_unless_a_person_asks()
    {
        await BooksAsync();
        var (before, after) = (
            MakeInvoice(i => i["invoice_date"] = "2026-03-01"),
            MakeInvoice(i => i["invoice_date"] = "2026-03-02")
        );
        await RestAsync();
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(before)).State);
        await AssertSyncedAsync(after);

        await RetryAsync(before);
        await AssertSyncedAsync(before);
    }

    [Fact]
    public async Task TimeZone()
    {
        await BooksAsync(s => s with { Zuper = s.Zuper with { TimeZone = "America/New_York" } });
        var uid = MakeInvoice(i => i["due_date"] = "2026-03-31");
        await RestAsync();

        // Local 23:59 in Chicago is the next day in New York.
        Assert.Equal("04/01/2026", Booked(uid)["WHENDUE"]);
    }

    [Fact]
    public async Task A_changed_setting_rewrites_nothing_that_is_booked()
    {
        await BooksAsync();
        var uid = MakeInvoice(i => i["custom_fields"] = new JsonArray(Field("Branch", "200")));
        await RestAsync();
        var before = Intacct.Counters.Transactions;
        await SettingsAsync(s =>
            WithInvoice(
                s with
                {
                    InvoiceLocationField = "Branch",
                },
                i =>
                    i with
                    {
                        GlAccountNo = "4010",
                        TermName = "Net 15",
                        DefaultDepartmentId = "SVC",
                        DepartmentField = "Team",
                    }
            )
        );
        Zuper.Screens.Pay(uid, 29);
        await RestAsync();
        Assert.Equal(before, Intacct.Counters.Transactions);

        EditLines(uid, lines => lines[0]!["quantity"] = 2);
        await RestAsync();
        await AssertSyncedAsync(uid);
        var line = LinesOf(uid).Single();
        Assert.Equal(("258", "4000"), (line["TRX_AMOUNT"], line["ACCOUNTNO"]));
    }

    [Fact]
    public async Task A_persons_retry_reads_the_terms_anew_whatever_is_remembered()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { GlAccountNo = null }));
        MakeInvoice(i => i["payment_term"] = ZuperPaymentTerms.Net30);
        var uid = MakeInvoice(i => i["payment_term"] = ZuperPaymentTerms.Net30);
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-line-account-missing");
        await SettingsAsync(s => WithInvoice(s, i => i with { GlAccountNo = "4000" }));
        Intacct.Company.Edit(
            "ARTERM",
            "Net 30",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["STATUS"] = "inactive" }
        );
        await RetryAsync(uid);
        await AssertNeedsAsync(uid, "invoice-term-unknown");
    }

    private static JsonObject[] Labour() => [.. Enumerable.Range(1, 3).Select(n => Line($"Labour {n}", 1.25m, 33.33m))];

    [Fact]
    public async Task Rounding()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Rounding = new AccountSettings { GlAccountNo = "4010" } }));
        var uid = MakeInvoiceOf(124.99m, Labour());
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["41.66", "41.66", "41.66", "0.01"], Amounts(uid));
        Assert.Equal(("4010", "Rounding"), (LinesOf(uid).Last()["ACCOUNTNO"], LinesOf(uid).Last()["ENTRYDESCRIPTION"]));

        // It is matched again by every later change, and none of them costs a write for it.
        var updates = Intacct.Counters.Updates;
        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 1");
        await RestAsync();
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal(["41.66", "41.66", "41.66", "0.01"], Amounts(uid));

        Zuper.Screens.BreakTotal(uid, 124.98m);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["41.66", "41.66", "41.66", "0"], Amounts(uid));
        Assert.True(Intacct.Counters.Updates - updates <= 2, $"{Intacct.Counters.Updates - updates} updates");
    }

    [Fact]
    public async Task A_rounding_without_an_account_needs_a_person_and_a_link_by_hand_ends_it_for_good()
    {
        await BooksAsync();
        var uid = MakeInvoiceOf(124.99m, Labour());
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-rounding-account-missing");
        Assert.Empty(Invoices);

        // The accountant books it, with the cent on the last line.
        var byHand = MakeInvoice(Line("Labour 1", 1, 41.66m), Line("Labour 2", 1, 41.66m), Line("Labour 3", 1, 41.67m));
        await RestAsync();
        var booked = InvoiceId(byHand)!;
        await ForgetAsync(byHand);
        var connection = (await Process.Get<Core.Connections.ConnectionStore>().GetAsync(Id, Forever))!;
        await Process
            .Get<Core.Detection.PersonRequests>()
            .LinkAsync(connection, ZuperFlows.Invoices, uid, booked, Forever);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["41.66", "41.66", "41.67"], Amounts(uid));

        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 1");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["41.66", "41.66", "41.67"], Amounts(uid));
        Assert.Equal("PO 1", Booked(uid)["DOCNUMBER"]);
    }

    [Theory]
    [InlineData(InvoiceDocument.ArInvoice)]
    [InlineData(InvoiceDocument.OrderEntry)]
    public async Task A_link_by_hand_ends_what_does_not_add_up_for_good(InvoiceDocument document)
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Document = document }));
        var tuneUp = Zuper.Screens.Create(ZuperModules.Product, Product("Tune-up", "SVC-HVAC"));
        Action<JsonObject> ofItem = l => l["product_uid"] = tuneUp;
        var uid = MakeInvoiceOf(125.10m, Line("Labour 1", 1, 41.66m, ofItem), Line("Labour 2", 2, 41.66m, ofItem));
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-does-not-add-up");

        var byHand = MakeInvoice(Line("All of it", 1, 125.10m, ofItem));
        await RestAsync();
        var booked = InvoiceId(byHand)!;
        await ForgetAsync(byHand);
        var connection = (await Process.Get<Core.Connections.ConnectionStore>().GetAsync(Id, Forever))!;
        await Process
            .Get<Core.Detection.PersonRequests>()
            .LinkAsync(connection, ZuperFlows.Invoices, uid, booked, Forever);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(booked, InvoiceId(uid));

        // Neither a touch nor another change asks again; the lines stay as they are booked.
        Zuper.Screens.Edit(uid, i => i["remarks"] = "touched");
        await RestAsync();
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        foreach (var reference in new[] { "PO 1", "PO 2" })
        {
            Zuper.Screens.Edit(uid, i => i["reference_no"] = reference);
            await RestAsync();
            await AssertSyncedAsync(uid);
        }

        Assert.Equal(
            ("PO 2", "125.1"),
            document == InvoiceDocument.ArInvoice
                ? (Booked(uid)["DOCNUMBER"], Assert.Single(Amounts(uid)))
                : (
                    Assert.Single(Documents)["PONUMBER"],
                    Assert.Single(Intacct.Company.Records("SODOCUMENTENTRY"))["UIPRICE"]
                )
        );

        // Another total is another question.
        Zuper.Screens.BreakTotal(uid, 130);
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-does-not-add-up");
    }

    [Fact]
    public async Task Part_numbers_that_differ_from_items_in_case_alone_are_taken_as_spelled_and_never_guessed()
    {
        await BooksAsync();
        foreach (var id in new[] { "ab-1", "AB-1", "CD-1" })
            Intacct.Company.Add(
                "ITEM",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["ITEMID"] = id,
                    ["NAME"] = id,
                    ["ITEMTYPE"] = "Non-Inventory (Sales only)",
                    ["BASEPRICE"] = "10",
                    ["BASEUOM"] = "Each",
                    ["UOM.SOUOMDETAIL.UNIT"] = "Each",
                }
            );
        var (small, capitals, other) = (Of("ab-1"), Of("AB-1"), Of("cd-1"));
        var mixed = MakeInvoice(Line("Part", 1, 10, l => l["product_uid"] = NamedBy("Ab-1")));
        await RestAsync();
        Assert.Equal(["ab-1"], LinesOf(small).Select(l => l["ITEMID"]));
        Assert.Equal(["AB-1"], LinesOf(capitals).Select(l => l["ITEMID"]));
        Assert.Equal(["CD-1"], LinesOf(other).Select(l => l["ITEMID"]));
        await AssertNeedsAsync(mixed, "invoice-item-ambiguous");
        Assert.Contains("AB-1, ab-1", (await InvoiceEntryAsync(mixed)).Problem!.Message, StringComparison.Ordinal);

        string NamedBy(string part) => Zuper.Screens.Create(ZuperModules.Product, Product("Part " + part, part));
        string Of(string part) => MakeInvoice(Line("Part", 1, 10, l => l["product_uid"] = NamedBy(part)));
    }

    private async Task ForgetAsync(string uid)
    {
        var store = Process.Get<KeyMapStore>();
        var entry = (await store.GetAsync(new SyncKey(Id, ZuperFlows.Invoices, uid), Forever))!;
        await store.SaveAsync([entry with { TargetId = null, Ignored = true }], Forever);
    }

    [Fact]
    public async Task SyncCustomers_off_leaves_the_customers_organization_to_bill()
    {
        await BooksAsync(s => s with { SyncCustomers = false });
        var customer = Zuper.Screens.Create(
            ZuperModules.Customer,
            new JsonObject { ["customer_first_name"] = "Ines", ["customer_organization"] = Organization }
        );
        var uid = MakeInvoice(i =>
        {
            i.Remove("organization");
            i["customer"] = customer;
        });
        var none = MakeInvoice(i => i.Remove("organization"));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(SageId(Organization), Booked(uid)["CUSTOMERID"]);
        await AssertNeedsAsync(none, "invoice-without-customer");
    }

    [Fact]
    public async Task An_item_is_known_by_the_key_map_and_else_by_its_part_number()
    {
        await BooksAsync();
        var product = Zuper.Screens.Create(ZuperModules.Product, Product("Filter", "OTHER"));
        var named = Zuper.Screens.Create(ZuperModules.Product, Product("Tune-up", "SVC-HVAC"));
        await Process
            .Get<KeyMapStore>()
            .SaveAsync(
                [
                    new KeyMapEntry
                    {
                        Key = new SyncKey(Id, ZuperFlows.Products, "FLT-16"),
                        TargetId = product,
                        State = RecordState.Synced,
                    },
                ],
                Forever
            );
        var uid = MakeInvoice(
            Line("Filter", 1, 18.25m, l => l["product_uid"] = product),
            Line("Tune-up", 1, 129, l => l["product_uid"] = named),
            Line("Advice", 1, 10)
        );
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["FLT-16", "SVC-HVAC", ""], LinesOf(uid).Select(l => l.GetValueOrDefault("ITEMID", "")));
    }

    private static JsonObject Product(string name, string id) =>
        new()
        {
            ["product_name"] = name,
            ["product_id"] = id,
            ["product_category"] = ZuperCategories.Services,
            ["product_type"] = "SERVICE",
        };
}
