using System.Text.Json.Nodes;
using IntacctSync.Local.Cli;

namespace IntacctSync.Tests.Local.Cli;

/// <summary>A status that a scheduled check can trust: it names all that a person must look at.</summary>
public sealed class StatusNeedsTests
{
    private const string Counted = "2026-03-02T12:00:00Z";

    [Fact]
    public void A_connection_that_is_well_needs_nobody() => Assert.Empty(Of(_ => { }));

    [Theory]
    [InlineData("2026-03-01T11:59:59Z", true, true, true)]
    [InlineData("2026-03-01T12:00:00Z", true, true, false)]
    [InlineData("2026-03-01T11:59:59Z", false, true, false)]
    [InlineData("2026-03-01T11:59:59Z", true, false, false)]
    public void What_waits_for_more_than_a_day_is_named_unless_somebody_wanted_it_to(
        string oldest,
        bool enabled,
        bool active,
        bool named
    )
    {
        var needs = Of(
            status =>
            {
                status["flows"]![0]!["oldestPendingAt"] = oldest;
                status["flows"]![0]!["enabled"] = enabled;
            },
            active
        );
        Assert.Equal(named, needs.Any(n => n.Contains("invoices", StringComparison.Ordinal)));
        Assert.Equal(named ? 1 : 0, needs.Count);
    }

    [Fact]
    public void Whatever_else_is_wrong_is_named_by_itself()
    {
        Named("records --needs-you", s => s["flows"]![0]!["dead"] = 1);
        Named("stands still", s => s["stop"] = new JsonObject { ["message"] = "Refused." });
        Named("mail test", s => s["mail"]!["lastError"] = "The mail server refused the sign-in.");
        Named("could not be compared", s => s["reconcileFailed"] = new JsonObject { ["why"] = "Intacct was down." });
        Named("One record was found different", s => s["reconciled"] = new JsonObject { ["differences"] = 1 });
        Named("2 records were found different", s => s["reconciled"] = new JsonObject { ["differences"] = 2 });
        Assert.Empty(Of(s => s["reconciled"] = new JsonObject { ["differences"] = 0 }));
    }

    private static void Named(string words, Action<JsonObject> change) =>
        Assert.Contains(words, Assert.Single(Of(change)), StringComparison.Ordinal);

    private static IReadOnlyList<string> Of(Action<JsonObject> change, bool active = true)
    {
        var status = new JsonObject
        {
            ["stop"] = null,
            ["mail"] = new JsonObject { ["lastSentAt"] = null, ["lastError"] = null },
            ["reconciled"] = null,
            ["reconcileFailed"] = null,
            ["flows"] = new JsonArray(
                new JsonObject
                {
                    ["flow"] = "invoices",
                    ["enabled"] = true,
                    ["needsAction"] = 0,
                    ["dead"] = 0,
                    ["oldestPendingAt"] = null,
                }
            ),
            ["countedAt"] = Counted,
        };
        change(status);
        return StatusNeeds.Of(new JsonObject { ["active"] = active }, status);
    }
}
