using IntacctSync.Core.Detection;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Scenarios.Road;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Scenarios;

/// <summary>The log has a line for each sync, and not for each part of one that a person asked for.</summary>
public class The_log_of_a_sync : RoadTest
{
    [Fact]
    public async Task Has_one_line_for_a_run_and_one_for_each_batch_that_came_by_itself()
    {
        await ConnectAsync(webhooks: false);
        for (var i = 0; i < 120; i++)
            MakeOrganization($"Company {i}");
        await Process
            .Get<Backfill>()
            .StartAsync(await ConnectionAsync(), ZuperFlows.Organizations, null, requested: true, Forever);
        await RestAsync();
        Assert.Equal(
            ["Connection acme: a run of kind backfill (organizations) has ended: found 120, done 120, failed 0"],
            Told()
        );

        Zuper.WebhooksEnabled = true;
        MakeOrganization("Harbor Dental Group");
        await RestAsync();
        Assert.Contains(
            "Connection acme: 1 records of organizations were worked off",
            Told()[1],
            StringComparison.Ordinal
        );
    }

    private List<string> Told() =>
        [
            .. Log
                .Lines.Where(l => l.Level == LogLevel.Information)
                .Select(l => l.Text)
                .Where(l => l.StartsWith("Connection ", StringComparison.Ordinal)),
        ];
}
