using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public class Lost_replies_double_no_invoice : InvoiceRoadTest
{
    public static TheoryData<string> Faults =>
        [
            "http524",
            "http502After",
            "resetAfter",
            "truncated",
            "resultWithoutStatus",
            "http502",
            "http503",
            "cloudflare",
            "resetBefore",
        ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_booking_whose_reply_was_lost_is_found_again(string fault)
    {
        await BooksAsync();
        Intacct.Faults.Add(new() { Fault = fault, Match = On("create_invoice") });
        var (one, two) = (MakeInvoice(), MakeInvoice());
        await RestAsync();

        Assert.Equal(2, Invoices.Count);
        foreach (var uid in new[] { one, two })
        {
            await AssertSyncedAsync(uid);
            Assert.Equal((await InvoiceEntryAsync(uid)).TargetId, InvoiceId(uid));
        }
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(129, true)]
    public async Task What_an_accountant_entered_while_a_booking_was_in_doubt_is_not_taken_for_it(
        int amount,
        bool draft
    )
    {
        await BooksAsync();
        Intacct.Faults.Add(new() { Fault = "resetBefore", Match = On("create_invoice") });
        var uid = MakeInvoice();
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(RecordState.InDoubt, (await InvoiceEntryAsync(uid)).State);
        Intacct.Screens.PostInvoice(SageId(Organization)!, "INV-2001", amount, draft: draft);
        await RestAsync();

        await AssertNeedsAsync(uid, "number-taken");
        var message = (await InvoiceEntryAsync(uid)).Problem!.Message;
        Assert.Contains("129.00", message, StringComparison.Ordinal);
        Assert.Contains($"{amount}.00{(draft ? ", a draft" : "")}", message, StringComparison.Ordinal);
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task A_booking_that_is_never_answered_needs_a_person_after_days_and_a_retry_looks_first()
    {
        await BooksAsync();
        Intacct.Faults.Add(
            new()
            {
                Fault = "resetBefore",
                Match = On("create_invoice"),
                Times = 0,
            }
        );
        var uid = MakeInvoice();
        await RestAsync(TimeSpan.FromDays(2));
        Assert.Equal(RecordState.InDoubt, (await InvoiceEntryAsync(uid)).State);
        await RestAsync(TimeSpan.FromDays(2));
        await AssertNeedsAsync(uid, "write-unanswered");
        Assert.NotNull((await InvoiceEntryAsync(uid)).Intent);

        Intacct.Faults.Clear();
        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Single(Invoices);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http524")]
    [InlineData("resetBefore")]
    public async Task A_booking_that_was_never_answered_is_sent_as_it_is_by_then_after_a_retry_and_booked_once(
        string? fault
    )
    {
        await BooksAsync();
        Intacct.Faults.Add(
            new()
            {
                Fault = "resetBefore",
                Match = On("create_invoice"),
                Times = 0,
            }
        );
        var uid = MakeInvoice();
        await RestAsync(TimeSpan.FromDays(4));
        await AssertNeedsAsync(uid, "write-unanswered");
        var id = (await InvoiceEntryAsync(uid)).Intent!.ControlId;

        Intacct.Faults.Clear();
        if (fault is not null)
            Intacct.Faults.Add(new() { Fault = fault, Match = On("create_invoice") });
        EditLines(uid, lines => lines[0]!["quantity"] = 2);
        await RetryAsync(uid);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("258", Assert.Single(Invoices)["TRX_TOTALENTERED"]);
        var entry = await InvoiceEntryAsync(uid);
        Assert.Equal((1L, id.Value), (entry.Intents, entry.LastRequest!.ControlId));
    }

    [Theory]
    [InlineData("resetBefore", 0)]
    [InlineData("http524", 1)]
    public async Task A_booking_that_is_ignored_while_it_is_in_doubt_is_looked_up_and_not_sent_again(
        string fault,
        int booked
    )
    {
        await BooksAsync();
        Intacct.Faults.Add(new() { Fault = fault, Match = On("create_invoice") });
        var uid = MakeInvoice();
        await RestAsync(TimeSpan.FromMinutes(5));
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        await Process.Get<PersonRequests>().IgnoreAsync(connection, ZuperFlows.Invoices, uid, null, Forever);
        await RestAsync(TimeSpan.FromHours(4));
        var row = await InvoiceEntryAsync(uid);
        Assert.Equal((RecordState.Skipped, null, booked), (row.State, row.Intent, Invoices.Count));
        Assert.Equal(booked, row.TargetId is null ? 0 : 1);

        await RetryAsync(uid);
        await AssertSyncedAsync(uid);
        Assert.Single(Invoices);
        Assert.Equal(1, (await InvoiceEntryAsync(uid)).Intents);
    }

    [Fact]
    public async Task What_one_invoice_has_made_without_a_reply_is_not_taken_by_another_of_its_number()
    {
        await BooksAsync();
        Intacct.Faults.Add(new() { Fault = "http524", Match = On("create_invoice") });
        var one = MakeInvoice();
        await RestAsync(TimeSpan.FromMinutes(5));
        var two = MakeLike(one);
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Null((await InvoiceEntryAsync(two)).TargetId);
        await RestAsync();
        await AssertSyncedAsync(one);
        await AssertNeedsAsync(two, "number-taken");
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task What_a_booking_has_made_and_a_person_linked_to_another_record_is_told_and_not_waited_for()
    {
        await BooksAsync();
        Intacct.Faults.Add(new() { Fault = "http524", Match = On("create_invoice") });
        var one = MakeInvoice();
        await RestAsync(TimeSpan.FromMinutes(5));
        var two = MakeLike(one);
        await RestAsync(TimeSpan.FromMinutes(1));
        var connection = await ConnectionAsync();
        await Process
            .Get<PersonRequests>()
            .LinkAsync(connection, ZuperFlows.Invoices, two, Invoices[0]["RECORDNO"], Forever);
        await RestAsync();
        await AssertSyncedAsync(two);
        await AssertNeedsAsync(one, "write-linked-elsewhere");
        await RetryAsync(one);
        await AssertNeedsAsync(one, "number-taken");
        Assert.Single(Invoices);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invoice_does_not_wait_for_one_of_its_number_that_waits_for_a_person_or_is_ignored(bool ignored)
    {
        await BooksAsync();
        Intacct.Faults.Add(
            new()
            {
                Fault = "resetBefore",
                Match = On("create_invoice"),
                Times = 0,
            }
        );
        var one = MakeInvoice();
        await RestAsync(TimeSpan.FromDays(4));
        await AssertNeedsAsync(one, "write-unanswered");
        Intacct.Faults.Clear();
        Intacct.Screens.PostInvoice(SageId(Organization)!, "INV-2001", 129);
        if (ignored)
        {
            var connection = await ConnectionAsync();
            await Process.Get<PersonRequests>().IgnoreAsync(connection, ZuperFlows.Invoices, one, null, Forever);
        }

        var two = MakeLike(one);
        await RestAsync();
        if (ignored)
            await AssertSyncedAsync(two);
        else
        {
            await AssertNeedsAsync(two, "invoice-number-in-doubt");
            Assert.Contains(one, (await InvoiceEntryAsync(two)).Problem!.Message, StringComparison.Ordinal);
        }

        Assert.Single(Invoices);
    }

    /// <summary>Another invoice in Zuper with the number, customer and total of the first.</summary>
    private string MakeLike(string one)
    {
        var two = MakeInvoice(i => i["invoice_status"] = "DRAFT");
        var number = (int)Zuper.Screens.Record(one)!["invoice_no"]!;
        Zuper.Screens.Edit(two, i => i["invoice_no"] = number);
        Zuper.Screens.SetStatus(two, "AWAIT_PAYMENT");
        return two;
    }

    [Fact]
    public async Task A_booking_that_was_reversed_while_it_was_in_doubt_is_made_again_only_by_a_person()
    {
        await BooksAsync();
        Intacct.Faults.Add(new() { Fault = "http524", Match = On("create_invoice") });
        var uid = MakeInvoice();
        await RestAsync(TimeSpan.FromMinutes(5));
        Intacct.Screens.ReverseInvoice("INV-2001");
        await RestAsync();

        await AssertNeedsAsync(uid, "number-taken");
        Assert.Contains("reversed", (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(["Reversed", "Reversal"], Invoices.Select(i => i["STATE"]));
    }

    [Theory]
    [InlineData("http524", ReplayAnswer.WithoutStatus)]
    [InlineData("http524", ReplayAnswer.Error)]
    [InlineData("resetAfter", ReplayAnswer.WithoutStatus)]
    [InlineData("truncated", ReplayAnswer.Error)]
    [InlineData("resetBefore", ReplayAnswer.WithoutStatus)]
    public async Task A_line_whose_adding_got_no_reply_is_added_once(string fault, ReplayAnswer replay)
    {
        Intacct.Options.ReplayAnswer = replay;
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Faults.Add(new() { Fault = fault, Match = On("update_invoice") });
        EditLines(uid, lines => lines.Add(Line("Trip", 1, 45)));
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(["129", "45"], Amounts(uid));
    }

    [Theory]
    [InlineData("http524", ReplayAnswer.WithoutStatus)]
    [InlineData("resetAfter", ReplayAnswer.Error)]
    [InlineData("truncated", ReplayAnswer.WithoutStatus)]
    [InlineData("resultWithoutStatus", ReplayAnswer.WithoutStatus)]
    [InlineData("resetBefore", ReplayAnswer.WithoutStatus)]
    [InlineData("http503", ReplayAnswer.Error)]
    public async Task A_reversal_whose_reply_was_lost_happens_once(string fault, ReplayAnswer replay)
    {
        Intacct.Options.ReplayAnswer = replay;
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Faults.Add(new() { Fault = fault, Match = On("reverse_invoice") });
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(["Reversed", "Reversal"], Invoices.Select(i => i["STATE"]));
        Assert.Equal(1, (await InvoiceEntryAsync(uid)).Revision);
    }

    [Fact]
    public async Task A_reversal_that_was_refused_without_a_reply_is_not_taken_for_done()
    {
        Intacct.Options.FailedFunctionsBurnIds = true;
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Faults.Add(new() { Fault = "http524", Match = On("reverse_invoice") });
        Intacct.Screens.CloseBooksThrough(new DateOnly(2026, 3, 31));
        Zuper.Screens.SetStatus(uid, "CANCELED");
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(RecordState.InDoubt, (await InvoiceEntryAsync(uid)).State);
        Intacct.Screens.CloseBooksThrough(null);
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(["Reversed", "Reversal"], Invoices.Select(i => i["STATE"]));
    }

    [Theory]
    [InlineData(ReplayAnswer.WithoutStatus)]
    [InlineData(ReplayAnswer.Error)]
    public async Task A_change_that_was_refused_without_a_reply_is_not_taken_for_done(ReplayAnswer replay)
    {
        Intacct.Options.FailedFunctionsBurnIds = true;
        Intacct.Options.ReplayAnswer = replay;
        await BooksAsync();
        var uid = MakeInvoice();
        await RestAsync();
        Intacct.Faults.Add(new() { Fault = "http524", Match = On("update_invoice") });
        Intacct.Screens.CloseBooksThrough(new DateOnly(2026, 3, 31));
        EditLines(uid, lines => lines.Add(Line("Trip", 1, 45)));
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(RecordState.InDoubt, (await InvoiceEntryAsync(uid)).State);
        Intacct.Screens.CloseBooksThrough(null);
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(["129", "45"], Amounts(uid));
    }

    [Theory]
    [InlineData("http524")]
    [InlineData("resetBefore")]
    public async Task A_replacement_whose_reversal_got_no_reply_is_still_made_once(string fault)
    {
        await BooksAsync(s => WithInvoice(s, i => i with { Recreate = true }));
        var uid = MakeInvoice(Line("Tune-up", 2, 120), Line("Filter", 3, 18.25m));
        await RestAsync();
        Intacct.Faults.Add(new() { Fault = fault, Match = On("reverse_invoice") });
        EditLines(uid, lines => lines.RemoveAt(1));
        await RestAsync();

        await AssertSyncedAsync(uid);
        Assert.Equal(
            ["Posted", "Reversal", "Reversed"],
            Invoices.Select(i => i["STATE"]).Order(StringComparer.Ordinal)
        );
        Assert.Equal(("INV-2001-2", "240"), (Booked(uid)["RECORDID"], Booked(uid)["TRX_TOTALENTERED"]));
    }

    [Theory]
    [InlineData("http524")]
    [InlineData("truncated")]
    public async Task Until_a_booking_can_be_looked_up_nobody_touches_the_invoice(string fault)
    {
        await BooksAsync();
        Intacct.Faults.Add(new() { Fault = fault, Match = On("create_invoice") });
        var uid = MakeInvoice();
        await RestAsync(TimeSpan.FromMinutes(5));
        EditLines(uid, lines => lines[0]!["quantity"] = 2);
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(RecordState.InDoubt, (await InvoiceEntryAsync(uid)).State);
        await RestAsync();
        await AssertSyncedAsync(uid);
        Assert.Equal("258", Assert.Single(Invoices)["TRX_TOTALENTERED"]);
    }

    private static Dictionary<string, string> On(string function) =>
        new(StringComparer.Ordinal) { ["function"] = function };
}
