using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>What a person says is a counterpart in Upflow is looked at there before it is believed.</summary>
public sealed class A_counterpart_in_Upflow_is_looked_at : ReceivablesRoadTest
{
    [Fact]
    public async Task What_is_not_there_or_is_somebody_elses_is_refused()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor");
        await PollAsync();
        var own = (string?)Customer("C-1")["id"];
        foreach (
            var (flow, sourceId, named, says) in new[]
            {
                (UpflowFlows.Customers, "C-2", "nobody", "Upflow knows no record nobody among its customers."),
                (UpflowFlows.Invoices, "ARINVOICE-1", "nothing", "Upflow knows no record nothing among its invoices."),
                (UpflowFlows.Payments, "ARPYMT-1", own!, "If it is the same, ignore this record."),
                (UpflowFlows.CreditNotes, "ARADJUSTMENT-1", own!, "If it is the same, ignore this record."),
                (UpflowFlows.Receipts, "p-1", "404", "no record with the id '404'"),
            }
        )
            Assert.Contains(says, (await LinkAsync(flow, sourceId, named)).Refusal, StringComparison.Ordinal);
        Assert.Equal("C-1", (await LinkAsync(UpflowFlows.Customers, "C-2", own!)).Owner);
    }

    [Fact]
    public async Task It_is_named_by_either_id_and_stored_by_its_own()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor");
        await PollAsync();
        var own = (string?)Customer("C-1")["id"];
        await Process
            .Get<Core.KeyMap.KeyMapStore>()
            .SaveAsync(
                [await RowAsync(UpflowFlows.Customers, "C-1") with { TargetId = null, NaturalKey = null, Hash = null }],
                Forever
            );
        Assert.True((await LinkAsync(UpflowFlows.Customers, "C-1", own!)).Taken);
        Assert.Equal(own, (await RowAsync(UpflowFlows.Customers, "C-1")).TargetId);
        await RestAsync();
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Customers, "C-1")).State);
        Assert.Single(Upflow.Screens.Records("customers"));
    }

    private Task<LinkOutcome> LinkAsync(FlowName flow, string sourceId, string named) =>
        PassAsync(async () =>
            await Process.Get<RecordLinks>().LinkAsync(await ConnectionAsync(), flow, sourceId, named, Forever)
        );
}
