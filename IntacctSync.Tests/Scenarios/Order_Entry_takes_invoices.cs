using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Order_Entry_takes_invoices : InvoiceRoadTest
{
    [Fact]
    public async Task An_invoice_becomes_a_document_whose_id_shows_in_Zuper()
    {
        await OrdersAsync();
        var uid = MakeInvoice(
            i =>
            {
                i["total_discount"] = 10;
                i["discount"] = new JsonObject { ["type"] = "FIXED", ["discount_applicability"] = "INVOICE" };
                i["tax"] = new JsonArray(new JsonObject { ["tax_name"] = "TX", ["tax_amount"] = 20.12 });
            },
            Tune(2, l => l["discount"] = 4)
        );
        await RestAsync();

        await AssertSyncedAsync(uid);
        var document = Assert.Single(Documents);
        Assert.Equal(("Sales Invoice-INV-2001", "264.12"), (document["DOCID"], document["TRX_TOTAL"]));
        Assert.Equal("Sales Invoice-INV-2001", InvoiceId(uid));
        Assert.Equal(SageId(Organization), document["CUSTVENDID"]);
        Assert.Equal("264.12", Assert.Single(Invoices)["TRX_TOTALENTERED"]);
    }

    [Fact]
    public async Task Its_lines_are_compared_and_its_subtotals_are_none()
    {
        await OrdersAsync();
        var uid = MakeInvoice(
            i => i["tax"] = new JsonArray(new JsonObject { ["tax_name"] = "TX", ["tax_amount"] = 20.12 }),
            Tune(2),
            Tune(1)
        );
        await RestAsync();
        await AssertSyncedAsync(uid);
        Zuper.WebhooksEnabled = false;
        var connection = await ConnectionAsync();
        Assert.Equal([], (await Process.ReconcileAsync(connection, PassAsync, ZuperFlows.Invoices)).Differences);

        var line = Intacct
            .Company.Records("SODOCUMENTENTRY")
            .Where(l => l["DOCHDRNO"] == Documents.Single()["RECORDNO"])
            .OrderBy(l => l["LINE_NO"], StringComparer.Ordinal)
            .Last();
        Intacct.Company.Change(context =>
        {
            var table = context.Table("SODOCUMENTENTRY");
            var record = table.Find(int.Parse(line["RECORDNO"], CultureInfo.InvariantCulture))!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal)
            {
                ["MEMO"] = "Visit",
                ["UIPRICE"] = "100",
                ["TRX_VALUE"] = "100",
            };
            context.Books.Update(table, record, values, context.Stamp);
            return 0;
        });
        Assert.Equal(
            [
                "invoices INV-2001 line 2 amount '129.00' '100.00' changedByHand",
                "invoices INV-2001 line 2 price '129' '100' changedByHand",
                $"invoices INV-2001 line 2 text '{line["MEMO"]}' 'Visit' changedByHand",
            ],
            (await Process.ReconcileAsync(connection, PassAsync, ZuperFlows.Invoices)).Differences.Where(d =>
                d.Contains(" line", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public async Task TransactionDefinition()
    {
        await OrdersAsync(i => i with { TransactionDefinition = "Contract Invoice" });
        var uid = MakeInvoice(Tune(1));
        await RestAsync();
        Assert.Equal(RecordState.NeedsAction, (await InvoiceEntryAsync(uid)).State);
        Assert.Contains("Contract Invoice", (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Location 100 not found")]
    [InlineData("No record exits for the recordkey 'Sales Invoice-INV-2001'.")]
    public async Task Whatever_words_refuse_its_deletion_a_document_that_stands_is_not_taken_for_gone(string words)
    {
        await OrdersAsync();
        var uid = MakeInvoice(Tune(1));
        await RestAsync();
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = IntacctFaults.FunctionError,
                Times = 0,
                Match = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["function"] = "delete_sotransaction",
                },
            }.With("description2", words)
        );
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RestAsync();

        var entry = await InvoiceEntryAsync(uid);
        Assert.Equal(RecordState.NeedsAction, entry.State);
        Assert.Contains(words, entry.Problem!.Message, StringComparison.Ordinal);
        Assert.Single(Documents);

        Intacct.Faults.Clear();
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Empty(Documents);
    }

    [Fact]
    public async Task Where_no_linked_document_is_shown_none_is_taken_for_deleted()
    {
        await OrdersAsync();
        var (uid, _) = (MakeInvoice(Tune(1)), MakeInvoice(Tune(1)));
        await RestAsync();
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = IntacctFaults.FunctionError,
                Times = 0,
                Match = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["function"] = "delete_sotransaction",
                },
            }
        );
        Wire.Change = static (_, answer) =>
            System.Text.RegularExpressions.Regex.Replace(
                answer,
                "<SODOCUMENT>.*?</SODOCUMENT>|<sodocument>.*?</sodocument>",
                "",
                System.Text.RegularExpressions.RegexOptions.Singleline,
                TimeSpan.FromSeconds(5)
            );
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-not-shown");
        Assert.Equal(2, Documents.Count);
    }

    [Fact]
    public async Task A_line_without_an_item_needs_a_person()
    {
        await OrdersAsync();
        var uid = MakeInvoice(Line("Advice", 1, 10));
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-item-missing");
        Assert.Empty(Documents);
    }

    [Fact]
    public async Task A_persons_retry_reads_the_items_unit_anew_whatever_is_remembered()
    {
        await OrdersAsync();
        MakeInvoice(Tune(1));
        await RestAsync();
        Intacct.Company.Edit(
            "ITEM",
            "SVC-HVAC",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["BASEUOM"] = "Visit",
                ["UOM.SOUOMDETAIL.UNIT"] = "Visit",
            }
        );
        var uid = MakeInvoice(Tune(1));
        await RestAsync();
        Assert.Equal(RecordState.NeedsAction, (await InvoiceEntryAsync(uid)).State);

        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
    }

    [Fact]
    public async Task Cents_of_rounding_are_a_subtotal_that_survives_changes()
    {
        await OrdersAsync(i => i with { Rounding = new AccountSettings { GlAccountNo = "4010" } });
        var hours = Enumerable.Range(1, 4).Select(n => Tune(0.25m, l => Hour(l, n)));
        var uid = MakeInvoiceOf(95.50m, [.. hours]);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("95.5", Assert.Single(Documents)["TRX_TOTAL"]);

        var updates = Intacct.Counters.Updates;
        await RetryAsync(uid);
        Assert.Equal(updates, Intacct.Counters.Updates);
        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 1");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("95.5", Assert.Single(Documents)["TRX_TOTAL"]);
    }

    [Fact]
    public async Task A_changed_document_keeps_its_link_although_its_invoice_gets_another_number()
    {
        await OrdersAsync();
        var uid = MakeInvoice(Tune(1));
        await RestAsync();
        var before = Assert.Single(Invoices)["RECORDNO"];
        EditLines(
            uid,
            lines =>
            {
                lines[0]!["quantity"] = 2;
                lines.Add(Tune(1, l => l["name"] = "Second"));
            }
        );
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal("387", Assert.Single(Documents)["TRX_TOTAL"]);
        Assert.NotEqual(before, Assert.Single(Invoices)["RECORDNO"]);
        var transactions = Intacct.Counters.Transactions;
        Zuper.Screens.Pay(uid, 100);
        await RestAsync();
        Assert.Equal(transactions, Intacct.Counters.Transactions);
    }

    [Fact]
    public async Task A_cancelled_invoice_has_its_document_deleted_unless_it_is_paid()
    {
        await OrdersAsync();
        var (gone, paid) = (MakeInvoice(Tune(1)), MakeInvoice(Tune(1)));
        await RestAsync();
        Intacct.Screens.Pay(SageId(Organization)!, [("INV-2002", 29)]);
        Zuper.Screens.SetStatus(gone, "CANCELED");
        Zuper.Screens.SetStatus(paid, "CANCELED");
        await RestAsync();

        await AssertSyncedAsync(gone);
        await AssertNeedsAsync(paid, "invoice-paid-and-cancelled");
        Assert.Equal("Sales Invoice-INV-2002", Assert.Single(Documents)["DOCID"]);
    }

    [Fact]
    public async Task With_recreate_a_removed_line_makes_another_document()
    {
        await OrdersAsync(i => i with { Recreate = true });
        var uid = MakeInvoice(Tune(1), Tune(2, l => l["name"] = "Second"));
        await RestAsync();
        EditLines(uid, lines => lines.RemoveAt(1));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("Sales Invoice-INV-2001-2", Assert.Single(Documents)["DOCID"]);
    }

    [Theory]
    [InlineData("http524", "create_sotransaction")]
    [InlineData("resetAfter", "create_sotransaction")]
    [InlineData("truncated", "create_sotransaction")]
    [InlineData("resultWithoutStatus", "create_sotransaction")]
    [InlineData("resetBefore", "create_sotransaction")]
    [InlineData("http524", "update_sotransaction")]
    [InlineData("resetBefore", "update_sotransaction")]
    [InlineData("http524", "delete_sotransaction")]
    [InlineData("resetBefore", "delete_sotransaction")]
    public async Task Whatever_reply_is_lost_each_step_happens_once(string fault, string function)
    {
        await OrdersAsync();
        var other = MakeInvoice(Tune(3));
        await RestAsync();
        Intacct.Faults.Add(
            new()
            {
                Fault = fault,
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["function"] = function },
            }
        );
        var uid = MakeInvoice(Tune(1));
        await RestAsync();
        await AssertSyncedAsync(uid);
        EditLines(uid, lines => lines.Add(Tune(1, l => l["name"] = "Second")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(["258", "387"], Documents.Select(d => d["TRX_TOTAL"]).Order(StringComparer.Ordinal));
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(InvoiceId(other), Assert.Single(Documents)["DOCID"]);
    }

    [Theory]
    [InlineData("http524")]
    [InlineData("resetAfter")]
    [InlineData("resetBefore")]
    public async Task A_document_whose_deletion_had_no_answer_is_made_anew_once_if_the_settings_say_so(string fault)
    {
        await OrdersAsync(i => i with { Recreate = true });
        var other = MakeInvoice(Tune(3));
        var uid = MakeInvoice(Tune(1), Tune(2, l => l["name"] = "Second"));
        await RestAsync();
        Intacct.Faults.Add(
            new()
            {
                Fault = fault,
                Match = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["function"] = "delete_sotransaction",
                },
            }
        );
        EditLines(uid, lines => lines.RemoveAt(1));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(
            new[] { InvoiceId(other), InvoiceId(uid) }.Order(StringComparer.Ordinal),
            Documents.Select(d => d["DOCID"]).Order(StringComparer.Ordinal)
        );
        Assert.Equal("Sales Invoice-INV-2002-2", InvoiceId(uid));
    }

    [Fact]
    public async Task The_only_document_whose_own_deletion_had_no_answer_is_noted_as_deleted()
    {
        await OrdersAsync();
        var uid = MakeInvoice(Tune(1));
        await RestAsync();
        Intacct.Faults.Add(
            new()
            {
                Fault = "http524",
                Match = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["function"] = "delete_sotransaction",
                },
            }
        );
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Empty(Documents);
    }

    [Fact]
    public async Task A_deletion_without_an_answer_is_not_believed_of_a_document_that_is_only_hidden()
    {
        await OrdersAsync();
        var uid = MakeInvoice(Tune(1));
        await RestAsync();
        Intacct.Faults.Add(
            new()
            {
                Fault = IntacctFaults.ResetBefore,
                Match = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["function"] = "delete_sotransaction",
                },
            }
        );
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = IntacctFaults.FunctionError,
                Times = 0,
                Match = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["function"] = "delete_sotransaction",
                },
            }.With("description2", "No such document")
        );
        Wire.Change = static (_, answer) => HiddenRecords.Hide(answer, "SODOCUMENT");
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RestAsync();
        Assert.Equal(RecordState.NeedsAction, (await InvoiceEntryAsync(uid)).State);
        await RetryAsync(uid);
        await AssertNeedsAsync(uid, "invoice-not-shown");
        Assert.Single(Documents);

        Wire.Change = null;
        Intacct.Faults.Clear();
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Empty(Documents);
    }

    [Fact]
    public async Task A_discount_and_a_tax_that_are_removed_are_removed_from_the_document()
    {
        var uid = await TaxedAsync();
        Zuper.Screens.Edit(uid, i => (i["total_discount"], i["tax"]) = (0, new JsonArray()));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("129", Assert.Single(Documents)["TRX_TOTAL"]);
        Assert.Equal("129", Assert.Single(Invoices)["TRX_TOTALENTERED"]);
    }

    [Fact]
    public async Task Subtotals_are_told_apart_where_their_sum_stays_the_same()
    {
        var uid = await TaxedAsync();
        Zuper.Screens.Edit(
            uid,
            i =>
                (i["total_discount"], i["tax"]) = (
                    0,
                    new JsonArray(new JsonObject { ["tax_name"] = "TX", ["tax_amount"] = 10.12 })
                )
        );
        await RestAsync();
        await AssertSyncedAsync(uid);
        var made = Assert.Single(Invoices)["RECORDNO"];
        Assert.Equal(
            ["10.12", "129"],
            Intacct
                .Company.Records("ARINVOICEITEM")
                .Where(l => l["RECORDKEY"] == made)
                .Select(l => l["TRX_AMOUNT"])
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_line_discount_that_is_removed_is_removed_from_the_document()
    {
        await OrdersAsync();
        var uid = MakeInvoice(Tune(2, l => (l["discount"], l["discount_type"]) = (10, "PERCENTAGE")));
        await RestAsync();
        Assert.Equal(
            ("232.2", "10"),
            (
                Assert.Single(Documents)["TRX_TOTAL"],
                Assert.Single(Intacct.Company.Records("SODOCUMENTENTRY"))["DISCOUNTPERCENT"]
            )
        );
        EditLines(uid, lines => lines[0]!["discount"] = 0);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("258", Assert.Single(Documents)["TRX_TOTAL"]);
    }

    [Fact]
    public async Task A_line_that_is_added_before_Intacct_shows_the_document_is_added_alone()
    {
        await OrdersAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        Intacct.Options.VisibilityDelay = TimeSpan.FromMinutes(5);
        var uid = MakeInvoice(Tune(1));
        await RestAsync();
        EditLines(uid, lines => lines.Add(Tune(1, l => l["name"] = "Second")));
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("258", Assert.Single(Documents)["TRX_TOTAL"]);
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Empty(Documents);
    }

    [Theory]
    [InlineData(InvoiceDocument.ArInvoice, "create_invoice")]
    [InlineData(InvoiceDocument.OrderEntry, "create_sotransaction")]
    public async Task A_booking_in_doubt_is_looked_up_where_it_went_to_although_the_setting_has_changed(
        InvoiceDocument document,
        string function
    )
    {
        await OrdersAsync(i => i with { Document = document });
        Intacct.Faults.Add(
            new()
            {
                Fault = "http524",
                Match = new Dictionary<string, string>(StringComparer.Ordinal) { ["function"] = function },
            }
        );
        var uid = MakeInvoice(Tune(1));
        await RestAsync(TimeSpan.FromMinutes(5));
        await SettingsAsync(s =>
            WithInvoice(
                s,
                i =>
                    i with
                    {
                        Document =
                            document == InvoiceDocument.OrderEntry
                                ? InvoiceDocument.ArInvoice
                                : InvoiceDocument.OrderEntry,
                        TransactionDefinition = "Another Invoice",
                    }
            )
        );
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Single(Invoices);
        Assert.Equal(
            document == InvoiceDocument.OrderEntry ? "Sales Invoice-INV-2001" : Invoices[0]["RECORDNO"],
            InvoiceId(uid)
        );
    }

    [Theory]
    [InlineData(InvoiceDocument.OrderEntry, "Service Invoice")]
    [InlineData(InvoiceDocument.ArInvoice, "Sales Invoice")]
    public async Task What_former_settings_have_made_is_compared_and_offered_all_the_same(
        InvoiceDocument document,
        string definition
    )
    {
        await OrdersAsync();
        var uid = MakeInvoice(Tune(1));
        await RestAsync();
        await AssertSyncedAsync(uid);
        await SettingsAsync(s =>
            WithInvoice(s, i => i with { Document = document, TransactionDefinition = definition })
        );
        Zuper.WebhooksEnabled = false;
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        Assert.Equal([], (await Process.ReconcileAsync(connection, PassAsync, ZuperFlows.Invoices)).Differences);
        if (document == InvoiceDocument.OrderEntry)
        {
            var comparison = Process
                .Get<AppCatalog>()
                .Of(connection)
                .Comparisons.Single(c => c.Flow == ZuperFlows.Invoices);
            var scope = new ComparedScope(
                connection,
                await Process.Get<ConnectionAccessSource>().GetAsync(connection, Forever)
            );
            var source = (await comparison.FindSourceAsync(scope, uid, Forever))!;
            var offered = await comparison.CandidatesAsync(scope, source, Forever)!.ToListAsync(Forever);
            Assert.Equal(["Sales Invoice-INV-2001"], offered.SelectMany(page => page).Select(c => c.Id));
        }

        // No list shows it any more, and its document stands in the books.
        Zuper.Screens.Delete(uid);
        var difference = Assert.Single(
            (await Process.ReconcileAsync(connection, PassAsync, ZuperFlows.Invoices)).Differences
        );
        Assert.StartsWith(
            "invoices INV-2001 state 'out of the books' 'in the books'",
            difference,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_booked_stays_where_it_is_when_the_setting_changes()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        await SettingsAsync(s => WithInvoice(s, i => i with { Document = InvoiceDocument.OrderEntry }));
        EditLines(uid, lines => lines[0]!["quantity"] = 2);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Empty(Documents);
        Assert.Equal("258", Assert.Single(Invoices)["TRX_TOTALENTERED"]);
    }

    /// <summary>139.12: a line of 129, 10 off, 20.12 of tax.</summary>
    private async Task<string> TaxedAsync()
    {
        await OrdersAsync();
        var uid = MakeInvoice(
            i =>
                (i["total_discount"], i["discount"], i["tax"]) = (
                    10,
                    new JsonObject { ["type"] = "FIXED", ["discount_applicability"] = "INVOICE" },
                    new JsonArray(new JsonObject { ["tax_name"] = "TX", ["tax_amount"] = 20.12 })
                ),
            Tune(1)
        );
        await RestAsync();
        Assert.Equal("139.12", Assert.Single(Documents)["TRX_TOTAL"]);
        return uid;
    }

    private static void Hour(JsonObject line, int number) =>
        (line["name"], line["unit_price"]) = ($"Hour {number}", 95.50m);

    private string _product = "";

    private async Task OrdersAsync(Func<InvoiceSettings, InvoiceSettings>? change = null)
    {
        await BooksAsync(s =>
            WithInvoice(s, i => (change ?? (same => same))(i with { Document = InvoiceDocument.OrderEntry }))
        );
        _product = Zuper.Screens.Create(
            ZuperModules.Product,
            new JsonObject
            {
                ["product_name"] = "Tune-up",
                ["product_id"] = "SVC-HVAC",
                ["product_category"] = ZuperCategories.Services,
                ["product_type"] = "SERVICE",
            }
        );
    }

    private JsonObject Tune(decimal quantity, Action<JsonObject>? change = null) =>
        Line(
            "Tune-up",
            quantity,
            129,
            l =>
            {
                l["product_uid"] = _product;
                change?.Invoke(l);
            }
        );
}
