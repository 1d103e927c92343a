using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Tests.Scenarios;

public class A_list_that_never_ends_ends_its_run : RoadTest
{
    private ZuperProxy _proxy = null!;
    private int _pages;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _proxy = await ZuperProxy.StartAsync(new Uri(Settings["Zuper:AccountsEndpoint"]!));
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_backfill_whose_pages_take_turns_fails_with_what_was_found(int turns)
    {
        await ConnectAsync(s => s with { Zuper = s.Zuper with { ApiUrl = _proxy.Address.ToString() } });
        _proxy.Instead = http => PageAsync(http, turns);
        var connection = await ConnectionAsync();
        var run = await Process
            .Get<Backfill>()
            .StartAsync(connection, ZuperFlows.Organizations, since: null, requested: true, Forever);
        await RestAsync(TimeSpan.FromDays(4));

        var ended = (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!;
        Assert.Equal(RunState.Failed, ended.State);
        Assert.Contains("repeats itself", ended.Report, StringComparison.Ordinal);
        Assert.InRange(_pages, turns + 1, 400);
    }

    /// <summary>The pages of a list of organizations that nobody has, the same few again and again.</summary>
    private async Task<bool> PageAsync(HttpContext http, int turns)
    {
        if (
            http.Request.Path.Value is not "/api/organization"
            || !int.TryParse(http.Request.Query["page"], CultureInfo.InvariantCulture, out var page)
        )
            return false;
        Interlocked.Increment(ref _pages);
        var count = int.Parse(http.Request.Query["count"].ToString(), CultureInfo.InvariantCulture);
        var rows = Enumerable
            .Range(0, count)
            .Select(i => (JsonNode)Some.OrganizationJson(Some.Uid((page % turns * 1000) + i)));
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(
            new JsonObject
            {
                ["type"] = "success",
                ["data"] = new JsonArray([.. rows]),
                ["total_records"] = 10_000,
            }.ToJsonString(),
            CancellationToken.None
        );
        return true;
    }
}
