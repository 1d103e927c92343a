using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>Payments of one number, customer and amount: each is posted once, and none is taken for another.</summary>
public sealed class Receipts_that_are_alike : ReceiptsRoadTest
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
                },
            ],
        };

    [Fact]
    public async Task Two_are_both_posted_and_nothing_comes_back()
    {
        await OpenAsync();
        var payments = new[] { Take("INV-1"), Take("INV-2") };
        await PollAsync();
        await PollAsync();
        await AssertPostedOnceEachAsync(payments);
    }

    [Theory]
    [InlineData("resetAfter")]
    [InlineData("resetBefore")]
    [InlineData("truncated")]
    public async Task Two_whose_answers_are_lost_are_each_linked_to_their_own(string fault)
    {
        await OpenAsync();
        var payments = new[] { Take("INV-1"), Take("INV-2") };
        LoseAnswers(fault);
        await PollAsync();
        await PollAsync();
        await PollAsync();
        await AssertPostedOnceEachAsync(payments);
    }

    [Fact]
    public async Task One_that_comes_while_the_other_is_in_doubt_does_not_take_its_payment()
    {
        await OpenAsync();
        var first = Take("INV-1");
        LoseAnswers("resetAfter");
        Clock.Advance(TimeSpan.FromMinutes(15));
        await TickAsync();
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(RecordState.InDoubt, (await ReceiptAsync(first)).State);
        var second = Take("INV-2");
        await TickAsync();
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(2, Counting.Count);
        await PollAsync();
        await PollAsync();
        await AssertPostedOnceEachAsync([first, second]);
    }

    [Fact]
    public async Task A_payment_in_another_currency_is_not_taken_for_it()
    {
        await OpenAsync();
        Intacct.Screens.PostInvoice("C-1", "INV-EUR", 100, currency: "EUR");
        var other = Intacct.Screens.Pay("C-1", [("INV-EUR", 100m)], reference: Number);
        await PollAsync();
        var receipt = Take();
        await PollAsync();
        Assert.Equal(0, Due("INV-1"));
        Assert.NotEqual(Text(other), (await ReceiptAsync(receipt)).TargetId);
        Assert.Equal(2, Counting.Count);
        Assert.NotNull(Upflow.Screens.Record("payments", $"ARPYMT-{Text(other)}"));
        Assert.Equal(0, Upflow.Screens.Outstanding("INV-EUR"));
    }

    [Fact]
    public async Task One_payment_that_may_be_either_of_two_is_linked_by_a_person_and_the_other_is_posted()
    {
        await OpenAsync();
        var there = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: Number);
        Upflow.Screens.PayInPortal([("INV-1", null)], reference: Number);
        var payments = new[] { Upflow.Screens.Records("payments")[0]["id"]!.ToString(), Take("INV-2") };
        await PollAsync();
        Assert.Equal("receipt-ambiguous", await CodeAsync(payments[0]));
        Assert.Equal("receipt-ambiguous", await CodeAsync(payments[1]));
        Assert.Single(Counting);

        Assert.True(await LinkAsync(payments[0], there));
        await RetryAsync(payments[1]);
        await PollAsync();
        await AssertPostedOnceEachAsync(payments);
    }

    [Fact]
    public async Task One_that_was_posted_before_the_store_was_restored_and_then_reversed_is_not_posted_again()
    {
        await OpenAsync();
        var payment = Take();
        await PollAsync();
        Intacct.Screens.ReversePayment(NumberOf(Counting[0]));
        var store = Process.Get<KeyMapStore>();
        await store.SaveAsync(
            [await ReceiptAsync(payment) with { TargetId = null, Hash = null, NaturalKey = null }],
            Forever
        );
        await RetryAsync(payment);
        Assert.Equal("receipt-reversed-by-hand", await CodeAsync(payment));
        Assert.Equal(2, Posted.Count);
    }

    private async Task AssertPostedOnceEachAsync(IReadOnlyList<string> payments)
    {
        var targets = new List<string?>();
        foreach (var payment in payments)
        {
            var row = await ReceiptAsync(payment);
            Assert.Equal((RecordState.Synced, null), (row.State, row.Problem));
            targets.Add(row.TargetId);
        }

        Assert.Equal(Counting.Select(p => p["RECORDNO"]).Order(), targets.Order());
        Assert.Equal(payments.Count, Upflow.Screens.Records("payments").Count);
        Assert.Equal((0m, 0m), (Due("INV-1"), Due("INV-2")));
        Assert.Equal(0, Upflow.Screens.Balance("C-1", "USD"));
    }

    private Task TickAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        return Process.Get<Poller>().TickAsync([.. UpflowFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
    }

    private void LoseAnswers(string fault) =>
        Intacct.Faults.Add(
            new FaultRule
            {
                Fault = fault,
                Match = Fields(("function", "create")),
                Times = 1,
            }
        );
}
