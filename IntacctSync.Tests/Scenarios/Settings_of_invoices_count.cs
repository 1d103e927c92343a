using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Settings_of_invoices_count : InvoiceRoadTest
{
    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            Companies =
            [
                SimulatedCompany.Sandbox with
                {
                    MultiCurrency = true,
                    DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["EUR"] = 1.1m },
                    TransactionDefinitions = [new("Sales Invoice"), new("Service Invoice")],
                },
            ],
        };

    [Fact]
    public async Task The_account_number_is_that_of_the_lines()
    {
        var uid = await BookedWithAsync(i => i with { GlAccountNo = "4010" });
        Assert.Equal("4010", LinesOf(uid).Single()["ACCOUNTNO"]);
    }

    [Fact]
    public async Task Account_labels_are_used_where_the_company_has_them()
    {
        Intacct.Screens.SetPreference("AR", "USEACCOUNTLABELS", "T");
        var labels = new AccountSettings { AccountLabel = "Service" };
        var uid = await BookedWithAsync(
            i =>
                i with
                {
                    GlAccountNo = null,
                    AccountLabel = "Service",
                    Tax = new() { AccountLabel = "Sales Tax" },
                    Discount = labels,
                    Fee = labels,
                },
            i =>
                i["tax"] = new JsonArray(
                    new JsonObject
                    {
                        ["tax_name"] = "TX",
                        ["tax_percent"] = 10,
                        ["tax_amount"] = 12.9,
                    }
                )
        );
        Assert.Equal(["Service", "Sales Tax"], LinesOf(uid).Select(l => l["ACCOUNTLABEL"]));
    }

    [Fact]
    public async Task Taxes_discounts_and_fees_go_to_their_own_accounts()
    {
        var uid = await BookedWithAsync(
            i =>
                i with
                {
                    Tax = new() { GlAccountNo = "4090" },
                    Discount = new() { GlAccountNo = "2200" },
                    Fee = new() { GlAccountNo = "4020" },
                },
            i =>
            {
                i["total_discount"] = 10;
                i["discount"] = new JsonObject
                {
                    ["type"] = "FIXED",
                    ["discount_applicability"] = "INVOICE",
                    ["discount_label"] = "Discount",
                };
                i["tax"] = new JsonArray(
                    new JsonObject
                    {
                        ["tax_name"] = "TX",
                        ["tax_percent"] = 8.25,
                        ["tax_amount"] = 9.82,
                    }
                );
                i["fees"] = new JsonArray(new JsonObject { ["fee_name"] = "Trip", ["amount"] = 5 });
            }
        );
        Assert.Equal(["4000", "2200", "4090", "4020"], LinesOf(uid).Select(l => l["ACCOUNTNO"]));
    }

    [Fact]
    public async Task The_term_is_that_of_the_invoice()
    {
        var uid = await BookedWithAsync(i => i with { TermName = "Net 15" });
        Assert.Equal("Net 15", Booked(uid)["TERMNAME"]);
    }

    [Fact]
    public async Task Currency_and_type_of_exchange_rate_are_sent()
    {
        var uid = await BookedWithAsync(i => i with { Currency = "EUR", ExchangeRateType = "Intacct Daily Rate" });
        Assert.Equal(("EUR", "Intacct Daily Rate"), (Booked(uid)["CURRENCY"], Booked(uid)["EXCH_RATE_TYPE_ID"]));
    }

    [Fact]
    public async Task The_default_location_and_department_are_those_of_lines_that_have_none()
    {
        var uid = await BookedWithAsync(i => i with { DefaultLocationId = "200", DefaultDepartmentId = "SAL" });
        Assert.Equal(("200", "SAL"), (LinesOf(uid).Single()["LOCATIONID"], LinesOf(uid).Single()["DEPARTMENTID"]));
    }

    [Fact]
    public async Task Custom_fields_give_the_department_the_class_and_the_project()
    {
        var uid = await BookedWithAsync(
            i => i with { DepartmentField = "Dept", ClassField = "Segment", ProjectField = "Project no" },
            i =>
                i["custom_fields"] = new JsonArray(
                    Field("Dept", "SVC"),
                    Field("Segment", "RES"),
                    Field("Project no", "P-100")
                )
        );
        var line = LinesOf(uid).Single();
        Assert.Equal(("SVC", "RES", "P-100"), (line["DEPARTMENTID"], line["CLASSID"], line["PROJECTID"]));
    }

    [Fact]
    public async Task Only_the_chosen_statuses_are_booked()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Statuses = ["READY_TO_INVOICE"] }));
        var (awaiting, ready) = (MakeInvoice(), MakeInvoice(i => i["invoice_status"] = "READY_TO_INVOICE"));
        await RestAsync();
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(awaiting)).State);
        await AssertSyncedAsync(ready);
    }

    [Fact]
    public async Task The_transaction_definition_is_that_of_the_document()
    {
        await BooksAsync(s =>
            WithInvoice(
                s,
                i =>
                    i with
                    {
                        Document = InvoiceDocument.OrderEntry,
                        TransactionDefinition = "Service Invoice",
                        DefaultLocationId = "100",
                    }
            )
        );
        var uid = MakeInvoice(Line("HVAC Tune-up", 1, 129, l => l["product_id"] = "SVC-HVAC"));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("Service Invoice", Assert.Single(Documents)["DOCPARID"]);
        Assert.DoesNotContain(Invoices, i => i["RECORDNO"] == InvoiceId(uid));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task What_an_update_can_not_express_is_made_anew_only_where_that_is_wanted(bool recreate, int invoices)
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Recreate = recreate }));
        var uid = MakeInvoice(Line("Tune-up", 1, 100), Line("Filter", 1, 20));
        await RestAsync();
        EditLines(uid, lines => lines.RemoveAt(1));
        await RestAsync();
        Assert.Equal(invoices, Invoices.Count);
        Assert.Equal(recreate ? RecordState.Synced : RecordState.NeedsAction, (await InvoiceEntryAsync(uid)).State);
        Assert.Equal(recreate ? ["100"] : ["100", "20"], Amounts(uid));
    }

    [Theory]
    [InlineData("America/Chicago", "03/01/2026")]
    [InlineData("America/Los_Angeles", "02/28/2026")]
    public async Task Dates_are_those_of_the_accounts_time_zone(string zone, string date)
    {
        await BooksAsync(s =>
            s with
            {
                StartDate = new DateOnly(2026, 1, 1),
                Zuper = s.Zuper with { TimeZone = zone },
            }
        );
        var uid = MakeInvoice(i => i["invoice_date"] = "2026-03-01");
        await RestAsync();
        Assert.Equal(date, Booked(uid)["WHENCREATED"]);
    }

    [Fact]
    public async Task Invoices_dated_before_the_start_are_left_alone()
    {
        await BooksAsync(s => s with { StartDate = new DateOnly(2026, 3, 10) });
        var (before, after) = (MakeInvoice(), MakeInvoice(i => i["invoice_date"] = "2026-03-11"));
        await RestAsync();
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(before)).State);
        await AssertSyncedAsync(after);
    }

    [Fact]
    public async Task Invoices_are_left_alone_while_they_are_not_synced()
    {
        await BooksAsync(s => s with { SyncInvoices = false });
        MakeInvoice();
        await RestAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(Invoices);
    }

    private async Task<string> BookedWithAsync(
        Func<InvoiceSettings, InvoiceSettings> settings,
        Action<JsonObject>? change = null
    )
    {
        await BooksAsync(s => WithInvoice(s, settings));
        var uid = MakeInvoice(change);
        await RestAsync();
        await AssertSyncedAsync(uid);
        return uid;
    }
}
