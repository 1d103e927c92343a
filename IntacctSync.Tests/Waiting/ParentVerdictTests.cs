using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Waiting;

public sealed class ParentVerdictTests
{
    private static readonly ParentKey Parent = new(ZuperFlows.Organizations, "org-1");

    private static readonly FlowParents Flow = new(
        new AppFlow(ZuperFlows.Organizations, FlowSource.App, "Shop")
        {
            IsLookedAtAgain = static id => id == "returning",
        },
        "the shop"
    );

    private static readonly KeyMapEntry New = Some.Entry();
    private static readonly KeyMapEntry LeftOut = New.Skip(Some.Now, "It is inactive.");
    private static readonly KeyMapEntry Ignored = LeftOut with { Ignored = true };
    private static readonly KeyMapEntry Waiting = New.Wait(Some.Now, Some.Now, "Throttled.");
    private static readonly KeyMapEntry InDoubt = New with { State = RecordState.InDoubt };
    private static readonly KeyMapEntry Needing = New.Need(Some.Now, Some.Problem());
    private static readonly KeyMapEntry Dead = New.Bury(Some.Now, Some.Problem());
    private static readonly KeyMapEntry InShadow = New.Skip(Some.Now, $"{RecordPass.ShadowMode} would create it.");

    public static TheoryData<string, KeyMapEntry, string, bool> Parents() =>
        new()
        {
            { "not known yet", New, "parent-waits", true },
            { "waiting itself", Waiting, "parent-waits", false },
            { "in doubt", InDoubt, "parent-waits", false },
            { "needing a person", Needing, "parent-waits", false },
            { "given up", Dead, "parent-waits", false },
            { "left out", LeftOut, "parent-skipped", false },
            { "left out in shadow mode", InShadow, "parent-waits", true },
            { "ignored", Ignored, "parent-ignored", false },
        };

    [Theory]
    [MemberData(nameof(Parents))]
    public void A_parent_that_will_come_is_waited_for_and_one_that_never_will_needs_a_person(
        string parent,
        KeyMapEntry row,
        string code,
        bool sendFor
    )
    {
        var verdict = Judge(row);
        Assert.True(code == verdict.Failure.Problem.Code, $"{parent}: {verdict.Failure.Problem.Code}");
        Assert.True(sendFor == verdict.SendFor, parent);
        Assert.Equal(code == "parent-waits" ? FailureClass.Throttled : FailureClass.Data, verdict.Failure.Class);
    }

    [Fact]
    public void A_parent_whose_flow_is_off_needs_a_person_whatever_its_state_is()
    {
        Assert.Equal("parent-not-synced", Judge(New, synced: false).Failure.Problem.Code);
        Assert.Equal("parent-not-synced", Judge(Needing, synced: false).Failure.Problem.Code);
        Assert.Equal("parent-ignored", Judge(Ignored, synced: false).Failure.Problem.Code);
    }

    [Fact]
    public void A_parent_that_is_looked_at_again_is_sent_for_though_it_was_left_out()
    {
        var verdict = ParentVerdict.For(
            Parent with
            {
                SourceId = "returning",
            },
            LeftOut,
            Flow,
            true,
            TimeSpan.Zero,
            Some.Now
        );
        Assert.True(verdict.SendFor);
        Assert.Equal("parent-waits", verdict.Failure.Problem.Code);
    }

    [Fact]
    public void A_parent_that_comes_by_itself_is_waited_for_and_not_sent_for()
    {
        var flow = Flow with { Flow = Flow.Flow with { ComesByItself = true } };
        var verdict = ParentVerdict.For(Parent, New, flow, true, TimeSpan.Zero, Some.Now);
        Assert.Equal(("parent-waits", false), (verdict.Failure.Problem.Code, verdict.SendFor));
    }

    [Fact]
    public void The_words_name_the_parent_its_reason_and_its_source()
    {
        Assert.Equal(
            new Problem(
                "parent-skipped",
                "It belongs to 'Harbor' (organizations), which is not synced: It is inactive.",
                "Restore 'Harbor' (organizations) in the shop, or link it by hand, then retry."
            ),
            Judge(LeftOut with { Title = "Harbor" }).Failure.Problem
        );
        Assert.Equal(
            "Waits for organizations/org-1, which needs a person: Something is wrong.",
            Judge(Needing).Failure.Problem.Message
        );
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(60, 30)]
    [InlineData(86_400, 600)]
    public void The_wait_grows_with_the_age_of_the_child(int ageSeconds, int waitSeconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(waitSeconds),
            Judge(New, age: TimeSpan.FromSeconds(ageSeconds)).Failure.RetryAfter
        );

    [Fact]
    public void Where_a_person_is_waited_for_the_wait_grows_to_half_a_day() =>
        Assert.Equal(TimeSpan.FromHours(12), Judge(Needing, age: TimeSpan.FromDays(9)).Failure.RetryAfter);

    /// <summary>
    /// One that waits has an envelope of its own. If nothing was heard of it for longer than it can wait, that one is
    /// believed lost.
    /// </summary>
    [Theory]
    [InlineData(null, 0.9, false)]
    [InlineData(null, 1.1, true)]
    [InlineData("organizations/org-2", 12.9, false)]
    [InlineData("organizations/org-2", 13.1, true)]
    public void A_parent_that_waits_is_sent_for_only_when_nothing_was_heard_of_it_for_long(
        string? waitsFor,
        double hours,
        bool sendFor
    ) =>
        Assert.Equal(
            sendFor,
            Judge(Waiting with { WaitsFor = waitsFor }, now: Some.Now + TimeSpan.FromHours(hours)).SendFor
        );

    private static ParentVerdict Judge(
        KeyMapEntry row,
        bool synced = true,
        TimeSpan age = default,
        DateTimeOffset? now = null
    ) => ParentVerdict.For(Parent, row, Flow, synced, age, now ?? Some.Now);
}
