using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Zuper;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Web;

public sealed class PurgeTests : ApiTest
{
    private const string Purge = "/api/connections/acme?purge=true";

    private readonly Place _place = new();

    [Fact]
    public async Task While_a_worker_is_at_the_company_nothing_is_purged_and_the_caller_is_asked_to_come_again()
    {
        (await PutAsync()).Is(201);
        var company = (
            await Get<ConnectionStore>().GetAsync(ConnectionId.Parse("acme"), CancellationToken.None)
        )!.Company;
        await using (await Get<CompanyLeases>().TryAcquireAsync(company, CancellationToken.None))
            Assert.NotNull((await CallAsync("DELETE", Purge)).Is(503).Headers.RetryAfter);
        Assert.Contains(LogLines, l => l.Contains("a worker is in the way", StringComparison.Ordinal));
        Assert.Contains(
            await Get<ConnectionTimeline>()
                .ReadAsync(ConnectionId.Parse("acme"), Clock.GetUtcNow(), CancellationToken.None),
            t => t.What == "deleteConnection" && t.Detail.Contains("stands still", StringComparison.Ordinal)
        );
        Assert.Equal("false", (await CallAsync("GET", "/api/connections/acme"))["active"]);
        (await CallAsync("DELETE", Purge)).Is(204);
        (await CallAsync("GET", "/api/connections/acme")).Is(404);
    }

    [Fact]
    public async Task A_purge_that_broke_off_at_a_file_is_told_and_can_be_asked_for_again_until_all_is_gone()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("one", e => e with { Title = "Harbor Dental" });
        _place.Fails = true;
        Assert.NotNull((await CallAsync("DELETE", Purge)).Is(503).Headers.RetryAfter);
        Assert.Contains(
            LogLines,
            l =>
                l.StartsWith("deleteConnection of connection 'acme' by 127.0.0.1", StringComparison.Ordinal)
                && l.Contains("it broke off", StringComparison.Ordinal)
        );
        (await CallAsync("DELETE", Purge)).Is(503);
        Assert.Equal(
            0,
            (
                await Get<IntacctSync.Core.KeyMap.RecordQuery>()
                    .CountAsync(ConnectionId.Parse("acme"), ZuperFlows.Organizations, CancellationToken.None)
            ).Total
        );

        _place.Fails = false;
        (await CallAsync("DELETE", Purge)).Is(204);
        Assert.Equal(ConnectionId.Parse("acme"), _place.Last);
        (await CallAsync("GET", "/api/connections/acme")).Is(404);
    }

    [Fact]
    public async Task No_secret_is_left_of_a_purged_connection_and_all_are_of_another()
    {
        (await PutAsync()).Is(201);
        (await PutAsync(d => d["zuper"]!["webhookSecret"] = "canary-the-next-secret")).Is(200);
        (await PutAsync(id: "other")).Is(201);
        (await CallAsync("DELETE", Purge)).Is(204);
        foreach (var field in (string[])[.. ZuperSecrets.Fields.All, ZuperSecrets.WebhookSecret + ".replaced"])
        {
            Assert.Null(await SecretAsync("acme", field));
            Assert.Equal(
                field.EndsWith(".replaced", StringComparison.Ordinal),
                await SecretAsync("other", field) is null
            );
        }
    }

    [Fact]
    public async Task What_is_left_where_no_connection_is_any_more_is_removed_too()
    {
        (await CallAsync("DELETE", Purge)).Is(404);
        Assert.Equal(ConnectionId.Parse("acme"), _place.Last);
        Assert.Single(
            LogLines,
            l =>
                l.StartsWith("deleteConnection of connection 'acme' by 127.0.0.1", StringComparison.Ordinal)
                && l.EndsWith("what was left of it is forgotten", StringComparison.Ordinal)
        );
        _place.Fails = true;
        (await CallAsync("DELETE", Purge)).Is(503);
    }

    [Fact]
    public async Task A_wrong_id_wipes_nothing_that_is_also_of_other_connections()
    {
        _place.IsShared = true;
        (await CallAsync("DELETE", Purge)).Is(404);
        Assert.Null(_place.Last);
        (await PutAsync()).Is(201);
        (await CallAsync("DELETE", Purge)).Is(204);
        Assert.Equal(ConnectionId.Parse("acme"), _place.Last);
    }

    private Task<string?> SecretAsync(string connection, string field) =>
        Secrets.GetAsync(new SecretName(ConnectionId.Parse(connection), field), CancellationToken.None);

    protected override void AddMore(IServiceCollection services) => services.AddSingleton<IPurgeable>(_place);

    /// <summary>A place that keeps something of connections, and may not let go of it.</summary>
    private sealed class Place : IPurgeable
    {
        public bool Fails { get; set; }

        public ConnectionId? Last { get; private set; }

        public bool IsShared { get; set; }

        public Task PurgeAsync(
            ConnectionId connection,
            IReadOnlyCollection<CompanyId> companies,
            CancellationToken cancellationToken
        )
        {
            if (Fails)
                throw new TableUnavailableException("Its disk is full.");
            Last = connection;
            return Task.CompletedTask;
        }
    }
}
