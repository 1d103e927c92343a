using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Local;
using IntacctSync.Local.Queue;
using IntacctSync.Tests.Support;
using IntacctSync.Web.Health;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Tests.Local;

/// <summary>Readiness over the files of one machine, as their disk may become.</summary>
public sealed class StorageReadinessTests : IAsyncLifetime
{
    private const int PageBytes = 4096;

    /// <summary>How the page of a table begins that holds rows (sqlite.org/fileformat2.html, B-tree Pages).</summary>
    private const byte TableLeaf = 0x0d;

    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly StoreStand _empty = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _empty.DisposeAsync();
        _folder.Dispose();
    }

    [TinyDiskFact]
    public async Task A_full_disk_is_told_of_the_store_and_of_the_queue_until_there_is_room_again()
    {
        await using var disk = await TinyDisk.MountAsync();
        await using var table = new SqliteTable(disk.File("data.db"));
        await using var queue = new SqliteEnvelopeQueue(disk.File("queue.db"), _clock);
        IReadinessCheck[] checks = [new StoreReadiness(table), new QueueReadiness(queue)];
        Assert.Null(await WrongAsync(checks));

        await disk.FillAsync();
        var wrong = await WrongAsync(checks);
        Assert.Matches("store: .*disk.* full.*queue: .*disk.* full", wrong);

        disk.Free();
        Assert.Null(await WrongAsync(checks));
    }

    [Fact]
    public async Task Damaged_pages_are_told_of_the_store_and_of_the_queue()
    {
        await using (var table = new SqliteTable(_folder.File("data.db")))
        await using (var queue = new SqliteEnvelopeQueue(_folder.File("queue.db"), _clock))
            Assert.Null(await WrongAsync(new StoreReadiness(table), new QueueReadiness(queue)));
        foreach (var name in new[] { "data.db", "queue.db" })
        {
            // All but the first page, which says what file it is.
            var bytes = await File.ReadAllBytesAsync(_folder.File(name), CancellationToken.None);
            bytes.AsSpan(4096).Fill(0xA5);
            await File.WriteAllBytesAsync(_folder.File(name), bytes, CancellationToken.None);
        }

        await using var damaged = new SqliteTable(_folder.File("data.db"));
        await using var damagedQueue = new SqliteEnvelopeQueue(_folder.File("queue.db"), _clock);
        var wrong = await WrongAsync(new StoreReadiness(damaged), new QueueReadiness(damagedQueue));
        Assert.Matches("store: .*malformed.*queue: .*malformed", wrong);
    }

    [Fact]
    public async Task A_damaged_page_of_another_partition_is_told_from_when_it_was_met_until_the_next_start()
    {
        await using (var table = new SqliteTable(_folder.File("data.db")))
        {
            var body = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Text"] = Some.Noise(3000, 1) };
            for (var i = 0; i < 50; i++)
                await table.WriteAsync(TableWrite.Upsert(new TableRow("far", $"r{i}", body)), CancellationToken.None);
            Assert.Null(await WrongAsync(new StoreReadiness(table)));
        }

        var bytes = await File.ReadAllBytesAsync(_folder.File("data.db"), CancellationToken.None);
        var pages = Enumerable.Range(1, (bytes.Length / PageBytes) - 1).Where(p => bytes[p * PageBytes] == TableLeaf);
        bytes.AsSpan(pages.ElementAt(25) * PageBytes, PageBytes).Fill(0xA5);
        await File.WriteAllBytesAsync(_folder.File("data.db"), bytes, CancellationToken.None);

        await using var damaged = new SqliteTable(_folder.File("data.db"));
        Assert.Null(await WrongAsync(new StoreReadiness(damaged)));
        await Assert.ThrowsAsync<TableUnavailableException>(async () =>
        {
            for (var i = 0; i < 50; i++)
                await damaged.GetAsync("far", $"r{i}", CancellationToken.None);
        });
        Assert.Matches("store: .*malformed", await WrongAsync(new StoreReadiness(damaged)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_that_are_lost_or_damaged_are_told_with_the_way_out(bool lost)
    {
        var secrets = _folder.File("secrets");
        using (var store = new FileSecretStore(secrets, _clock))
        {
            var name = new SecretName(Some.ConnectionId, "zuper.apiKey");
            await store.SetAsync(name, "canary", CancellationToken.None);
            Assert.Null(await WrongAsync(Secrets(store)));
        }

        foreach (var key in Directory.EnumerateFiles(Path.Combine(secrets, "keys")))
        {
            if (lost)
                File.Delete(key);
            else
                await File.WriteAllTextAsync(key, "<key", CancellationToken.None);
        }

        using var reopened = new FileSecretStore(secrets, _clock);
        var wrong = await WrongAsync(Secrets(reopened));
        Assert.Matches("secrets: .*Restore that folder of keys", wrong);
        Assert.DoesNotContain("canary", wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("")]
    public async Task Keys_or_all_secrets_that_are_lost_while_the_host_runs_are_told(string folder)
    {
        var secrets = _folder.File("secrets");
        using var store = new FileSecretStore(secrets, _clock);
        await store.SetAsync(new SecretName(Some.ConnectionId, "zuper.apiKey"), "canary", CancellationToken.None);
        Assert.Null(await WrongAsync(Secrets(store)));
        Directory.Delete(Path.Combine(secrets, folder), recursive: true);
        Assert.Matches("secrets: .*Restore", await WrongAsync(Secrets(store)));
    }

    [Fact]
    public async Task The_way_out_of_damaged_keys_leads_to_secrets_that_can_be_stored_and_read_again()
    {
        var (secrets, name) = (_folder.File("secrets"), new SecretName(Some.ConnectionId, "zuper.apiKey"));
        using (var store = new FileSecretStore(secrets, _clock))
            await store.SetAsync(name, "old", CancellationToken.None);
        foreach (var key in Directory.EnumerateFiles(Path.Combine(secrets, "keys")))
            await File.WriteAllTextAsync(key, "<key", CancellationToken.None);

        // Half of it is not enough, and is told.
        File.Delete(Path.Combine(secrets, "secrets.bin"));
        using (var half = new FileSecretStore(secrets, _clock))
        {
            Assert.Matches("secrets: .*delete both", await WrongAsync(Secrets(half)));
            await Assert.ThrowsAsync<SecretsUnavailableException>(() =>
                half.SetAsync(name, "new", CancellationToken.None)
            );
        }

        Directory.Delete(Path.Combine(secrets, "keys"), recursive: true);
        using (var store = new FileSecretStore(secrets, _clock))
        {
            Assert.Null(await WrongAsync(Secrets(store)));
            await store.SetAsync(name, "new", CancellationToken.None);
        }

        using var next = new FileSecretStore(secrets, _clock);
        Assert.Equal("new", await next.GetAsync(name, CancellationToken.None));
    }

    [Fact]
    public async Task Secrets_that_are_gone_at_a_start_are_told_as_long_as_connections_are_at_work()
    {
        await using var stand = new StoreStand();
        var connections = new ConnectionStore(
            stand.Table,
            IntacctSyncRegistration.Apps,
            stand.Clock,
            Some.Noted(stand.Clock)
        );
        await connections.PutAsync(Some.ConnectionId, Some.Settings(), CancellationToken.None);
        using var store = new FileSecretStore(_folder.File("not-mounted"), _clock);
        var check = new SecretsReadiness(store, connections, new ConnectionSecrets(store));
        Assert.Matches("secrets: No connection has any", await WrongAsync(check));

        await store.SetAsync(new SecretName(Some.ConnectionId, "zuper.apiKey"), "k", CancellationToken.None);
        Assert.Null(await WrongAsync(check));

        await store.DeleteAllAsync(Some.ConnectionId, CancellationToken.None);
        await connections.ChangeAsync(Some.ConnectionId, c => c with { Active = false }, CancellationToken.None);
        Assert.Null(await WrongAsync(check));
    }

    /// <summary>Where there are no connections.</summary>
    private SecretsReadiness Secrets(FileSecretStore store)
    {
        var table = new SwitchableTable(_empty.Table);
        return new SecretsReadiness(
            store,
            new ConnectionStore(table, IntacctSyncRegistration.Apps, _clock, Some.Noted(_clock)),
            new ConnectionSecrets(store)
        );
    }

    /// <returns>What readiness tells; null where all is well.</returns>
    private async Task<string?> WrongAsync(params IReadinessCheck[] checks)
    {
        var connections = new ConnectionStore(_empty.Table, IntacctSyncRegistration.Apps, _clock, Some.Noted(_clock));
        using var endpoints = new HealthEndpoints(checks, connections, _clock, NullLogger<HealthEndpoints>.Instance);
        return await endpoints.ReadyAsync(CancellationToken.None) is ProblemHttpResult problem
            ? problem.ProblemDetails.Detail
            : null;
    }
}
