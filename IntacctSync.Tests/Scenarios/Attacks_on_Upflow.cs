using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>Sequences that end in a wrong write, in lost money or in silence.</summary>
public sealed class Attacks_on_Upflow : ReceiptsRoadTest
{
    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            InvoiceNumbersPerCustomer = true,
            Companies =
            [
                SimulatedCompany.Sandbox with
                {
                    MultiCurrency = true,
                    DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal)
                    {
                        ["EUR"] = 1.1m,
                        ["KWD"] = 3.2m,
                        ["JPY"] = 0.007m,
                    },
                },
                SimulatedCompany.Sandbox with
                {
                    CompanyId = "beta-company",
                },
            ],
        };

    /// <summary>In the copy the payment is a draft; since then it was submitted and carried. Now it is reversed.</summary>
    [Fact]
    public async Task A03_A_payment_that_was_carried_after_the_copy_and_is_reversed_is_taken_back()
    {
        await OpenAsync();
        var no = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], draft: true, reference: "cheque 1");
        await PollAsync();
        var copy = await RowAsync(UpflowFlows.Payments, Text(no));
        Assert.Equal(RecordState.Skipped, copy.State);
        Intacct.Screens.SubmitDraft(no);
        await PollAsync();
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-1"));
        await RestoreAsync(copy);
        Intacct.Screens.ReversePayment(no);
        await PollAsync();
        await PollAsync();
        Assert.Equal(100, Due("INV-1"));
        var row = await RowAsync(UpflowFlows.Payments, Text(no));
        Assert.True(
            Upflow.Screens.Outstanding("INV-1") == 10000 || row.State == RecordState.NeedsAction,
            $"Upflow has it paid, Intacct has it open; the row says {row.State}: {row.Timeline[^1].Detail}"
        );
    }

    /// <summary>The same of an invoice.</summary>
    [Fact]
    public async Task A04_An_invoice_that_was_carried_after_the_copy_and_is_reversed_is_settled()
    {
        await OpenAsync();
        var no = Intacct.Screens.PostInvoice("C-1", "INV-9", 100, draft: true);
        await PollAsync();
        var copy = await RowAsync(UpflowFlows.Invoices, Text(no));
        Assert.Equal(RecordState.Skipped, copy.State);
        Intacct.Screens.SubmitInvoice("INV-9");
        await PollAsync();
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-9"));
        await RestoreAsync(copy);
        Intacct.Screens.ReverseInvoice("INV-9");
        await PollAsync();
        await PollAsync();
        var row = await RowAsync(UpflowFlows.Invoices, Text(no));
        Assert.True(
            Upflow.Screens.Outstanding("INV-9") == 0 || row.State == RecordState.NeedsAction,
            $"Upflow has it open, Intacct has it reversed; the row says {row.State}: {row.Timeline[^1].Detail}"
        );
    }

    /// <summary>
    /// The user no longer sees an invoice of one customer; Order Entry makes one of that number for another customer.
    /// </summary>
    [Fact]
    public async Task A05_An_order_of_another_customer_does_not_take_the_invoice_that_is_hidden()
    {
        await OpenAsync();
        AddItem();
        var first = Intacct.Screens.PostInvoice("C-1", "SI-1", 100);
        await PollAsync();
        Assert.Equal(10000, (long)Invoice(first)["amountOutstanding"]!);
        Wire.Change = (sent, answer) =>
            HiddenRecords.IsReadOf(sent, "ARINVOICE") ? HiddenRecords.Hide(answer, "ARINVOICE", Text(first)) : answer;
        Intacct.Screens.PostOrder("C-2", "SI-1", "VISIT", 50);
        await PollAsync();
        await PollAsync();
        Wire.Change = null;
        var harbor = (string?)Customer("C-1")["id"];
        Assert.NotNull(Invoice($"ARINVOICE-{Text(first)}"));
        var invoice = Invoice(first);
        Assert.Equal(
            (harbor, 10000L),
            ((string?)(invoice["customerId"] ?? invoice["customer"]?["id"]), (long)invoice["amountOutstanding"]!)
        );
        Assert.Equal(20000 + 10000, Upflow.Screens.Balance("C-1", "USD"));
    }

    /// <summary>
    /// Two payments were taken in Upflow for one invoice; the accountant has entered both as one. What is advised is
    /// done: the record is ignored.
    /// </summary>
    [Fact]
    public async Task A08_What_is_advised_about_a_link_that_is_refused_leaves_nothing_twice()
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        Take("INV-1", 6000, "pi_1");
        Take("INV-1", 4000, "pi_2");
        var entered = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: "web 17");
        await PollAsync();
        for (var i = 0; i < 30; i++)
            await PollAsync();
        Clock.Advance(TimeSpan.FromDays(4));
        await PollAsync();
        var row = await RowAsync(UpflowFlows.Payments, Text(entered));
        Assert.Equal(RecordState.NeedsAction, row.State);
        var fix = row.Problem!.Fix;
        Assert.Contains("gnore", fix, StringComparison.Ordinal);
        await Process
            .Get<PersonRequests>()
            .IgnoreAsync(await ConnectionAsync(), UpflowFlows.Payments, Text(entered), null, Forever);
        await RestAsync();
        await PollAsync();
        Assert.True(
            Upflow.Screens.Balance("C-1", "USD") == 10000,
            $"Upflow has a balance of {Upflow.Screens.Balance("C-1", "USD")} where 10000 are owed; {row.Problem.Code}: {fix}"
        );
    }

    /// <summary>
    /// Two companies of Intacct bill through one organisation of Upflow; or somebody tries a copy of the company first
    /// and makes a connection of its own for the real one, as is advised.
    /// </summary>
    [Fact]
    public async Task A10_The_invoices_of_two_companies_do_not_overwrite_each_other_in_one_organisation()
    {
        await OpenAsync();
        var beta = Intacct.Companies["beta-company"].Screens;
        var other = ConnectionId.Parse("beta");
        await ConnectUpflowAsync(s => s with { Intacct = s.Intacct with { CompanyId = "beta-company" } }, other);
        beta.AddCustomer("C-1", "Somebody else", "ap@else.example");
        beta.PostInvoice("C-1", "B-1", 7);
        await PollAsync();
        await PollAsync();
        var theirs = await Process
            .Get<KeyMapStore>()
            .GetAsync(new SyncKey(other, UpflowFlows.Invoices, Text(beta.InvoiceNo("B-1"))), Forever);
        Assert.True(
            (string?)Customer("C-1")["name"] == "Harbor" && Invoice("INV-1") is not null,
            $"Upflow's C-1 is {Customer("C-1")["name"]}; INV-1 is {(Invoice("INV-1") is null ? "gone" : "there")}, and "
                + $"the invoice of the other company is {theirs?.State} {theirs?.Problem?.Code}"
        );
    }

    /// <summary>The customer names a contact that the user no longer sees: not to be shown is not to be gone.</summary>
    [Fact]
    public async Task A11_A_contact_that_is_hidden_is_not_deleted_in_Upflow()
    {
        await OpenAsync();
        Assert.Equal(["ap@harbor.example*"], Emails("C-1"));
        Wire.Change = static (_, answer) => HiddenRecords.Hide(answer, "CONTACT", "ap@harbor.example");
        Intacct.Screens.RenameCustomer("C-1", "Harbor Ltd");
        await PollAsync();
        await PollAsync();
        Assert.Equal("Harbor Ltd", (string?)Customer("C-1")["name"]);
        var row = await RowAsync(UpflowFlows.Customers, "C-1");
        Assert.True(
            Emails("C-1").Count == 1 || row.State == RecordState.NeedsAction,
            $"Upflow has no contact any more; the row says {row.State}: {row.Timeline[^1].Detail}"
        );
    }

    /// <summary>
    /// A payment is carried; then it is changed so that it can't be (another currency is not needed: its state is one
    /// that nobody knows), and what is advised is done: it is ignored.
    /// </summary>
    [Fact]
    public async Task A18_A_payment_that_is_ignored_as_advised_does_not_go_on_paying_in_Upflow()
    {
        await OpenAsync();
        var no = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: "cheque 3");
        await PollAsync();
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-1"));
        Wire.Change = (_, answer) =>
            answer.Replace(
                "<DISPLAYSTATE>Complete</DISPLAYSTATE>",
                "<DISPLAYSTATE>Bounced</DISPLAYSTATE>",
                StringComparison.OrdinalIgnoreCase
            );
        await RetryAsync(Text(no), UpflowFlows.Payments);
        var row = await RowAsync(UpflowFlows.Payments, Text(no));
        Assert.Equal("payment-state-unknown", row.Problem?.Code);
        Assert.Contains("If it shall not be in Upflow, ignore it", row.Problem!.Fix, StringComparison.Ordinal);
        await Process
            .Get<PersonRequests>()
            .IgnoreAsync(await ConnectionAsync(), UpflowFlows.Payments, Text(no), null, Forever);
        await RestAsync();
        await PollAsync();
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-1"));
    }

    /// <summary>In the copy the credit memo is a draft; since then it was submitted and carried. Now it is reversed.</summary>
    [Fact]
    public async Task A24_A_credit_memo_that_was_carried_after_the_copy_and_is_reversed_is_refunded()
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 30);
        await PollAsync();
        Assert.Equal(3000, Upflow.Screens.Unlinked("credit_notes", "CM-1"));
        var carried = await RowAsync(UpflowFlows.CreditNotes, $"ARADJUSTMENT-{Text(memo)}");
        await RestoreAsync(
            (
                carried with
                {
                    TargetId = null,
                    NaturalKey = null,
                    Hash = null,
                    Parts = null,
                    Made = null,
                    Intents = 0,
                    LastRequest = null,
                }
            ).Skip(Clock.GetUtcNow(), "It is a draft: nothing is credited yet.")
        );
        Intacct.Screens.ReverseAdjustment(memo);
        await PollAsync();
        await PollAsync();
        Assert.Equal(0, Upflow.Screens.Unlinked("credit_notes", "CM-1"));
    }

    private void AddItem() =>
        Intacct.Company.Add(
            "ITEM",
            Fields(
                ("ITEMID", "VISIT"),
                ("NAME", "Visit"),
                ("ITEMTYPE", "Non-Inventory (Sales only)"),
                ("BASEUOM", "Each")
            )
        );

    /// <summary>The row is as it was in the copy.</summary>
    private async Task RestoreAsync(KeyMapEntry copy)
    {
        var now = await RowAsync(copy.Key.Flow, copy.Key.SourceId);
        var saved = await Process.Get<KeyMapStore>().SaveAsync([copy with { Stored = now.Stored }], Forever);
        Assert.NotEmpty(saved);
    }
}
