using System.Text.Json.Nodes;
using IntacctSync.Local.Cli;

namespace IntacctSync.Tests.Local.Cli;

public sealed class RunBarTests
{
    [Theory]
    [InlineData("backfill", "running", 25, 20, 5, null, "invoices 25, how many are left is not known yet", null)]
    [InlineData("backfill", "running", 25, 20, 5, 75, "invoices 25 of 100", 25.0)]
    [InlineData(
        "reconcile",
        "running",
        1000,
        1000,
        40,
        null,
        "invoices 1000, how many are left is not known yet",
        null
    )]
    [InlineData("reconcile", "running", 500, 500, 500, 500, "invoices 500 of 1000", 50.0)]
    [InlineData("backfill", "running", 0, 0, 0, 0, "invoices 0 of 0", 0.0)]
    [InlineData("backfill", "done", 0, 0, 0, 0, "invoices 0", 100.0)]
    public void A_bar_stands_where_the_run_stands_and_nowhere_while_nobody_knows(
        string kind,
        string state,
        int found,
        int done,
        int failed,
        int? left,
        string text,
        double? percent
    ) =>
        Assert.Equal(
            new RunBar(text, percent),
            RunBar.Of(
                "invoices",
                new JsonObject
                {
                    ["kind"] = kind,
                    ["state"] = state,
                    ["found"] = found,
                    ["done"] = done,
                    ["failed"] = failed,
                    ["left"] = left,
                }
            )
        );
}
