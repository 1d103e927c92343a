using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Scenarios;

public class Half_an_answer_of_Zuper_ends_by_the_time_out : RoadTest
{
    private ZuperProxy _proxy = null!;

    /// <summary>Less than a session's lock lasts, which nobody renews here.</summary>
    public Half_an_answer_of_Zuper_ends_by_the_time_out() => Settings["Zuper:Timeout"] = "00:00:20";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _proxy = await ZuperProxy.StartAsync(new Uri(Settings["Zuper:AccountsEndpoint"]!));
        Wire.Watch(_proxy.UnderWay);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task The_log_and_the_lag_tell_of_it_and_the_record_arrives_when_Zuper_answers_again()
    {
        await ConnectAsync(s => s with { Zuper = s.Zuper with { ApiUrl = _proxy.Address.ToString() } });
        _proxy.Instead = http =>
            http.Request.Path.StartsWithSegments("/api/organization", StringComparison.Ordinal)
                ? ZuperProxy.HalfAsync(http, _proxy.UnderWay)
                : Task.FromResult(false);
        var began = Clock.GetUtcNow();
        var uid = MakeOrganization("Harbor Dental Group");
        await RestAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(RecordState.Pending, (await EntryAsync(uid)).State);
        var counts = await Process.Get<RecordQuery>().CountAsync(Id, ZuperFlows.Organizations, Forever);
        Assert.NotNull(counts.OldestPendingAt);
        Assert.InRange(counts.OldestPendingAt.Value, began, began.AddMinutes(2));
        Assert.Contains(
            Log.Lines,
            l => l.Level == LogLevel.Warning && l.Text.Contains("ended after 00:00:20", StringComparison.Ordinal)
        );
        Assert.Empty(Customers);

        _proxy.Instead = _ => Task.FromResult(false);
        await RestAsync();
        Assert.Single(Customers);
        Assert.Equal(RecordState.Synced, (await EntryAsync(uid)).State);
    }
}
