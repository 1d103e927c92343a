using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Connections;

public sealed class ConnectionStoreTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();

    private ConnectionStore Store =>
        new(_stand.Table, IntacctSyncRegistration.Apps, _stand.Clock, Some.Noted(_stand.Clock));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task A_connection_is_kept_with_every_field()
    {
        await PutAsync();
        var changed = await ChangeAsync(c =>
            c with
            {
                Active = false,
                DeactivatedAt = Some.Now,
                Stop = ConnectionStop.First("zuper", Some.Problem(), Some.Now),
                Settings = c.Zuper() with
                {
                    StartDate = new DateOnly(2026, 1, 31),
                    Mode = SyncMode.Shadow,
                    IdentifyCustomerBy = IdentifyCustomerBy.Email,
                },
            }
        );
        var read = (await Store.GetAsync(Some.ConnectionId, CancellationToken.None))!;
        Assert.Equal(
            (false, Some.Now, changed!.Stop, 1, changed.ETag),
            (read.Active, read.DeactivatedAt, read.Stop, read.Revision, read.ETag)
        );
        Assert.Equal(
            (new DateOnly(2026, 1, 31), SyncMode.Shadow, IdentifyCustomerBy.Email),
            (read.Settings.StartDate, read.Settings.Mode, read.Zuper().IdentifyCustomerBy)
        );
        Assert.Equal((Some.Now, "harbor-dental"), (read.CreatedAt, read.Company.Value));
    }

    [Fact]
    public async Task Flows_that_a_former_program_switched_on_are_not_caught_up_on_unasked()
    {
        await PutAsync();
        var on = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { ["payments"] = Some.Now };
        await ChangeAsync(c => c with { SwitchedOn = on });
        Assert.Empty((await Store.GetAsync(Some.ConnectionId, CancellationToken.None))!.CaughtUp);

        var row = (await _stand.Table.GetAsync("connections", Some.ConnectionId.Value, CancellationToken.None))!;
        var former = new TableRow(
            row.PartitionKey,
            row.RowKey,
            row.Properties.Where(p => p.Key != "CaughtUp")
                .ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal)
        );
        await _stand.Table.WriteAsync(TableWrite.Replace(former, row.ETag), CancellationToken.None);
        Assert.Equal(on, (await Store.GetAsync(Some.ConnectionId, CancellationToken.None))!.CaughtUp);
    }

    [Fact]
    public async Task New_settings_end_a_stop_and_keep_when_it_was_made()
    {
        Assert.True((await PutAsync()).Created);
        await ChangeAsync(c => c with { Stop = ConnectionStop.First("zuper", Some.Problem(), Some.Now) });
        _stand.Clock.Advance(TimeSpan.FromDays(1));
        var (connection, created) = await PutAsync();
        Assert.False(created);
        Assert.Equal((null, 2, Some.Now), (connection.Stop, connection.Revision, connection.CreatedAt));
    }

    [Fact]
    public async Task A_change_that_meets_another_is_made_on_what_that_left()
    {
        await PutAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ChangeAsync(c => c with { Revision = c.Revision + 1 })));
        Assert.Equal(9, (await Store.GetAsync(Some.ConnectionId, CancellationToken.None))!.Revision);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_nothing_changes_it()
    {
        await PutAsync();
        Assert.Single(await Store.ListAsync(CancellationToken.None));
        await Store.DeleteAsync(Some.ConnectionId, CancellationToken.None);
        await Store.DeleteAsync(Some.ConnectionId, CancellationToken.None);
        Assert.Null(await ChangeAsync(c => c));
        Assert.Empty(await Store.ListAsync(CancellationToken.None));
    }

    [Fact]
    public void The_pause_between_probes_grows_to_an_hour()
    {
        var stop = ConnectionStop.First("intacct", Some.Problem(), Some.Now);
        var pauses = new List<double> { (stop.NextProbeAt - Some.Now).TotalMinutes };
        for (var i = 0; i < 5; i++)
        {
            stop = stop.After(Some.Problem("other"), Some.Now);
            pauses.Add((stop.NextProbeAt - Some.Now).TotalMinutes);
        }

        Assert.Equal([1, 5, 15, 60, 60, 60], pauses);
        Assert.Equal((5, "other", Some.Now), (stop.Probes, stop.Problem.Code, stop.Since));
    }

    [Theory]
    [InlineData("\U0001F6E0")]
    [InlineData("x\U0001F6E0")]
    public async Task A_body_that_could_not_be_read_is_kept_as_far_as_there_is_room(string unit)
    {
        var timeline = new ConnectionTimeline(_stand.Table, _stand.Clock, _stand.Ids);
        var body = string.Concat(Enumerable.Repeat(unit, 40_000));
        await timeline.AddAsync(Some.ConnectionId, "unreadableWebhook", body, body, CancellationToken.None);
        await timeline.AddAsync(Some.ConnectionId, "stopped", "Short.", null, CancellationToken.None);
        var kept = await timeline.ReadAsync(Some.ConnectionId, Some.Now, CancellationToken.None);
        Assert.Equal(["unreadableWebhook", "stopped"], kept.Select(k => k.What));
        Assert.StartsWith(kept[0].Body!, body, StringComparison.Ordinal);
        Assert.InRange(kept[0].Body!.Length, 32_766, 32_768);
    }

    private Task<(Connection Connection, bool Created)> PutAsync() =>
        Store.PutAsync(Some.ConnectionId, Some.Settings(), CancellationToken.None);

    private Task<Connection?> ChangeAsync(Func<Connection, Connection> change) =>
        Store.ChangeAsync(Some.ConnectionId, change, CancellationToken.None);
}
