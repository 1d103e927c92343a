using System.Text.RegularExpressions;
using IntacctSync.Core.Domain;
using IntacctSync.Simulators;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// An amount in Intacct that can't be read says nothing, so the receipts that it may concern need a person. The others
/// of their batch are posted.
/// </summary>
public sealed class What_can_not_be_read_holds_its_own_receipt_alone : ReceiptsRoadTest
{
    [Fact]
    public async Task A_detail_of_a_payment_that_may_have_been_entered_for_it()
    {
        await OpenAsync();
        var entered = Intacct.Screens.Pay("C-1", [("INV-1", 40m)], reference: "cheque 5");
        await PollAsync();
        Spoil("ARPYMTDETAIL", d => d["PAYMENTKEY"] == Text(entered), "TRX_PAYMENTAMOUNT");
        await AssertHeldAloneAsync("payment-unreadable");
    }

    [Fact]
    public async Task The_head_of_a_payment_of_another_customer_that_pays_its_invoice()
    {
        await OpenAsync();
        var entered = Intacct.Screens.Pay("C-1", [("INV-1", 40m)], reference: "cheque 5");
        await PollAsync();
        Spoil("ARPYMT", p => p["RECORDNO"] == Text(entered), "TRX_TOTALENTERED", ("CUSTOMERID", "C-9"));
        await AssertHeldAloneAsync("payment-unreadable");
    }

    [Fact]
    public async Task Its_invoice()
    {
        await OpenAsync();
        Spoil("ARINVOICE", i => i["RECORDID"] == "INV-1", "TRX_TOTALDUE");
        await AssertHeldAloneAsync("invoice-unreadable");
    }

    [Fact]
    public async Task A_detail_of_what_was_posted_for_another_receipt_holds_nothing()
    {
        await OpenAsync();
        Take(amount: 3000, reference: "pi_70");
        await PollAsync();
        Assert.Single(Counting);
        var spoiled = 0;
        Wire.Change = (_, answer) =>
            Regex.Replace(
                answer,
                @"(?<=<TRX_PAYMENTAMOUNT>)30(\.0+)?(?=<)",
                _ =>
                {
                    spoiled++;
                    return "thirty";
                },
                RegexOptions.None,
                TimeSpan.FromSeconds(5)
            );
        var next = Take(amount: 2000);
        await PollAsync();
        Assert.True(spoiled > 0);
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(next)).State);
    }

    [Fact]
    public async Task What_was_posted_without_an_answer_is_known_by_its_mark()
    {
        await OpenAsync();
        Intacct.Faults.Add(new FaultRule { Fault = "http524", Match = Fields(("function", "create")) });
        var (lost, other) = (Take(), Take("INV-3", reference: "pi_78"));
        await TickAsync(TimeSpan.FromMinutes(1));
        Assert.NotEmpty(Posted);
        foreach (var payment in Posted.Select(p => p["RECORDNO"]).ToList())
            Spoil("ARPYMT", p => p["RECORDNO"] == payment && p["DOCNUMBER"] == Number, "TRX_TOTALPAID");
        await PollAsync();
        await PollAsync();
        Assert.Equal(2, Posted.Count);
        Assert.Equal(Text(NumberOf(Posted.Single(p => p["DOCNUMBER"] == Number))), (await ReceiptAsync(lost)).TargetId);
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(other)).State);
    }

    private async Task AssertHeldAloneAsync(string code)
    {
        var before = Posted.Count;
        var (held, free, third) = (
            Take(amount: 5000),
            Take("INV-2", reference: "pi_78"),
            Take("INV-3", reference: "pi_79")
        );
        await PollAsync();
        Assert.Equal(code, await CodeAsync(held));
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(free)).State);
        Assert.Equal(RecordState.Synced, (await ReceiptAsync(third)).State);
        Assert.Equal(before + 2, Posted.Count);
    }

    private async Task TickAsync(TimeSpan rest)
    {
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process
            .Get<Core.Detection.Poller>()
            .TickAsync([Core.Upflow.UpflowFlows.Receipts], Clock.GetUtcNow(), Forever);
        await RestAsync(rest);
    }
}
