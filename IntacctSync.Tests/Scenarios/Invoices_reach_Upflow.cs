using System.Text.RegularExpressions;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class Invoices_reach_Upflow : ReceivablesRoadTest
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
                    DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal)
                    {
                        ["JPY"] = 0.0067m,
                        ["KWD"] = 3.25m,
                    },
                },
            ],
        };

    private async Task OpenAsync(Func<UpflowConnectionSettings, UpflowConnectionSettings>? change = null)
    {
        await ConnectUpflowAsync(change);
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
    }

    [Fact]
    public async Task A_posted_invoice_arrives_with_its_customer()
    {
        await OpenAsync();
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 259.80m, description: "February visit");
        await PollAsync();
        var invoice = Invoice(no);
        Assert.Equal(
            ("INV-1", "February visit", "USD", 25980L, 25980L, "DUE"),
            (
                (string?)invoice["customId"],
                (string?)invoice["name"],
                (string?)invoice["currency"],
                (long)invoice["grossAmount"]!,
                (long)invoice["netAmount"]!,
                (string?)invoice["state"]
            )
        );
        Assert.Equal(25980, Upflow.Screens.Balance("C-1", "USD"));
        var row = await RowAsync(UpflowFlows.Invoices, Text(no));
        Assert.Equal(
            new RecordFacts(259.80m, row.Facts?.Currency, row.Facts?.Date, "C-1", "upflow-customers/C-1"),
            row.Facts
        );
        Assert.NotNull(row.Facts!.Date);
        Assert.Equal(
            "C-1 Harbor",
            (await Process.Get<PartyNames>().NamesAsync(Id, [row], CancellationToken.None))[row.Key]
        );
    }

    [Fact]
    public async Task A_person_knows_a_credit_note_and_a_payment_by_customer_amount_and_date()
    {
        await OpenAsync();
        var invoice = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 25.50m);
        var payment = Intacct.Screens.Pay("C-1", [("INV-1", 40m)]);
        await PollAsync();
        var rows = new[]
        {
            await RowAsync(UpflowFlows.Customers, "C-1"),
            await RowAsync(UpflowFlows.Invoices, Text(invoice)),
            await RowAsync(UpflowFlows.CreditNotes, $"ARADJUSTMENT-{Text(memo)}"),
            await RowAsync(UpflowFlows.Payments, Text(payment)),
        };
        Assert.Equal([null, 100m, -25.50m, 40m], rows.Select(r => r.Facts?.Amount));
        Assert.All(rows, r => Assert.Equal("C-1", r.Facts?.Party));
        Assert.All(rows.Skip(1), r => Assert.NotNull(r.Facts?.Date));
    }

    [Theory]
    [InlineData("JPY", "1200", 1200)]
    [InlineData("JPY", "1200.5", 1201)]
    [InlineData("KWD", "12.34", 12340)]
    [InlineData("", "0.05", 5)]
    public async Task An_amount_is_in_the_smallest_unit_of_its_currency(string currency, string amount, long smallest)
    {
        await OpenAsync();
        var no = Intacct.Screens.PostInvoice(
            "C-1",
            "INV-1",
            decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture),
            currency: currency
        );
        await PollAsync();
        Assert.Equal(
            (currency.Length == 0 ? "USD" : currency, smallest),
            ((string?)Invoice(no)["currency"], (long)Invoice(no)["grossAmount"]!)
        );
    }

    [Fact]
    public async Task A_draft_stays_away_until_it_is_posted()
    {
        await OpenAsync();
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100, draft: true);
        await PollAsync();
        Assert.Null(Invoice("INV-1"));
        Intacct.Screens.SubmitInvoice("INV-1");
        await PollAsync();
        Assert.NotNull(Invoice("INV-1"));
    }

    [Fact]
    public async Task A_debit_memo_is_an_invoice_and_what_is_below_zero_is_none()
    {
        await OpenAsync();
        var debit = Intacct.Screens.PostDebitMemo("C-1", "DM-1", 40);
        Intacct.Screens.PostInvoice("C-1", "NEG-1", -30);
        Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        await PollAsync();
        Assert.Equal("DM-1", (string?)Assert.Single(Upflow.Screens.Records("invoices"))["customId"]);
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Invoices, $"ARADJUSTMENT-{Text(debit)}")).State);
    }

    [Fact]
    public async Task An_edit_arrives_and_no_change_writes_nothing()
    {
        await OpenAsync();
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        Intacct.Screens.EditInvoiceLine("INV-1", 1, 80);
        await PollAsync();
        Assert.Equal(8000, (long)Invoice(no)["grossAmount"]!);
        var before = Writes;
        Clock.Advance(TimeSpan.FromHours(2));
        await PollAsync();
        await BackfillAsync(UpflowFlows.Customers, UpflowFlows.Invoices);
        Assert.Equal(before, Writes);
    }

    [Fact]
    public async Task An_invoice_of_Order_Entry_that_is_made_anew_keeps_its_place_and_what_is_paid_of_it()
    {
        await OpenAsync();
        Intacct.Company.Add(
            "ITEM",
            Fields(
                ("ITEMID", "VISIT"),
                ("NAME", "Visit"),
                ("ITEMTYPE", "Non-Inventory (Sales only)"),
                ("BASEUOM", "Each")
            )
        );
        var first = Intacct.Screens.PostOrder("C-1", "SI-1", "VISIT", 100);
        await PollAsync();
        var id = (string?)Invoice(first)["id"];
        var second = Intacct.Screens.EditOrder("SI-1", "VISIT", 80);
        Assert.NotEqual(first, second);
        var paid = Intacct.Screens.Pay("C-1", [("SI-1", 30)]);
        Clock.Advance(TimeSpan.FromHours(4));
        await PollAsync();
        var invoice = Assert.Single(Upflow.Screens.Records("invoices"));
        Assert.Equal(
            (id, 8000L, 5000L),
            ((string?)invoice["id"], (long)invoice["grossAmount"]!, (long)invoice["amountOutstanding"]!)
        );
        Assert.Equal(id, (await RowAsync(UpflowFlows.Invoices, Text(second))).TargetId);
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Payments, Text(paid))).State);
        Assert.Equal(5000, Upflow.Screens.Balance("C-1", "USD"));
    }

    /// <summary>The process died between the row that lets go of the counterpart and the one that takes it.</summary>
    [Fact]
    public async Task An_order_that_is_edited_twice_around_a_crash_keeps_its_one_invoice()
    {
        await OpenAsync();
        Intacct.Company.Add(
            "ITEM",
            Fields(
                ("ITEMID", "VISIT"),
                ("NAME", "Visit"),
                ("ITEMTYPE", "Non-Inventory (Sales only)"),
                ("BASEUOM", "Each")
            )
        );
        var first = Intacct.Screens.PostOrder("C-1", "SI-1", "VISIT", 100);
        await PollAsync();
        var second = Intacct.Screens.EditOrder("SI-1", "VISIT", 80);
        var row = await RowAsync(UpflowFlows.Invoices, Text(first));
        var left = new InvoiceParts
        {
            ReplacedBy = Text(second),
            LeftTarget = row.TargetId,
            LeftKey = row.NaturalKey,
        };
        Assert.Single(
            await Process
                .Get<KeyMapStore>()
                .SaveAsync(
                    [
                        (row with { TargetId = null, NaturalKey = null, Hash = null, Parts = left.ToString() }).Skip(
                            Clock.GetUtcNow(),
                            "Order Entry has made it anew."
                        ),
                    ],
                    Forever
                )
        );
        var third = Intacct.Screens.EditOrder("SI-1", "VISIT", 60);
        await PollAsync();
        var invoice = Assert.Single(Upflow.Screens.Records("invoices"));
        Assert.Equal((row.TargetId, 6000L), ((string?)invoice["id"], (long)invoice["amountOutstanding"]!));
        Assert.Equal(row.TargetId, (await RowAsync(UpflowFlows.Invoices, Text(third))).TargetId);
    }

    [Fact]
    public async Task An_invoice_that_is_deleted_goes()
    {
        await OpenAsync();
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.PostInvoice("C-1", "INV-2", 70);
        await PollAsync();
        Intacct.Screens.DeleteInvoice("INV-1");
        Clock.Advance(TimeSpan.FromHours(4));
        await PollAsync();
        Assert.Null(Invoice("INV-1"));
        Assert.Equal(7000, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task What_is_dated_before_the_start_is_left_out_until_a_person_asks()
    {
        await OpenAsync(s => s with { StartDate = new DateOnly(2026, 3, 1) });
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100, date: new DateOnly(2026, 2, 1));
        await PollAsync();
        Assert.Null(Invoice("INV-1"));
        Assert.Equal(RecordState.Skipped, (await RowAsync(UpflowFlows.Invoices, Text(no))).State);
        await BackfillAsync(UpflowFlows.Invoices);
        Assert.NotNull(Invoice("INV-1"));
    }

    [Fact]
    public async Task What_was_there_before_arrives_by_a_backfill()
    {
        Intacct.Screens.AddCustomer("C-0", "Early");
        Intacct.Screens.PostInvoice("C-0", "INV-0", 10);
        Intacct.Screens.PostDebitMemo("C-0", "DM-0", 5);
        Clock.Advance(TimeSpan.FromDays(3));
        await OpenAsync();
        await PollAsync();
        Assert.Null(Invoice("INV-0"));
        await BackfillAsync(UpflowFlows.Invoices);
        Assert.Equal(1500, Upflow.Screens.Balance("C-0", "USD"));
    }

    [Fact]
    public async Task Custom_fields_are_carried_by_the_map()
    {
        IntacctOptions.CustomFields.Add("ARINVOICE.PO_NO");
        await OpenAsync(s => s with { CustomFields = new() { Invoices = Fields(("PO_NO", "PO number")) } });
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Company.Change(context =>
        {
            var table = context.Table("ARINVOICE");
            var record = table.Find(no)!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal) { ["PO_NO"] = "4711" };
            return context.Books.Update(table, record, values, context.Stamp).RecordNo;
        });
        await PollAsync();
        Assert.Equal("4711", (string?)Invoice(no)["customFields"]![0]!["value"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pdf_follows_once_and_again_when_the_invoice_changes(bool touched)
    {
        Intacct.Options.PaymentsTouchInvoices = touched;
        await OpenAsync(s => s with { SyncPdfs = true });
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        Assert.NotNull(Upflow.Screens.Pdf($"ARINVOICE-{Text(no)}"));
        Assert.Equal(1, Pdfs);
        Intacct.Screens.Pay("C-1", [("INV-1", 20)]);
        await PollAsync();
        Assert.Equal(1, Pdfs);
        Intacct.Screens.EditInvoice("INV-1", Fields(("DESCRIPTION", "Another")));
        await PollAsync();
        Assert.Equal(2, Pdfs);
    }

    [Fact]
    public async Task A_pdf_comes_again_when_the_text_of_a_line_changes()
    {
        await OpenAsync(s => s with { SyncPdfs = true });
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        Intacct.Company.Change(context =>
        {
            var lines = context.Table("ARINVOICEITEM");
            var line = lines.FindAll("RECORDKEY", no)[0];
            var values = new Dictionary<string, string>(line.Values, StringComparer.Ordinal)
            {
                ["ENTRYDESCRIPTION"] = "Two visits",
            };
            context.Books.Update(lines, line, values, context.Stamp);
            var invoices = context.Table("ARINVOICE");
            var invoice = invoices.Find(no)!;
            var same = new Dictionary<string, string>(invoice.Values, StringComparer.Ordinal);
            return context.Books.Update(invoices, invoice, same, context.Stamp).RecordNo;
        });
        await PollAsync();
        Assert.Equal(2, Pdfs);
        await PollAsync();
        Assert.Equal(2, Pdfs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pdf_comes_again_after_an_edit_and_a_payment_between_two_looks(bool touched)
    {
        Intacct.Options.PaymentsTouchInvoices = touched;
        await OpenAsync(s => s with { SyncPdfs = true });
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        Intacct.Company.Change(context =>
        {
            var table = context.Table("ARINVOICE");
            var record = table.Find(no)!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal)
            {
                ["DOCNUMBER"] = "4711",
            };
            return context.Books.Update(table, record, values, context.Stamp).RecordNo;
        });
        Clock.Advance(TimeSpan.FromMinutes(1));
        Intacct.Screens.Pay("C-1", [("INV-1", 20)]);
        await PollAsync();
        Assert.Equal(2, Pdfs);
    }

    [Fact]
    public async Task A_pdf_that_never_comes_holds_up_nothing_and_a_person_is_told()
    {
        await OpenAsync(s => s with { SyncPdfs = true });
        Refuse("POST /v1/invoices/{id}/pdf", times: 100);
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.Pay("C-1", [("INV-1", 20)]);
        await PollAsync();
        var row = await RowAsync(UpflowFlows.Invoices, Text(no));
        Assert.Equal((RecordState.NeedsAction, "upflow-pdf-failed"), (row.State, row.Problem?.Code));
        Assert.Equal(8000, Upflow.Screens.Outstanding("INV-1"));

        Upflow.Faults.Clear();
        Assert.Equal(
            1,
            await Process
                .Get<PersonRequests>()
                .RetryAllAsync(await ConnectionAsync(), UpflowFlows.Invoices, "upflow-pdf-failed", Forever)
        );
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Invoices, Text(no))).State);
        Assert.NotNull(Upflow.Screens.Pdf($"ARINVOICE-{Text(no)}"));
    }

    [Fact]
    public async Task A_pdf_that_fails_holds_up_nothing_and_comes_later()
    {
        await OpenAsync(s => s with { SyncPdfs = true });
        Refuse("POST /v1/invoices/{id}/pdf", fault: UpflowFaults.Http500);
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        var row = await RowAsync(UpflowFlows.Invoices, Text(no));
        Assert.Equal(RecordState.Synced, row.State);
        Assert.Contains(row.Timeline, t => t.What == "pdfFailed");
        Assert.NotNull(Upflow.Screens.Pdf($"ARINVOICE-{Text(no)}"));
    }

    [Fact]
    public async Task Where_the_user_may_not_print_people_are_told_once_and_the_invoices_stay_synced()
    {
        await OpenAsync(s => s with { SyncPdfs = true });
        Intacct.Company.Deny("sandbox-user", "ARINVOICE", "PRINT");
        int[] invoices = [.. Enumerable.Range(1, 8).Select(i => Intacct.Screens.PostInvoice("C-1", $"INV-{i}", 100))];
        var printed = 0;
        Wire.Change = (sent, answer) =>
        {
            printed += sent.Contains("<retrievepdf>", StringComparison.Ordinal) ? 1 : 0;
            return answer;
        };
        await PollAsync();
        await RestAsync(TimeSpan.FromDays(10));
        foreach (var no in invoices)
            Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Invoices, Text(no))).State);

        // One is tried for all, and again after growing pauses; each for itself would be forty.
        Assert.InRange(printed, 1, 10);
        var told = await Process.Get<ConnectionTimeline>().NewestAsync(Id, 50, Forever);
        Assert.Contains(
            "print invoices",
            Assert.Single(told, t => t.What == "pdfsRefused").Detail,
            StringComparison.Ordinal
        );

        // Whoever asks once it is mended does not wait for the next try.
        Intacct.Company.AllowAll();
        Clock.Advance(TimeSpan.FromMinutes(1));
        await BackfillAsync(UpflowFlows.Invoices);
        Assert.All(invoices, no => Assert.NotNull(Upflow.Screens.Pdf($"ARINVOICE-{Text(no)}")));
    }

    [Fact]
    public async Task A_pdf_that_fails_for_hours_goes_on_by_itself()
    {
        await OpenAsync(s => s with { SyncPdfs = true });
        Refuse("POST /v1/invoices/{id}/pdf", times: 10, fault: UpflowFaults.ResetBefore);
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        await RestAsync(TimeSpan.FromDays(3));
        var row = await RowAsync(UpflowFlows.Invoices, Text(no));
        Assert.Equal(RecordState.Synced, row.State);
        Assert.DoesNotContain(row.Timeline, t => t.What == "needsAction");
        Assert.NotNull(Upflow.Screens.Pdf($"ARINVOICE-{Text(no)}"));
    }

    /// <summary>In shadow nothing is sent, so the envelope that would have brought the PDF ends there.</summary>
    [Fact]
    public async Task A_pdf_whose_envelope_is_gone_is_tried_again_when_a_later_look_fails()
    {
        await OpenAsync(s => s with { SyncPdfs = true });
        Refuse("POST /v1/invoices/{id}/pdf", times: 1, fault: UpflowFaults.Http500);
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process
            .Get<Poller>()
            .TickAsync([UpflowFlows.Customers, UpflowFlows.Invoices], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(WriteBack.Due, (await RowAsync(UpflowFlows.Invoices, Text(no))).WriteBack);
        await ChangeSettingsAsync(s => s with { Mode = SyncMode.Shadow });
        await RestAsync(TimeSpan.FromHours(2));
        Assert.Null(Upflow.Screens.Pdf($"ARINVOICE-{Text(no)}"));

        Clock.Advance(TimeSpan.FromHours(1));
        await ChangeSettingsAsync(s => s with { Mode = SyncMode.Live });
        Refuse("POST /v1/invoices/{id}/pdf", times: 1, fault: UpflowFaults.Http500);
        Intacct.Screens.EditInvoice("INV-1", Fields(("DESCRIPTION", "Another")));
        await PollAsync();
        await RestAsync(TimeSpan.FromHours(2));
        Assert.NotNull(Upflow.Screens.Pdf($"ARINVOICE-{Text(no)}"));
    }

    [Fact]
    public async Task A_pdf_that_waits_is_let_go_when_pdfs_are_switched_off_and_sent_when_they_are_on_again()
    {
        await OpenAsync(s => s with { SyncPdfs = true });
        Intacct.Company.Deny("sandbox-user", "ARINVOICE", "PRINT");
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process
            .Get<Poller>()
            .TickAsync([UpflowFlows.Customers, UpflowFlows.Invoices], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(1));
        await ChangeSettingsAsync(s => s with { SyncPdfs = false });
        await RestAsync(TimeSpan.FromDays(10));
        var row = await RowAsync(UpflowFlows.Invoices, Text(no));
        Assert.Equal((RecordState.Synced, WriteBack.None), (row.State, row.WriteBack));
        Assert.DoesNotContain(row.Timeline, t => t.Detail.Contains("looked at next", StringComparison.Ordinal));

        Intacct.Company.AllowAll();
        await ChangeSettingsAsync(s => s with { SyncPdfs = true });
        await BackfillAsync(UpflowFlows.Invoices);
        Assert.NotNull(Upflow.Screens.Pdf($"ARINVOICE-{Text(no)}"));
    }

    [Fact]
    public async Task An_invoice_whose_pdf_alone_is_refused_keeps_no_other_waiting()
    {
        await OpenAsync(s => s with { SyncPdfs = true });
        Upflow.Faults.Add(
            new FaultRule
            {
                Fault = UpflowFaults.Http400,
                Match = Fields(("route", "POST /v1/invoices/{id}/pdf"), ("externalId", "ARINVOICE-1")),
                Times = 100,
            }
        );
        int[] invoices = [.. Enumerable.Range(1, 3).Select(i => Intacct.Screens.PostInvoice("C-1", $"INV-{i}", 100))];
        await PollAsync();
        Assert.Equal(
            invoices.Length,
            invoices.Count(no => Upflow.Screens.Pdf($"ARINVOICE-{Text(no)}") is not null)
                + (await Process.Get<RecordQuery>().CountAsync(Id, UpflowFlows.Invoices, Forever)).Of(
                    RecordState.NeedsAction
                )
        );
    }

    /// <summary>A query shows one of its lines late: the others look like a lower amount and more tax.</summary>
    [Fact]
    public async Task A_line_that_a_query_does_not_show_yet_is_part_of_the_net_amount()
    {
        await OpenAsync();
        Wire.Change = static (sent, answer) =>
            sent.Contains("<object>ARINVOICEITEM</object>", StringComparison.Ordinal)
                ? answer.Replace(">100<", ">40<", StringComparison.Ordinal)
                : answer;
        var no = Intacct.Screens.PostInvoiceWithTax("C-1", "INV-1", 100, 19);
        await PollAsync();
        Assert.Equal((11900, 10000), ((long)Invoice(no)["grossAmount"]!, (long)Invoice(no)["netAmount"]!));
    }

    /// <summary>That a reading of an adjustment holds its lines is assumed.</summary>
    [Fact]
    public async Task The_lines_of_a_memo_are_asked_for_where_a_reading_shows_none()
    {
        await OpenAsync();
        Wire.Change = static (sent, answer) =>
            sent.Contains("<read>", StringComparison.Ordinal)
                ? Regex.Replace(
                    answer,
                    "<ARADJUSTMENTITEMS>.*?</ARADJUSTMENTITEMS>",
                    "",
                    RegexOptions.Singleline,
                    TimeSpan.FromSeconds(5)
                )
                : answer;
        Intacct.Screens.PostCreditMemoWithTax("C-1", "CM-1", 5, 1);
        await PollAsync();
        Assert.Equal(500, (long)Upflow.Screens.Record("credit_notes", "CM-1")!["netAmount"]!);
    }

    [Fact]
    public async Task A_lower_amount_that_is_refused_for_a_link_arrives_when_the_link_has_gone()
    {
        await OpenAsync();
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        var paid = Intacct.Screens.Pay("C-1", [("INV-1", 100)]);
        await PollAsync();
        Intacct.Screens.ReversePayment(paid);
        Intacct.Screens.EditInvoiceLine("INV-1", 1, 60);
        await PollAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await PollAsync();
        Assert.Equal(6000, (long)Invoice(no)["amountOutstanding"]!);
    }

    [Fact]
    public async Task An_invoice_that_was_taken_out_of_Upflow_comes_back_when_a_person_asks()
    {
        await OpenAsync();
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        Upflow.Screens.Delete("invoices", "INV-1");
        await BackfillAsync(UpflowFlows.Invoices);
        Assert.NotNull(Invoice("INV-1"));
    }

    [Theory]
    [InlineData(UpflowFaults.ResetAfter)]
    [InlineData(UpflowFaults.LostAnswer)]
    [InlineData(UpflowFaults.Http503After)]
    [InlineData(UpflowFaults.TruncatedAnswer)]
    [InlineData(UpflowFaults.ResetBefore)]
    [InlineData(UpflowFaults.Http429)]
    public async Task An_answer_that_is_lost_doubles_and_loses_nothing(string fault)
    {
        await OpenAsync();
        Refuse("POST /v1/customers", fault: fault);
        Refuse("POST /v1/invoices", fault: fault);
        var no = Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        await PollAsync();
        Assert.Single(Upflow.Screens.Records("customers"));
        Assert.Single(Upflow.Screens.Records("invoices"));
        var row = await RowAsync(UpflowFlows.Invoices, Text(no));
        Assert.Equal((RecordState.Synced, (string?)Invoice(no)["id"]), (row.State, row.TargetId));
    }

    private int Pdfs => Upflow.Counters.Of("POST /v1/invoices/{id}/pdf");
}
