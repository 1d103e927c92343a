using System.Text.Json.Nodes;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Review;
using IntacctSync.Web.Console.Records;

namespace IntacctSync.Tests.Web.Console;

public sealed class BothSidesTests
{
    [Fact]
    public void Each_side_shows_what_it_says_itself()
    {
        var sides = new BothSides(
            new RecordExplanation(
                "INV-1",
                "41",
                new JsonObject { ["reference_no"] = "PO-1" },
                new JsonObject { ["PONUMBER"] = "X-9" },
                new JsonObject
                {
                    ["total"] = "90.00",
                    ["date"] = "2026-02-03",
                    ["reference"] = "PO-1",
                    ["term"] = "Net 30",
                },
                new JsonObject
                {
                    ["total"] = "80.00",
                    ["date"] = "2026-02-03",
                    ["reference"] = "X-9",
                    ["currency"] = "USD",
                    ["description"] = "",
                },
                [new FieldDifference("total", "90.00", "80.00")],
                RehearsedKind.Equal,
                "Both sides are equal.",
                null,
                null
            ),
            null
        );
        Assert.Equal(
            [
                ("total", "90.00", "80.00", true),
                ("date", "2026-02-03", "2026-02-03", false),
                ("reference", "PO-1", "X-9", false),
                ("term", "Net 30", null, false),
                ("currency", null, "USD", false),
            ],
            sides.Fields
        );
    }

    [Theory]
    [InlineData(CandidatesRead.ToTheEnd, "nothing that is like it")]
    [InlineData(CandidatesRead.InPart, "there may be others")]
    [InlineData(CandidatesRead.NotAtAll, "can't be looked for")]
    [InlineData(CandidatesRead.WithoutSource, "Zuper does not show it")]
    public void That_nothing_is_like_it_is_said_only_where_all_was_looked_through(CandidatesRead read, string said) =>
        Assert.Contains(said, new FoundCandidates([], read).Note("Zuper", "Intacct"), StringComparison.Ordinal);

    [Fact]
    public void That_there_may_be_others_is_said_beside_those_that_were_found()
    {
        ComparedRecord[] some = [new("41", "INV-1", [])];
        Assert.NotNull(new FoundCandidates(some, CandidatesRead.InPart).Note("Zuper", "Intacct"));
        Assert.Null(new FoundCandidates(some, CandidatesRead.ToTheEnd).Note("Zuper", "Intacct"));
    }
}
