using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;
using IntacctSync.Core.Upflow.Standings;

namespace IntacctSync.Tests.Upflow.Standings;

public sealed class StandingStepTests
{
    [Fact]
    public void What_is_not_there_yet_is_written_before_it_is_linked()
    {
        var wanted = Wanted(100, ("1", 60), ("2", 40));
        Assert.Empty(StandingStep.ThatMakeRoom(Standing.None, wanted));
        Assert.Equal(
            ["Write M", "Link M_1", "Link M_2"],
            StandingStep.ThatTakeRoom(Standing.None, wanted).Select(Text)
        );
    }

    [Fact]
    public void What_stands_as_it_is_wanted_needs_no_step()
    {
        var wanted = Wanted(100, ("1", 60));
        var standing = Stands(wanted);
        Assert.Empty(StandingStep.ThatMakeRoom(standing, wanted));
        Assert.Empty(StandingStep.ThatTakeRoom(standing, wanted));
    }

    [Fact]
    public void Links_that_end_or_get_less_go_first_and_those_that_get_more_last()
    {
        var standing = Stands(Wanted(100, ("1", 60), ("2", 30), ("3", 10)));
        var wanted = Wanted(120, ("2", 20), ("3", 50), ("4", 50));
        Assert.Equal(["Unlink M_1", "Link M_2"], StandingStep.ThatMakeRoom(standing, wanted).Select(Text));
        Assert.Equal(
            ["Write M", "Link M_3", "Link M_4"],
            StandingStep.ThatTakeRoom(standing.WithoutLink("M_1").WithLink("M_2", 20), wanted).Select(Text)
        );
    }

    [Fact]
    public void What_is_wanted_no_longer_is_taken_away_after_its_links()
    {
        var standing = Stands(Wanted(100, ("1", 60)));
        var nothing = new WantedStanding();
        Assert.Equal(["Unlink M_1"], StandingStep.ThatMakeRoom(standing, nothing).Select(Text));
        Assert.Equal(["Delete M"], StandingStep.ThatTakeRoom(standing.WithoutLink("M_1"), nothing).Select(Text));
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(50, true)]
    public void A_link_in_doubt_is_sent_again_and_makes_room_only_where_it_may_have_more(long wanted, bool makesRoom)
    {
        var standing = Stands(Wanted(100)).DoubtingLink("M_1", 60);
        Assert.Equal(makesRoom, StandingStep.ThatMakeRoom(standing, Wanted(100, ("1", wanted))).Count == 1);
        Assert.Equal(["Link M_1"], StandingStep.ThatTakeRoom(standing, Wanted(100, ("1", wanted))).Select(Text));
    }

    [Theory]
    [InlineData("M_5150", "upflow-invoices/5150")]
    [InlineData("D_ARADJUSTMENT-8", "upflow-invoices/ARADJUSTMENT-8")]
    [InlineData("P_12_5150", "upflow-payments/12 upflow-invoices/5150")]
    [InlineData("C_ARADJUSTMENT-8_5150", "upflow-credit-notes/ARADJUSTMENT-8 upflow-invoices/5150")]
    [InlineData("U_P_ARADVANCE-3", "upflow-payments/ARADVANCE-3")]
    [InlineData("R", "")]
    public void A_links_key_tells_what_it_takes_up(string key, string ends) =>
        Assert.Equal(ends, string.Join(' ', StandingKey.EndsOf(key)));

    private static string Text(StandingStep step) => $"{step.GetType().Name} {step.Key}";

    private static WantedStanding Wanted(long amount, params (string Invoice, long Amount)[] links)
    {
        var wanted = new WantedStanding();
        wanted.Put(
            StandingKey.Main,
            new StandingDocument.Payment(
                new UpflowPayment
                {
                    ExternalId = "ARPYMT-900",
                    Currency = "USD",
                    Amount = amount,
                    ValidatedAt = new DateOnly(2026, 3, 2),
                    Customer = new UpflowReference("c"),
                }
            )
        );
        foreach (var link in links)
            wanted.Put(
                StandingKey.Applied(link.Invoice),
                new StandingLink(
                    LinkEnd.Of(UpflowKind.Invoice, link.Invoice),
                    LinkEnd.Own(UpflowKind.Payment, "ARPYMT-900"),
                    link.Amount
                )
            );
        return wanted;
    }

    private static Standing Stands(WantedStanding wanted)
    {
        var standing = Standing.None;
        foreach (var (key, document) in wanted.Documents)
            standing = standing.WithDocument(key, document.Hash);
        foreach (var (key, link) in wanted.Links)
            standing = standing.WithLink(key, link.Amount);
        return standing;
    }
}
