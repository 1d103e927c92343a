using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class Payments_reach_Upflow : ReceivablesRoadTest
{
    public static TheoryData<Way> Ways => [Way.Feed, Way.Backfill];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_payment_arrives_changes_and_is_taken_back(Way way)
    {
        await OpenAsync();
        var payment = Intacct.Screens.Receive(
            "C-1",
            [new PaymentRow("INV-1", 60), new PaymentRow("INV-2", 20)],
            total: 90,
            method: "Printed Check",
            date: Today,
            reference: "4711"
        );
        await NoticeAsync(way);
        var sent = Upflow.Screens.Record("payments", $"ARPYMT-{Text(payment)}")!;
        Assert.Equal(
            (9000L, "CHECK", $"{Today:yyyy-MM-dd}T00:00:00", "USD", "C-1"),
            (
                (long)sent["amount"]!,
                (string?)sent["instrument"],
                (string?)sent["validatedAt"],
                (string?)sent["currency"],
                (string?)sent["customer"]!["externalId"]
            )
        );
        Assert.Equal((4000, 3000, 1000), (Open("INV-1"), Open("INV-2"), Left(payment)));

        var before = Writes;
        Clock.Advance(TimeSpan.FromHours(3));
        await NoticeAsync(way);
        Assert.Equal(before, Writes);

        Intacct.Screens.EditPayment(payment, [new PaymentRow("INV-1", 70)], total: 75);
        await NoticeAsync(way);
        Assert.Equal((3000, 5000, 500), (Open("INV-1"), Open("INV-2"), Left(payment)));
        Assert.Equal(75m, (await RowAsync(UpflowFlows.Payments, Text(payment))).Facts?.Amount);

        Intacct.Screens.ReversePayment(payment);
        await NoticeAsync(way);
        Assert.Equal((10000, 5000, 0), (Open("INV-1"), Open("INV-2"), Left(payment)));
        var refund = Assert.Single(Upflow.Screens.Records("refunds"));
        Assert.Equal((7500L, 7500L), ((long)refund["amount"]!, (long)refund["amountLinked"]!));
        Assert.Equal(15000, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_draft_stays_away_and_one_that_goes_back_to_it_is_taken_out(Way way)
    {
        await OpenAsync();
        var payment = Intacct.Screens.Receive("C-1", [new PaymentRow("INV-1", 60)], draft: true);
        await NoticeAsync(way);
        Assert.Empty(Upflow.Screens.Records("payments"));
        Intacct.Screens.SubmitDraft(payment);
        await NoticeAsync(way);
        Assert.Equal(4000, Open("INV-1"));
        Intacct.Screens.BackToDraft(payment);
        await NoticeAsync(way);
        Assert.Empty(Upflow.Screens.Records("payments"));
        Intacct.Screens.DeletePayment(payment);
        await NoticeAsync(way);
        Assert.Equal(10000, Open("INV-1"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_advance_is_a_payment_and_each_application_of_it_a_link(Way way)
    {
        await OpenAsync();
        var advance = Intacct.Screens.Advance("C-1", 80, method: "Cash");
        await NoticeAsync(way);
        var name = $"ARADVANCE-{Text(advance)}";
        Assert.Equal("CASH", (string?)Upflow.Screens.Record("payments", name)!["instrument"]);
        Assert.Equal(8000, Upflow.Screens.Unlinked("payments", name));
        var applied = Intacct.Screens.ApplyCredit(advance, [("INV-1", 50m), ("INV-2", 10m)]);
        await NoticeAsync(way);
        Assert.Equal((5000, 4000), (Open("INV-1"), Open("INV-2")));
        Assert.Equal(2000, Upflow.Screens.Unlinked("payments", name));
        Assert.Single(Upflow.Screens.Records("payments"));
        Intacct.Screens.RemoveApplication(applied, "INV-1");
        await NoticeAsync(way);
        Assert.Equal((10000, 7000), (Open("INV-1"), Upflow.Screens.Unlinked("payments", name)));
    }

    [Theory]
    [InlineData("ADVANCEKEY")]
    [InlineData("POSTEDADVANCEKEY")]
    [InlineData("both")]
    public async Task An_application_names_the_advance_that_was_asked_for_or_the_posted_one(string field)
    {
        await OpenAsync();
        var advance = Intacct.Screens.Advance("C-1", 80);
        var application = Intacct.Screens.ApplyCredit(advance, [("INV-1", 50m)]);
        foreach (
            var detail in Intacct
                .Company.Records("ARPYMTDETAIL")
                .Where(d => d["PAYMENTKEY"] == Text(application) && field != "ADVANCEKEY")
        )
            Rewrite(
                "ARPYMTDETAIL",
                detail["RECORDNO"],
                ("POSTEDADVANCEKEY", Text(advance)),
                ("ADVANCEKEY", field == "both" ? "99999" : "")
            );
        await PollAsync();
        Assert.Equal((5000, 3000), (Open("INV-1"), Upflow.Screens.Unlinked("payments", $"ARADVANCE-{Text(advance)}")));
        Assert.Single(Upflow.Screens.Records("payments"));
    }

    [Fact]
    public async Task A_manual_deposit_is_a_payment_and_stays_it_when_the_bank_has_it()
    {
        await OpenAsync();
        var payment = Intacct.Screens.Receive("C-1", [new PaymentRow("INV-1", 60)], method: "Cash");
        Rewrite("ARPYMT", Text(payment), ("FINANCIALENTITY", ""), ("UNDEPOSITEDACCOUNTNO", "1050"));
        await PollAsync();
        var sent = Upflow.Screens.Record("payments", $"ARPYMT-{Text(payment)}")!;
        Assert.Equal(
            (6000L, "CASH", $"{Today:yyyy-MM-dd}T00:00:00", 4000L),
            ((long)sent["amount"]!, (string?)sent["instrument"], (string?)sent["validatedAt"], Open("INV-1"))
        );
        var writes = Writes;
        Rewrite("ARPYMT", Text(payment), ("FINANCIALENTITY", "BANK"), ("DISPLAYSTATE", "Reconciled"), ("CLEARED", "T"));
        await PollAsync();
        Assert.Equal(writes, Writes);
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Payments, Text(payment))).State);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_changed_application_is_sent_again_and_a_removed_one_emptied(Way way)
    {
        await OpenAsync();
        var payment = Intacct.Screens.Receive("C-1", [new PaymentRow("INV-1", 60), new PaymentRow("INV-2", 20)]);
        await NoticeAsync(way);
        Intacct.Screens.ChangeApplication(payment, "INV-1", 45);
        await NoticeAsync(way);
        Assert.Equal((5500, 3000, 1500), (Open("INV-1"), Open("INV-2"), Left(payment)));
        Intacct.Screens.RemoveApplication(payment, "INV-2");
        await NoticeAsync(way);
        Assert.Equal((5500, 5000, 3500), (Open("INV-1"), Open("INV-2"), Left(payment)));
    }

    [Theory]
    [InlineData(95, 5)]
    [InlineData(0, 100)]
    public async Task A_discount_that_is_taken_or_a_write_off_is_a_linked_credit_note(int money, int discount)
    {
        await OpenAsync();
        var payment = Intacct.Screens.TakeDiscount("C-1", "INV-1", money, discount);
        await PollAsync();
        Assert.Equal(0, Open("INV-1"));
        var note = Assert.Single(Upflow.Screens.Records("credit_notes"));
        Assert.Equal(
            (discount * 100L, 0L),
            ((long)note["grossAmount"]!, Upflow.Screens.Unlinked("credit_notes", IdOf(note)))
        );
        Assert.Equal(money == 0 ? 0 : 1, Upflow.Screens.Records("payments").Count);
        Intacct.Screens.ReversePayment(payment);
        await PollAsync();
        Assert.Equal(10000, Open("INV-1"));
        Assert.Empty(Upflow.Screens.Records("credit_notes"));
    }

    [Theory]
    [InlineData("Credit Card", "CARD")]
    [InlineData("Printed Check", "CHECK")]
    [InlineData("Cash", "CASH")]
    [InlineData("EFT", "WIRE_TRANSFER")]
    [InlineData("Online ACH Debit", "DIRECT_DEBIT")]
    public async Task A_payment_says_how_it_was_made(string method, string instrument)
    {
        await OpenAsync();
        var payment = Intacct.Screens.Receive("C-1", [new PaymentRow("INV-1", 60)], method: method);
        await PollAsync();
        Assert.Equal(instrument, (string?)Upflow.Screens.Record("payments", $"ARPYMT-{Text(payment)}")!["instrument"]);
    }

    [Fact]
    public async Task A_payment_of_a_debit_memo_settles_it()
    {
        await OpenAsync();
        Intacct.Screens.PostDebitMemo("C-1", "DM-1", 15);
        Intacct.Screens.Receive("C-1", [new PaymentRow("DM-1", 15)]);
        await PollAsync();
        Assert.Equal(0, Open("DM-1"));
    }

    [Fact]
    public async Task A_payment_from_before_the_start_is_left_out_unless_it_pays_what_is_in_Upflow()
    {
        await OpenAsync(s => s with { StartDate = Today });
        Intacct.Screens.PostInvoice("C-1", "OLD-1", 40, date: Today.AddDays(-9));
        var old = Intacct.Screens.Receive("C-1", [new PaymentRow("OLD-1", 40)], date: Today.AddDays(-8));
        var early = Intacct.Screens.Receive("C-1", [new PaymentRow("INV-1", 30)], date: Today.AddDays(-8));
        await PollAsync();
        Assert.Equal(RecordState.Skipped, (await RowAsync(UpflowFlows.Payments, Text(old))).State);
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Payments, Text(early))).State);
        Assert.Equal(7000, Open("INV-1"));
    }

    [Theory]
    [InlineData(UpflowFaults.ResetAfter)]
    [InlineData(UpflowFaults.LostAnswer)]
    [InlineData(UpflowFaults.TruncatedAnswer)]
    [InlineData(UpflowFaults.Http429)]
    public async Task An_answer_that_is_lost_doubles_and_loses_nothing(string fault)
    {
        await OpenAsync();
        Refuse("POST /v1/payments", fault: fault);
        Refuse("POST /v1/reconcile", fault: fault);
        var payment = Intacct.Screens.Receive("C-1", [new PaymentRow("INV-1", 60)], total: 70);
        await PollAsync();
        Assert.Single(Upflow.Screens.Records("payments"));
        Assert.Equal((4000, 1000), (Open("INV-1"), Left(payment)));
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Payments, Text(payment))).State);
    }

    [Fact]
    public async Task Receipts_are_off_until_somebody_switches_them_on()
    {
        Assert.False(new UpflowConnectionSettings().SyncReceipts);
        await OpenAsync();
        Upflow.Screens.PayInPortal([("INV-1", null)]);
        await PollAsync();
        Assert.Empty(Intacct.Company.Records("ARPYMT"));
    }

    private DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    private async Task OpenAsync(Func<UpflowConnectionSettings, UpflowConnectionSettings>? change = null)
    {
        await ConnectUpflowAsync(change);
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        Intacct.Screens.PostInvoice("C-1", "INV-2", 50);
        await PollAsync();
    }

    private void Rewrite(string kind, string recordNo, params (string Name, string Value)[] fields) =>
        Intacct.Company.Change(context =>
        {
            var table = context.Table(kind);
            var record = table.Find(int.Parse(recordNo, CultureInfo.InvariantCulture))!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal);
            foreach (var (name, value) in fields)
                values[name] = value;
            return context.Books.Update(table, record, values, context.Stamp).RecordNo;
        });

    private async Task NoticeAsync(Way way)
    {
        if (way == Way.Feed)
            await PollAsync();
        else
            await BackfillAsync(UpflowFlows.Payments);
    }

    private long Open(string number) => Upflow.Screens.Outstanding(number);

    private long Left(int payment) => Upflow.Screens.Unlinked("payments", $"ARPYMT-{Text(payment)}");

    private static string IdOf(System.Text.Json.Nodes.JsonObject record) => (string)record["id"]!;
}
