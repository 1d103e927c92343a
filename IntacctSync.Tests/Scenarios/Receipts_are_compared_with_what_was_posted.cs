using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class Receipts_are_compared_with_what_was_posted : ReceiptsRoadTest
{
    [Fact]
    public async Task What_is_posted_as_it_was_taken_is_equal_and_shown_on_both_sides()
    {
        await OpenAsync();
        var payment = Take();
        await PollAsync();
        var before = Intacct.Counters.Creates;
        Assert.Equal([], await CompareAsync());

        var explained = (await ExplainAsync(payment))!;
        Assert.Equal(Text(NumberOf(Assert.Single(Counting))), explained.TargetId);
        Assert.Equal("INV-1 100.00", explained.Counterpart!["invoices"]!.ToString());
        Assert.Equal("counts", explained.Mapped!["state"]!.ToString());
        Assert.Empty(explained.Differences);
        Assert.Equal(before, Intacct.Counters.Creates);
        Assert.Null(await ExplainAsync("5a0c4a6e-5bd0-4a36-9a5e-000000000000"));
    }

    [Fact]
    public async Task What_is_not_posted_is_only_in_Upflow_with_its_amount_and_what_is_posted_is_not()
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        Take();
        var only = Assert.Single(await OnlyInUpflowAsync());
        Assert.Equal((100m, "pi_77"), (only["amount"]!.GetValue<decimal>(), $"{only["title"]}"));

        await ChangeSettingsAsync(s => s with { SyncReceipts = true });
        await PollAsync();
        Assert.Single(Counting);
        Assert.Empty(await OnlyInUpflowAsync());
    }

    private async Task<IReadOnlyList<JsonNode>> OnlyInUpflowAsync()
    {
        var runId = "";
        var connection = await ConnectionAsync();
        await Process.ReconcileAsync(
            connection,
            async start =>
            {
                var run = await PassAsync(start);
                runId = run.RunId;
                return run;
            },
            UpflowFlows.Payments
        );
        var lines = new List<JsonNode>();
        await foreach (var line in Process.Get<RunReports>().ReadAsync(Id, RunReports.OnlyAtTarget(runId), Forever))
            lines.Add(JsonNode.Parse(line)!);
        return lines;
    }

    [Fact]
    public async Task What_was_reversed_by_hand_in_Intacct_differs()
    {
        await OpenAsync();
        Take();
        await PollAsync();
        Intacct.Screens.ReversePayment(NumberOf(Assert.Single(Counting)));
        Assert.Contains("upflow-receipts pi_77 state 'counts' 'taken back' changedByHand", await CompareAsync());
    }

    [Fact]
    public async Task What_was_paid_back_in_Upflow_and_stands_in_Intacct_differs_until_it_is_reversed()
    {
        await OpenAsync();
        var payment = Take();
        await PollAsync();
        Upflow.Screens.Refund(payment);
        Assert.Equal(["upflow-receipts pi_77 state 'taken back' 'counts' waiting"], await CompareAsync());
        await PollAsync();
        Assert.Equal([], await CompareAsync());
    }

    [Fact]
    public async Task What_was_changed_by_hand_in_Intacct_is_told_from_what_was_changed_in_Upflow()
    {
        await OpenAsync();
        var (byHand, moved) = (Take(), Take("INV-3", reference: "pi_78"));
        await PollAsync();
        var posted = Counting.Single(p => p["DOCNUMBER"] == Number);
        Intacct.Company.Change(context =>
        {
            var table = context.Table("ARPYMT");
            var record = table.Find(NumberOf(posted))!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal)
            {
                ["DOCNUMBER"] = "CHK-9",
                ["RECEIPTDATE"] = "03/20/2026",
                ["CUSTOMERID"] = "C-2",
            };
            context.Books.Update(table, record, values, context.Stamp);
            return 0;
        });
        Clock.Advance(TimeSpan.FromMinutes(1));
        Upflow.Screens.Edit("payments", moved, number: "pi_79", date: new DateOnly(2026, 3, 9), customer: "C-1");
        var day = (await ReceiptAsync(byHand)).Facts!.Date!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(
            [
                "upflow-receipts pi_77 customer 'C-1' 'C-2' changedByHand",
                $"upflow-receipts pi_77 date '{day}' '2026-03-20' changedByHand",
                "upflow-receipts pi_77 number 'pi_77' 'CHK-9' changedByHand",
                "upflow-receipts pi_79 customer 'C-1' 'C-2' waiting",
                $"upflow-receipts pi_79 date '2026-03-09' '{day}' waiting",
                "upflow-receipts pi_79 number 'pi_79' 'pi_78' waiting",
            ],
            await CompareAsync()
        );
    }

    [Fact]
    public async Task What_was_taken_off_its_invoice_in_Upflow_and_pays_it_in_Intacct_differs()
    {
        await OpenAsync();
        var payment = Take();
        await PollAsync();
        Upflow.Screens.Unlink(payment);
        Assert.Equal(["upflow-receipts pi_77 invoices 'none' 'INV-1 100.00' waiting"], await CompareAsync());
    }

    [Fact]
    public async Task What_was_taken_and_is_not_posted_is_named()
    {
        await OpenAsync();
        Take();
        var difference = Assert.Single(await CompareAsync());
        Assert.Equal("upflow-receipts pi_77  '' '' unknown", difference);
    }

    [Theory]
    [InlineData("ARPYMT", "RECORDNO", "TRX_TOTALPAID")]
    [InlineData("ARPYMTDETAIL", "PAYMENTKEY", "TRX_PAYMENTAMOUNT")]
    public async Task One_that_can_not_be_read_in_Intacct_is_told_by_its_name_and_ends_no_other(
        string kind,
        string key,
        string amount
    )
    {
        await OpenAsync();
        Take();
        var other = Take("INV-3", reference: "pi_78");
        await PollAsync();
        var spoilt = Counting.Single(p => p["DOCNUMBER"] == Number)["RECORDNO"];
        Spoil(kind, r => r[key] == spoilt, amount);
        Upflow.Screens.Refund(other);
        Assert.Equal(
            ["upflow-receipts pi_77  '' '' unknown", "upflow-receipts pi_78 state 'taken back' 'counts' waiting"],
            await CompareAsync()
        );
    }

    private async Task<RecordExplanation?> ExplainAsync(string payment) =>
        await Process.Get<Explainer>().ExplainAsync(await ConnectionAsync(), UpflowFlows.Receipts, payment, Forever);

    private async Task<IReadOnlyList<string>> CompareAsync() =>
        (await Process.ReconcileAsync(await ConnectionAsync(), PassAsync, UpflowFlows.Receipts)).Differences;
}
