using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Local.Cli;

namespace IntacctSync.Tests.Local.Cli;

public sealed class ComparisonTextTests
{
    [Theory]
    [InlineData(2, "")]
    [InlineData(30, "The first 2 of 30 are shown, of each flow at most 20.")]
    public void Of_what_a_rebuild_left_unlinked_it_is_told_how_many_there_are(int all, string more)
    {
        using var output = new StringWriter();
        var left = new JsonArray([
            .. Enumerable
                .Range(1, 2)
                .Select(i => JsonNode.Parse($$"""{"title": "INV-{{i}}", "shows": "7", "why": "w"}""")),
        ]);
        RunTexts.ShowNotLinked(
            new Terminal(output, output, json: false),
            [
                new JsonObject
                {
                    ["flow"] = "invoices",
                    ["notLinked"] = all,
                    ["firstNotLinked"] = left,
                },
            ]
        );
        var told = string.Join(' ', output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("invoices INV-2 7 w", told, StringComparison.Ordinal);
        Assert.Contains(more, told, StringComparison.Ordinal);
        Assert.Equal(more.Length > 0, told.Contains("reconcile", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_only_at_the_target_is_named_beside_that_the_rest_is_equal()
    {
        var report = Report(equal: true, onlyAtTarget: 1);
        report["onlyAtTarget"] = new JsonArray(
            JsonNode.Parse(
                """
                {"flow": "invoices", "targetId": "77", "title": "INV-7", "date": "2026-01-31", "amount": 129.0,
                 "currency": "USD"}
                """
            )
        );
        var told = Told(report);
        Assert.Contains("INV-7", told, StringComparison.Ordinal);
        Assert.Contains("129.00 USD", told, StringComparison.Ordinal);
        Assert.Contains("What is linked is equal on both sides; 1 is only in Intacct.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Both sides are equal", told, StringComparison.Ordinal);
        Assert.Contains("Both sides are equal.", Told(Report(equal: true, onlyAtTarget: 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_days_it_is_told_how_many_there_are()
    {
        var report = Report(equal: false, onlyAtTarget: 0);
        report["sums"] = new JsonArray([
            .. Enumerable
                .Range(1, 21)
                .Select(day =>
                    JsonNode.Parse(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $$"""
                            {"flow": "invoices", "day": "2026-01-{{day:00}}", "currency": "", "sourceCount": 1,
                             "sourceSum": 1, "targetCount": 0, "targetSum": 0, "isEqual": false}
                            """
                        )
                    )
                ),
        ]);
        Assert.Contains("The first 20 of 21 days whose sums differ are shown", Told(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0, "by night", "Both sides are equal.")]
    [InlineData(false, 2, "that was asked for", "What is linked is equal on both sides; 2 are only in Intacct.")]
    public void A_status_says_of_which_flows_and_days_the_last_comparison_was(
        bool nightly,
        int only,
        string kind,
        string found
    ) =>
        Assert.Equal(
            $"Last comparison {kind}, 2026-02-05 03:00 (invoices, payments; 2026-01-01 to 2026-02-04): {found}",
            StateVerbs.Compared(
                new JsonObject
                {
                    ["at"] = "2026-02-05T03:00:00+00:00",
                    ["nightly"] = nightly,
                    ["flows"] = new JsonArray("invoices", "payments"),
                    ["since"] = "2026-01-01",
                    ["until"] = "2026-02-04",
                    ["differences"] = 0,
                    ["onlyAtTarget"] =
                        only == 0 ? [] : new JsonArray(new JsonObject { ["system"] = "Intacct", ["count"] = only }),
                }
            )
        );

    private static JsonObject Report(bool equal, int onlyAtTarget) =>
        JsonNode
            .Parse(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""
                    {"equal": {{(equal ? "true" : "false")}}, "differences": {{(equal ? 0 : 2)}}, "sums": [],
                     "records": [], "leftOut": [], "onlyAtTarget": [], "flows": [{"flow": "invoices", "source": 1,
                     "linked": 1, "equal": 1, "differ": 0, "leftOut": 0, "onlyAtTarget": {{onlyAtTarget}},
                     "targetSystem": "Intacct"}]}
                    """
                )
            )!
            .AsObject();

    private static string Told(JsonNode report)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        RunTexts.ShowReport(new Terminal(output, errors, json: false), report, ReportFiles.None);
        return string.Join(
            ' ',
            output.ToString().Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
        );
    }
}
