using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct.Errors;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.KeyMap;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Flows.Writing;

/// <summary>What the answer to a write that was sent again says of it.</summary>
public sealed class IntentSettlerTests
{
    private static readonly TimeSpan SettleAfter = TimeSpan.FromMinutes(15);

    private static readonly WriteTarget Target = new(
        (_, _) => "C-1",
        (_, _) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(
                new Dictionary<string, string>(StringComparer.Ordinal)
            ),
        (_, _) => false
    );

    [Fact]
    public void An_update_that_succeeds_has_landed()
    {
        var outcome = Judge(Open(Intent.Update), FunctionStatus.Success);
        Assert.Null(outcome.Failure);
        Assert.Equal(
            (RecordState.Synced, "hash", (Intent?)null),
            (outcome.Entry.State, outcome.Entry.Hash, outcome.Entry.Intent)
        );
    }

    [Fact]
    public void Fingerprints_follow_a_write_that_landed_and_never_one_whose_content_is_not_known()
    {
        var (old, next) = (Fingerprints.None.With("NAME", "Harbor"), Fingerprints.None.With("NAME", "Quay"));
        var open = Open(Intent.Update);
        open = open with
        {
            Fingerprints = old.ToString(),
            Intent = open.Intent! with { Fingerprints = next.ToString() },
        };
        Assert.Equal(next.ToString(), Judge(open, FunctionStatus.Success).Entry.Fingerprints);
        Assert.Equal(old.ToString(), Judge(open, FunctionStatus.Unknown).Entry.Fingerprints);

        var unknown = Judge(open with { Intent = open.Intent! with { Hash = null } }, FunctionStatus.Success).Entry;
        Assert.Equal(old.Doubting(next).ToString(), unknown.Fingerprints);
        Assert.Null(
            Judge(
                open with
                {
                    Intent = open.Intent! with { Hash = null, Operation = Intent.Create },
                },
                FunctionStatus.Success
            ).Entry.Fingerprints
        );
    }

    [Fact]
    public void An_answer_without_a_result_leaves_an_update_in_doubt()
    {
        var outcome = Judge(Open(Intent.Update), FunctionStatus.Unknown);
        Assert.Equal((FailureClass.InDoubt, SettleAfter), (outcome.Failure!.Class, outcome.Failure.RetryAfter!.Value));
        Assert.Equal((RecordState.InDoubt, 0), (outcome.Entry.State, outcome.Entry.Intent!.Sent));
    }

    [Fact]
    public void An_answer_without_a_result_leaves_a_create_in_doubt_as_if_it_had_not_been_sent_again()
    {
        var outcome = Judge(Open(Intent.Create), FunctionStatus.Unknown);
        Assert.Equal(FailureClass.InDoubt, outcome.Failure!.Class);
        Assert.Equal(0, outcome.Entry.Intent!.Sent);
    }

    [Fact]
    public void An_update_whose_replay_is_refused_may_have_failed_so_its_content_is_not_taken_for_known()
    {
        var (old, next) = (Fingerprints.None.With("NAME", "Harbor"), Fingerprints.None.With("NAME", "Quay"));
        var open = Open(Intent.Update);
        open = open with
        {
            Fingerprints = old.ToString(),
            Intent = open.Intent! with { Fingerprints = next.ToString() },
        };
        var outcome = Judge(open, FunctionStatus.Unknown, withoutStatus: true);
        Assert.Null(outcome.Failure);
        Assert.Equal((null, (Intent?)null), (outcome.Entry.Hash, outcome.Entry.Intent));
        Assert.Equal(old.Doubting(next).ToString(), outcome.Entry.Fingerprints);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public void A_reversal_whose_replay_is_refused_has_landed_where_nothing_speaks_against_it(bool? ended)
    {
        var outcome = Judge(Open(Intent.Reverse), FunctionStatus.Unknown, withoutStatus: true, ended);
        Assert.Null(outcome.Failure);
        Assert.Equal(1, outcome.Entry.Revision);
    }

    [Fact]
    public void A_reversal_whose_replay_is_refused_and_that_shows_nowhere_is_sent_anew_under_another_id()
    {
        var outcome = Judge(Open(Intent.Reverse), FunctionStatus.Unknown, withoutStatus: true, ended: false);
        Assert.Equal(FailureClass.Throttled, outcome.Failure!.Class);
        Assert.Equal(
            ((Intent?)null, 1, 0, "old"),
            (outcome.Entry.Intent, outcome.Entry.Intents, outcome.Entry.Revision, outcome.Entry.Hash)
        );
    }

    [Fact]
    public void A_create_whose_replay_is_refused_is_looked_up_once_more()
    {
        var outcome = Judge(Open(Intent.Create), FunctionStatus.Unknown, withoutStatus: true);
        Assert.Equal(FailureClass.InDoubt, outcome.Failure!.Class);
        Assert.Equal(1, outcome.Entry.Intent!.Sent);
    }

    [Fact]
    public void A_refusal_closes_the_intent()
    {
        var outcome = Judge(Open(Intent.Update), FunctionStatus.Failure);
        Assert.Equal(FailureClass.Data, outcome.Failure!.Class);
        Assert.Null(outcome.Entry.Intent);
        Assert.Equal("old", outcome.Entry.Hash);
    }

    [Theory]
    [InlineData(Intent.Create)]
    [InlineData(Intent.Update)]
    public void What_is_never_answered_is_mapped_anew_under_the_same_control_id_once_a_person_was_told(string operation)
    {
        var open = Unanswered(operation);
        var released = WriteOutcomes.Released(open, Some.Now)!;
        Assert.Equal(
            ((Intent?)null, (string?)null, open.Intents - 1, 0),
            (released.Intent, released.Hash, released.Intents, released.Unanswered)
        );
    }

    [Fact]
    public void What_is_never_answered_is_sent_again_as_it_was_until_a_person_was_told_and_so_is_a_reversal()
    {
        Assert.Null(WriteOutcomes.Released(Unanswered(Intent.Reverse), Some.Now));
        Assert.Null(WriteOutcomes.Released(Unanswered(Intent.Create) with { Unanswered = 7 }, Some.Now));
        Assert.Null(WriteOutcomes.Released(Unanswered(Intent.Create), Some.Now.AddDays(-1)));
        var carriedOut = Unanswered(Intent.Create);
        carriedOut = carriedOut with { Intent = carriedOut.Intent! with { Sent = 1 } };
        Assert.Null(WriteOutcomes.Released(carriedOut, Some.Now));
    }

    [Theory]
    [InlineData(Intent.Create, 0, 0)]
    [InlineData(Intent.Reverse, 0, 0)]
    [InlineData(Intent.Reverse, 1, 1)]
    public void What_is_let_go_keeps_its_control_id_but_for_a_reversal_that_Intacct_takes_no_more(
        string operation,
        int sent,
        int intents
    )
    {
        var open = Open(operation);
        open = open with { Intent = open.Intent! with { Sent = sent }, Unanswered = 3 };
        var row = WriteOutcomes.LetGo(open, Some.Now);
        Assert.Equal(((Intent?)null, (long)intents, 3), (row.Intent, row.Intents, row.Unanswered));
        Assert.Equal(operation == Intent.Reverse ? "old" : null, row.Hash);
    }

    [Fact]
    public void An_update_whose_replay_is_refused_again_and_again_is_told_all_the_same()
    {
        var refused = Judge(Unanswered(Intent.Update) with { Unanswered = 7 }, FunctionStatus.Unknown, true).Entry;
        Assert.Equal((7, Some.Now.AddDays(-3)), (refused.Unanswered, refused.UnansweredSince!.Value));
        Assert.Equal(0, Judge(Unanswered(Intent.Update), FunctionStatus.Success).Entry.Unanswered);
    }

    private static KeyMapEntry Unanswered(string operation) =>
        Open(operation) with
        {
            Unanswered = 8,
            UnansweredSince = Some.Now.AddDays(-3),
        };

    private static WriteOutcome Judge(
        KeyMapEntry entry,
        FunctionStatus status,
        bool withoutStatus = false,
        bool? ended = null
    ) =>
        Replays.Judge(
            entry,
            new FunctionResult(entry.Intent!.ControlId, "update", status)
            {
                Errors = IntacctErrorChain.Empty,
                WithoutStatus = withoutStatus,
            },
            Target,
            SettleAfter,
            Some.Now,
            ended
        );

    private static KeyMapEntry Open(string operation) =>
        (Some.Entry() with { TargetId = operation != Intent.Create ? "C-1" : null, Hash = "old" }).Open(
            new Intent(new ControlId("is-1"), 1, operation, operation, "<x/>", "hash", "Harbor (Z-1)", Some.Now)
        );
}
