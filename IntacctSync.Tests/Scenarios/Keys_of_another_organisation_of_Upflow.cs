using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class Keys_of_another_organisation_of_Upflow : ReceivablesRoadTest
{
    [Fact]
    public async Task They_stop_the_connection_before_anything_is_written()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor Dental Group", "ap@harbor.example");
        await PollAsync();
        var writes = Upflow.Counters.Writes;
        await PutKeyAsync(new UpflowSimulatorOptions().OtherApiKey);
        Intacct.Screens.AddCustomer("C-2", "Quayside Hotels", "ap@quayside.example");
        await PollAsync();

        var stop = (await ConnectionAsync()).Stop;
        Assert.Equal(("upflow-other-account", "upflow"), (stop?.Problem.Code, stop?.System));
        Assert.Equal(writes, Upflow.Counters.Writes);

        await PutKeyAsync(new UpflowSimulatorOptions().ApiKey);
        await PollAsync();
        Assert.Null((await ConnectionAsync()).Stop);
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Customers, "C-2")).State);
    }

    [Theory]
    [InlineData(RecordState.NeedsAction)]
    [InlineData(RecordState.Pending)]
    public async Task They_stop_it_also_where_no_linked_record_is_synced(RecordState state)
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor Dental Group", "ap@harbor.example");
        await PollAsync();
        var row = await RowAsync(UpflowFlows.Customers, "C-1");
        Assert.Single(await Process.Get<KeyMapStore>().SaveAsync([row with { State = state }], Forever));
        var writes = Upflow.Counters.Writes;
        await PutKeyAsync(new UpflowSimulatorOptions().OtherApiKey);
        Intacct.Screens.AddCustomer("C-2", "Quayside Hotels", "ap@quayside.example");
        await PollAsync();

        Assert.Equal("upflow-other-account", (await ConnectionAsync()).Stop?.Problem.Code);
        Assert.Equal(writes, Upflow.Counters.Writes);
    }

    [Fact]
    public async Task A_new_key_of_the_same_organisation_goes_on()
    {
        await ConnectUpflowAsync();
        Intacct.Screens.AddCustomer("C-1", "Harbor Dental Group", "ap@harbor.example");
        await PollAsync();
        var before = (await ConnectionAsync()).AccountIdentity;

        // The address differs as a key would: what is shown there tells that it is the same organisation.
        await ChangeSettingsAsync(s =>
            s with
            {
                Upflow = s.Upflow with { ApiUrl = Settings["Upflow:Endpoint"] + "/" },
            }
        );
        Intacct.Screens.AddCustomer("C-2", "Quayside Hotels", "ap@quayside.example");
        await PollAsync();
        Assert.Null((await ConnectionAsync()).Stop);
        Assert.Equal(RecordState.Synced, (await RowAsync(UpflowFlows.Customers, "C-2")).State);
        Assert.NotEqual(before, (await ConnectionAsync()).AccountIdentity);
    }

    [Fact]
    public async Task A_connection_without_records_takes_whatever_keys_are_put()
    {
        await ConnectUpflowAsync();
        await PutKeyAsync(new UpflowSimulatorOptions().OtherApiKey);
        await PollAsync();
        await PutKeyAsync(new UpflowSimulatorOptions().ApiKey);
        await PollAsync();
        Assert.Null((await ConnectionAsync()).Stop);
    }

    private async Task PutKeyAsync(string key)
    {
        await Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                Id,
                new Dictionary<string, SecretChange>(StringComparer.Ordinal)
                {
                    [UpflowSecrets.ApiKey] = SecretChange.To(key),
                },
                Forever
            );
        await ChangeSettingsAsync(static s => s);
    }
}
