using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Invoices_are_taken_back : InvoiceRoadTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_or_deleted_invoice_is_reversed_once(bool deleted)
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        End(uid, deleted);
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(["Reversed", "Reversal"], Invoices.Select(i => i["STATE"]));
        Assert.Equal(1, (await InvoiceEntryAsync(uid)).Revision);
        var before = Intacct.Counters.Transactions;
        if (!deleted)
            Zuper.Screens.Edit(uid, i => i["description"] = "Still cancelled");
        await RestAsync();
        Assert.Equal(before, Intacct.Counters.Transactions);
    }

    [Fact]
    public async Task An_invoice_dated_ahead_is_reversed_on_its_own_day()
    {
        await BooksAsync();
        var uid = MakeInvoice(i => i["invoice_date"] = "2026-03-20");
        await RestAsync();
        End(uid, deleted: false);
        await RestAsync();
        Assert.Equal("03/20/2026", Invoices[1]["WHENCREATED"]);
    }

    [Fact]
    public async Task A_cancelled_invoice_that_was_never_booked_is_left_out()
    {
        await BooksAsync();
        var uid = MakeInvoice(i => i["invoice_status"] = "CANCELED");
        await RestAsync();
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(uid)).State);
        Assert.Empty(Invoices);
    }

    [Theory]
    [InlineData(129)]
    [InlineData(29)]
    public async Task What_has_payments_in_Intacct_is_never_reversed_by_itself(decimal paid)
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        var payment = Intacct.Screens.Pay(SageId(Organization)!, [("INV-2001", paid)]);
        End(uid, deleted: false);
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-paid-and-cancelled");
        Assert.Single(Invoices);

        Intacct.Screens.ReversePayment(payment);
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal("Reversed", Invoices[0]["STATE"]);
    }

    [Fact]
    public async Task An_invoice_of_a_closed_period_is_not_moved_into_another_one_and_the_choices_are_named()
    {
        await BooksAsync(s => s with { StartDate = new DateOnly(2026, 2, 1) });
        var uid = MakeInvoice(i => i["invoice_date"] = "2026-02-20");
        await RestAsync();
        Intacct.Screens.CloseBooksThrough(new DateOnly(2026, 2, 28));
        End(uid, deleted: false);
        await RestAsync();
        await AssertNeedsAsync(uid, "period-closed");
        Assert.Single(Invoices);
        var fix = (await InvoiceEntryAsync(uid)).Problem!.Fix;
        Assert.All(new[] { "open period", "ignore" }, part => Assert.Contains(part, fix, StringComparison.Ordinal));

        Intacct.Screens.ReverseInvoice("INV-2001");
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal(2, Invoices.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task With_recreate_what_was_not_made_from_Zuper_is_a_persons_choice_however_often_it_was_updated(
        int updates
    )
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Recreate = true }));
        var other = MakeOrganization("Quayside Hotels");
        var made = MakeInvoice();
        await RestAsync();
        await ForgetAsync(made);
        Zuper.Screens.Edit(made, i => i["remarks"] = "Adopted by its number");
        await RestAsync();
        Assert.True((await InvoiceEntryAsync(made)).Adopted);
        for (var i = 0; i < updates; i++)
        {
            Zuper.Screens.Edit(made, invoice => invoice["reference_no"] = $"PO {i}");
            await RestAsync();
            Assert.Equal($"PO {i}", Booked(made)["DOCNUMBER"]);
        }

        Zuper.Screens.Edit(made, i => i["organization"] = other);
        await RestAsync();
        await AssertNeedsAsync(made, "invoice-customer-changed");
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task What_can_not_be_put_into_a_request_concerns_no_other_invoice()
    {
        await BooksAsync(s =>
            WithInvoice(
                s,
                i =>
                    i with
                    {
                        Fee = new AccountSettings { GlAccountNo = "4090", AccountLabel = "Service" },
                    }
            )
        );
        Zuper.WebhooksEnabled = false;
        var broken = MakeInvoice(i =>
            i["fees"] = new JsonArray(new JsonObject { ["fee_name"] = "Trip", ["fee_amount"] = 5 })
        );
        var sound = MakeInvoice();
        Clock.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync();
        await AssertSyncedAsync(sound);
        Assert.DoesNotContain((await InvoiceEntryAsync(sound)).Timeline, t => t.What == "waiting");
        Assert.NotEqual(RecordState.Synced, (await InvoiceEntryAsync(broken)).State);
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task What_an_accountant_has_reversed_already_is_noted()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Screens.ReverseInvoice("INV-2001");
        End(uid, deleted: false);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(2, Invoices.Count);
    }

    [Theory]
    [InlineData("Exchange rate not found for EUR to USD on 03/01/2026")]
    [InlineData("Location 100 not found")]
    [InlineData("Customer 'Lost and not found Ltd' can't be changed now")]
    [InlineData("No record exits for the recordkey '1'.")]
    [InlineData("Something that nobody has seen")]
    public async Task Whatever_words_refuse_a_reversal_an_invoice_that_stands_is_not_taken_for_gone(string words)
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Refuse("reverse_invoice", words);
        End(uid, deleted: false);
        await RestAsync();

        var entry = await InvoiceEntryAsync(uid);
        Assert.Equal(RecordState.NeedsAction, entry.State);
        Assert.Contains(words, entry.Problem!.Message, StringComparison.Ordinal);
        Assert.Equal("Posted", Assert.Single(Invoices)["STATE"]);

        Intacct.Faults.Clear();
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal("Reversed", Invoices[0]["STATE"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Something that nobody has seen")]
    public async Task An_invoice_that_two_looks_do_not_find_is_noted_whatever_words_refuse_its_reversal(string? words)
    {
        await BooksAsync();
        var uid = MakeInvoice();
        MakeInvoice();
        await RestAsync();
        Intacct.Screens.DeleteInvoice("INV-2001");
        if (words is not null)
            Refuse("reverse_invoice", words);
        End(uid, deleted: false);
        await RestAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(RecordState.Pending, (await InvoiceEntryAsync(uid)).State);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Contains(
            "no longer in Intacct",
            (await InvoiceEntryAsync(uid)).Timeline[^1].Detail,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_invoice_that_is_hidden_after_a_refused_reversal_and_shown_again_is_reversed()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        MakeInvoice();
        await RestAsync();
        var hidden = Invoices[0]["RECORDNO"];
        Refuse("reverse_invoice", "Something that nobody has seen", times: 1);
        Wire.Change = (_, answer) => HiddenRecords.Hide(answer, "ARINVOICE", hidden);
        End(uid, deleted: false);
        await RestAsync(TimeSpan.FromMinutes(1));
        Assert.NotNull((await InvoiceEntryAsync(uid)).TargetMissingSince);

        Wire.Change = null;
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("Reversed", Invoices[0]["STATE"]);
        Assert.DoesNotContain(
            (await InvoiceEntryAsync(uid)).Timeline,
            t => t.Detail.Contains("no longer in Intacct", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_reversal_that_is_refused_for_lack_of_a_right_is_a_persons_whatever_is_shown()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        MakeInvoice();
        await RestAsync();
        var hidden = Invoices[0]["RECORDNO"];
        Refuse("reverse_invoice", "You do not have permission for API operation REVERSE on objects of type arinvoice");
        Wire.Change = (_, answer) => HiddenRecords.Hide(answer, "ARINVOICE", hidden);
        End(uid, deleted: false);
        await RestAsync(TimeSpan.FromMinutes(1));
        await AssertNeedsAsync(uid, "invoice-not-shown");
        Assert.Equal("Posted", Invoices[0]["STATE"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_no_linked_invoice_is_shown_none_is_taken_for_gone(bool unanswered)
    {
        await BooksAsync();
        string[] uids = [MakeInvoice(), MakeInvoice()];
        await RestAsync();
        if (unanswered)
            Intacct.Faults.Add(
                new FaultRule { Fault = "resetBefore", Match = Fields(("function", "reverse_invoice")) }
            );
        Refuse("reverse_invoice", "You are not allowed to do this");
        Wire.Change = static (_, answer) =>
            System.Text.RegularExpressions.Regex.Replace(
                answer,
                "<ARINVOICE>.*?</ARINVOICE>|<arinvoice>.*?</arinvoice>",
                "",
                System.Text.RegularExpressions.RegexOptions.Singleline,
                TimeSpan.FromSeconds(5)
            );
        End(uids[0], deleted: false);
        await RestAsync();
        Assert.Equal(RecordState.NeedsAction, (await InvoiceEntryAsync(uids[0])).State);
        await RetryAsync(uids[0]);
        await AssertNeedsAsync(uids[0], "invoice-not-shown");
        Assert.All(Invoices, i => Assert.Equal("Posted", i["STATE"]));

        Wire.Change = null;
        Intacct.Faults.Clear();
        await RetryAsync(uids[0]);
        await AssertSyncedAsync(uids[0]);
        Assert.Equal("Reversed", Invoices[0]["STATE"]);
    }

    [Fact]
    public async Task An_invoice_that_can_not_be_read_after_a_refusal_is_tried_again()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Refuse("reverse_invoice", "Location 100 not found", times: 1);
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = IntacctFaults.Transient,
                Times = 3,
                Skip = 1,
                Match = Fields(("object", "ARINVOICE")),
            }
        );
        End(uid, deleted: false);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("Reversed", Invoices[0]["STATE"]);
    }

    [Fact]
    public async Task What_an_accountant_has_deleted_is_never_made_again_by_itself()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Recreate = true }));
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Screens.DeleteInvoice("INV-2001");
        EditLines(uid, lines => lines[0]!["quantity"] = 2);
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-gone");
        Assert.Empty(Invoices);
    }

    [Fact]
    public async Task An_invoice_that_is_alive_again_is_made_anew_only_if_the_settings_say_so()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        End(uid, deleted: false);
        await RestAsync();
        Zuper.Screens.SetStatus(uid, "AWAIT_PAYMENT");
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-alive-again");
        Assert.Equal(2, Invoices.Count);

        await SettingsAsync(s => WithInvoice(s, i => i with { Recreate = true }));
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal("INV-2001-2", Booked(uid)["RECORDID"]);
        Assert.Equal(3, Invoices.Count);
    }

    [Fact]
    public async Task A_removed_line_is_a_persons_choice()
    {
        await BooksAsync();
        var uid = MakeInvoice(Line("Tune-up", 2, 120), Line("Filter", 3, 18.25m));
        await RestAsync();
        EditLines(uid, lines => lines.RemoveAt(1));
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-line-removed");
        Assert.Contains("invoice.recreate", (await InvoiceEntryAsync(uid)).Problem!.Fix, StringComparison.Ordinal);
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task With_recreate_a_removed_line_has_the_invoice_reversed_and_made_anew_with_a_suffix()
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Recreate = true }));
        var uid = MakeInvoice(Line("Tune-up", 2, 120), Line("Filter", 3, 18.25m));
        await RestAsync();
        EditLines(uid, lines => lines.RemoveAt(1));
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(
            ["Posted", "Reversal", "Reversed"],
            Invoices.Select(i => i["STATE"]).Order(StringComparer.Ordinal)
        );
        Assert.Equal(("INV-2001-2", "240"), (Booked(uid)["RECORDID"], Booked(uid)["TRX_TOTALENTERED"]));

        EditLines(uid, lines => lines[0]!["quantity"] = 1);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal(("INV-2001-2", "120"), (Booked(uid)["RECORDID"], Booked(uid)["TRX_TOTALENTERED"]));
    }

    [Fact]
    public async Task Another_customer_is_another_invoice()
    {
        await BooksAsync();
        var other = MakeOrganization("Quayside Hotels");
        var uid = MakeInvoice();
        await RestAsync();
        Zuper.Screens.Edit(uid, i => i["organization"] = other);
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-customer-changed");

        await SettingsAsync(s => WithInvoice(s, i => i with { Recreate = true }));
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Equal(SageId(other), Booked(uid)["CUSTOMERID"]);
    }

    [Fact]
    public async Task Amounts_of_what_is_partly_paid_are_not_changed_but_its_texts_are()
    {
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Screens.Pay(SageId(Organization)!, [("INV-2001", 29)]);
        Zuper.Screens.Edit(uid, i => i["reference_no"] = "PO 10");
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("PO 10", Invoices[0]["DOCNUMBER"]);
        EditLines(uid, lines => lines[0]!["quantity"] = 2);
        await RestAsync();
        await AssertNeedsAsync(uid, "invoice-paid");
    }

    /// <summary>The row as if the invoice in Intacct were not ours.</summary>
    private async Task ForgetAsync(string uid)
    {
        await Process
            .Get<KeyMapStore>()
            .SaveAsync(
                [await InvoiceEntryAsync(uid) with { TargetId = null, Hash = null, NaturalKey = null, Made = null }],
                Forever
            );
        Zuper.Screens.EditField(uid, "Sage Invoice ID", "");
    }

    private void Refuse(string function, string words, int times = 0) =>
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = IntacctFaults.FunctionError,
                Times = times,
                Match = Fields(("function", function)),
            }.With("description2", words)
        );

    private void End(string uid, bool deleted)
    {
        if (deleted)
            Zuper.Screens.Delete(uid);
        else
            Zuper.Screens.SetStatus(uid, "CANCELED");
    }
}
