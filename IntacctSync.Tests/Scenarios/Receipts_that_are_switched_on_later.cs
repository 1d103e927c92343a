using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// What was taken in Upflow while nobody posted it has been entered in Intacct by hand, if at all: switching receipts
/// on posts none of it. A person may ask for it.
/// </summary>
public sealed class Receipts_that_are_switched_on_later : ReceiptsRoadTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_taken_before_is_left_out_and_what_is_taken_after_is_posted(bool dayOnly)
    {
        UpflowOptions.TellsWhenMade = !dayOnly;
        await OpenAsync(s => s with { SyncReceipts = false });
        var before = Take("INV-1", reference: "pi_1");

        // Somebody enters it by hand, under a number of their own.
        Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: "web 17");
        Clock.Advance(TimeSpan.FromHours(3));
        await SwitchAsync(on: true);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var after = Take("INV-2", reference: "pi_2");
        await PollAsync();
        await PollAsync();

        var row = await ReceiptAsync(before);
        Assert.Equal(RecordState.Skipped, row.State);
        Assert.Contains("before receipts were switched on", row.Timeline[^1].Detail, StringComparison.Ordinal);
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(after)).State);
        Assert.Equal(["pi_2", "web 17"], Counting.Select(p => p["DOCNUMBER"]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("full")]
    public async Task A_person_may_have_it_posted(string how)
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        var before = Take();
        Clock.Advance(TimeSpan.FromHours(3));
        await SwitchAsync(on: true);
        await PollAsync();
        Assert.Empty(Posted);
        if (how == "full")
            await BackfillAsync(UpflowFlows.Receipts);
        else
            await RetryAsync(before);
        Assert.Single(Counting);
        Assert.Equal(0, Due("INV-1"));
    }

    [Fact]
    public async Task What_was_known_before_it_was_switched_off_is_posted_when_it_is_on_again()
    {
        await OpenAsync();
        var known = Upflow.Screens.TakePayment("C-1", 10000, reference: "pi_1");
        await PollAsync();
        Assert.Equal(RecordState.Pending, (await ReceiptAsync(known)).State);
        await SwitchAsync(on: false);
        Clock.Advance(TimeSpan.FromHours(1));
        var meanwhile = Take("INV-2", reference: "pi_2");
        await PollAsync();
        Assert.Empty(Posted);
        await SwitchAsync(on: true);
        Upflow.Screens.Link(known, "INV-1", 10000);
        await PollAsync();
        await PollAsync();
        Assert.Equal("pi_1", Assert.Single(Counting)["DOCNUMBER"]);
        Assert.Equal("receipt-from-before", await CodeAsync(meanwhile));
    }

    [Fact]
    public async Task Of_what_was_taken_before_and_is_owed_still_a_person_is_asked_and_a_change_is_no_answer()
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        var before = Take();
        Clock.Advance(TimeSpan.FromHours(3));
        await SwitchAsync(on: true);
        await PollAsync();
        Assert.Equal("receipt-from-before", await CodeAsync(before));
        Upflow.Screens.Unlink(before);
        Upflow.Screens.Link(before, "INV-2", 10000);
        await PollAsync();
        Assert.Equal("receipt-from-before", await CodeAsync(before));
        Assert.Empty(Posted);
        var entered = Intacct.Screens.Pay("C-1", [("INV-2", 100m)], reference: "web 17");
        Assert.True(await LinkAsync(before, entered));
        await PollAsync();
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(before)).State);
        Assert.Single(Counting);
        Assert.Single(Upflow.Screens.Records("payments"));
    }

    [Fact]
    public async Task What_was_under_way_when_it_was_switched_on_is_posted_when_it_comes()
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        var debit = Take();
        Upflow.Screens.SetStatus(debit, "PENDING");
        Clock.Advance(TimeSpan.FromHours(3));
        await SwitchAsync(on: true);
        await PollAsync();
        Assert.Equal(RecordState.Pending, (await ReceiptAsync(debit)).State);
        Clock.Advance(TimeSpan.FromDays(3));
        Upflow.Screens.SetStatus(debit, "SUCCEEDED");
        await PollAsync();
        Assert.Single(Counting);
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(debit)).State);
    }

    [Fact]
    public async Task What_is_dated_before_the_start_is_posted_only_where_its_linked_invoice_owes_it_still()
    {
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        await OpenAsync(s => s with { StartDate = today });
        var owed = Upflow.Screens.PayInPortal([("INV-1", null)], reference: "pi_1", date: today.AddDays(-1));
        var entered = Upflow.Screens.PayInPortal([("INV-2", null)], reference: "pi_2", date: today.AddDays(-1));
        var loose = Upflow.Screens.TakePayment("C-1", 4000, reference: "pi_3", date: today.AddDays(-1));
        Intacct.Screens.Pay("C-1", [("INV-2", 100m)], reference: "web 17", date: today.AddDays(-1));
        await PollAsync();
        Assert.Equal(["pi_1", "web 17"], Counting.Select(p => p["DOCNUMBER"]).Order(StringComparer.Ordinal));
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(owed)).State);
        Assert.Equal(RecordState.Skipped, (await ReceiptAsync(entered)).State);
        Assert.Equal(RecordState.Skipped, (await ReceiptAsync(loose)).State);
    }

    [Fact]
    public async Task While_it_is_off_in_the_middle_of_a_write_the_write_stays_one()
    {
        await OpenAsync();
        var payment = Take();
        LoseAnswer("resetAfter");
        await DoubtAsync(payment);
        await SwitchAsync(on: false);
        await PollAsync();
        await PollAsync();
        Assert.Single(Upflow.Screens.Records("payments"));
        await SwitchAsync(on: true);
        await PollAsync();
        await PollAsync();
        await AssertOneAsync(payment, "BANK");
    }

    /// <summary>A write that never arrived is decided anew, with the account that is set by then.</summary>
    [Theory]
    [InlineData("resetAfter", "BANK")]
    [InlineData("resetBefore", "1050")]
    public async Task An_account_that_is_changed_in_the_middle_of_a_write_counts_for_what_is_not_posted_yet(
        string fault,
        string account
    )
    {
        await OpenAsync();
        Intacct.Company.Add(
            "GLACCOUNT",
            Fields(
                ("ACCOUNTNO", "1050"),
                ("TITLE", "Undeposited Funds"),
                ("ACCOUNTTYPE", "balancesheet"),
                ("NORMALBALANCE", "debit")
            )
        );
        var payment = Take();
        LoseAnswer(fault);
        await DoubtAsync(payment);
        await ChangeSettingsAsync(s =>
            s with
            {
                Receipts = new ReceiptSettings { UndepositedFundsAccountNo = "1050" },
            }
        );
        await PollAsync();
        await PollAsync();
        await AssertOneAsync(payment, account);
        var next = Take("INV-2", reference: "pi_78");
        await PollAsync();
        var posted = (await ReceiptAsync(next)).TargetId;
        Assert.Equal("1050", Posted.Single(p => p["RECORDNO"] == posted)["UNDEPOSITEDACCOUNTNO"]);
    }

    private async Task AssertOneAsync(string payment, string account)
    {
        var row = await ReceiptAsync(payment);
        var posted = Assert.Single(Counting);
        Assert.Equal(
            (RecordState.Synced, posted["RECORDNO"], account),
            (row.State, row.TargetId, posted.GetValueOrDefault("FINANCIALENTITY") ?? posted["UNDEPOSITEDACCOUNTNO"])
        );
        Assert.Equal(0, Due("INV-1"));
        Assert.Single(Upflow.Screens.Records("payments"));
    }

    private async Task DoubtAsync(string payment)
    {
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([.. UpflowFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(RecordState.InDoubt, (await ReceiptAsync(payment)).State);
    }

    private void LoseAnswer(string fault) =>
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = fault,
                Match = Fields(("function", "create")),
                Times = 1,
            }
        );

    private Task SwitchAsync(bool on) => ChangeSettingsAsync(s => s with { SyncReceipts = on });
}
