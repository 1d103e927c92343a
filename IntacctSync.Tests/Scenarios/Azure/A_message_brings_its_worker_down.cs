using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Core.Notifications;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Scenarios.Azure;

public class A_message_brings_its_worker_down : TwinsTest
{
    private const string Name = "Poisoned Ltd";

    private readonly SmtpSink _sink = new();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Settings["Email:Smtp:Host"] = "127.0.0.1";
        Settings["Email:Smtp:Port"] = _sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Settings["Email:Smtp:From"] = "sync@example.com";
        Settings["Email:Smtp:StartTls"] = "false";
    }

    public override async Task DisposeAsync()
    {
        await _sink.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Ten_times_then_it_is_put_back_once_and_then_its_record_is_dead_and_a_person_is_told()
    {
        await ConnectAsync(s => s with { SyncFailureEmails = ["ap@harbordental.example"] });
        var uid = MakeOrganization(Name);
        var died = await RestWithOneAfterTheOtherAsync(StartVictim);

        Assert.InRange(died, 20, 22);
        Assert.Equal([LetterVerdict.TooOften, LetterVerdict.TooOften], Broker.Buried.Select(b => b.Reason));
        Assert.Single(Broker.Taken, m => BrokerMessages.TryRead(m.Body)!.Revived);
        Assert.Empty(Broker.Dropped);
        var entry = await EntryAsync(uid);
        Assert.Equal((RecordState.Dead, "delivered-too-often"), (entry.State, entry.Problem?.Code));
        Assert.Empty(Customers);

        await StartInstance().Get<FailureMails>().RunAsync(Forever);
        Assert.Contains(uid, Assert.Single(_sink.Mails).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_that_were_delivered_beside_it_are_synced_all_the_same()
    {
        await ConnectAsync();
        var before = MakeOrganizations(5);
        var uid = MakeOrganization(Name);
        var after = MakeOrganizations(5);
        await RestWithOneAfterTheOtherAsync(StartVictim);

        // One that was delivered beside it may have been buried once as well, and was put back.
        Assert.InRange(Broker.Buried.Count, 2, 4);
        Assert.Equal(RecordState.Dead, (await EntryAsync(uid)).State);
        await AssertEachHasOneCustomerAsync([.. before, .. after]);
    }

    /// <summary>An instance that dies whenever it is about to send that one record.</summary>
    private PipelineInstance StartVictim()
    {
        var instance = StartInstance();
        Wire.InPlace = body =>
        {
            if (body.Contains(Name, StringComparison.Ordinal))
                instance.Crash.Die("by that record");
            instance.Crash.ThrowIfDead();
            return null;
        };
        return instance;
    }
}
