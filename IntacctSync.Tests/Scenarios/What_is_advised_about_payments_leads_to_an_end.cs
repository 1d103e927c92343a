using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Who does what is advised about a payment finds Upflow owing what Intacct does: nothing stays there that pays twice.
/// </summary>
public sealed class What_is_advised_about_payments_leads_to_an_end : ReceiptsRoadTest
{
    [Fact]
    public async Task Several_payments_of_Upflow_that_were_entered_as_one_are_asked_about_before_it_is_sent()
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        Take("INV-1", 6000, "pi_1");
        Take("INV-1", 4000, "pi_2");
        var entered = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: "web 17");
        await PollAsync();
        var problem = (await RowAsync(UpflowFlows.Payments, Text(entered))).Problem!;
        Assert.Equal("payment-may-be-taken", problem.Code);
        Assert.Contains("pi_1", problem.Message, StringComparison.Ordinal);
        Assert.Contains("pi_2", problem.Message, StringComparison.Ordinal);
        Assert.Contains("ignore this payment", problem.Fix, StringComparison.Ordinal);
        await IgnorePaymentAsync(entered);
        Assert.Equal(10000, Upflow.Screens.Balance("C-1", "USD"));
        Assert.Null(Upflow.Screens.Record("payments", $"ARPYMT-{Text(entered)}"));
    }

    /// <summary>What was taken there comes later than the payment, so that nobody was asked.</summary>
    [Fact]
    public async Task A_link_that_is_refused_since_the_same_money_pays_there_already()
    {
        await OpenAsync(s => s with { SyncReceipts = false });
        var entered = Intacct.Screens.Pay("C-1", [("INV-1", 100m)], reference: "web 17");
        Take("INV-1", 7000, "pi_1");
        await PollAsync();
        Clock.Advance(TimeSpan.FromDays(4));
        await PollAsync();
        var problem = (await RowAsync(UpflowFlows.Payments, Text(entered))).Problem!;
        Assert.Equal("upflow-link-refused", problem.Code);
        Assert.Contains($"delete ARPYMT-{Text(entered)} in Upflow", problem.Fix, StringComparison.Ordinal);
        Upflow.Screens.Delete("payments", $"ARPYMT-{Text(entered)}");
        await IgnorePaymentAsync(entered);
        Assert.Equal(10000 + 3000, Upflow.Screens.Balance("C-1", "USD"));
    }

    [Fact]
    public async Task A_carried_payment_whose_state_is_not_known()
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
        var problem = (await RowAsync(UpflowFlows.Payments, Text(no))).Problem!;
        Assert.Equal("payment-state-unknown", problem.Code);
        Assert.Contains($"delete ARPYMT-{Text(no)} in Upflow", problem.Fix, StringComparison.Ordinal);
        Upflow.Screens.Delete("payments", $"ARPYMT-{Text(no)}");
        await IgnorePaymentAsync(no);
        Assert.Equal(10000, Upflow.Screens.Outstanding("INV-1"));
        Assert.Equal(20000, Upflow.Screens.Balance("C-1", "USD"));
    }

    private async Task IgnorePaymentAsync(int no)
    {
        await Process
            .Get<PersonRequests>()
            .IgnoreAsync(await ConnectionAsync(), UpflowFlows.Payments, Text(no), null, Forever);
        await RestAsync();
        await PollAsync();
    }
}
