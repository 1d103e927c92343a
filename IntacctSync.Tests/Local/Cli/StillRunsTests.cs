using System.Text.Json.Nodes;
using IntacctSync.Local.Cli;

namespace IntacctSync.Tests.Local.Cli;

public sealed class StillRunsTests
{
    [Fact]
    public void Runs_stand_still_once_nothing_of_them_has_moved_for_long_enough()
    {
        var still = new StillRuns(3);
        foreach (var done in new[] { 1, 2, 2, 2, 3, 3, 3 })
            Assert.False(still.Look([Run(done)]));
        Assert.True(still.Look([Run(3)]));
        Assert.False(still.Look([Run(4)]));
    }

    private static JsonObject Run(int done) =>
        new()
        {
            ["state"] = "running",
            ["found"] = 5,
            ["done"] = done,
            ["failed"] = 0,
        };
}
