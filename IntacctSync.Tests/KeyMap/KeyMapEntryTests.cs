using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.KeyMap;

public sealed class KeyMapEntryTests
{
    [Fact]
    public void What_is_said_twice_in_a_row_is_said_once_with_the_later_time()
    {
        var entry = Some.Entry()
            .Note(Some.Now, "waiting", "x")
            .Note(Some.Now.AddHours(1), "waiting", "x")
            .Note(Some.Now, "waiting", "y");
        Assert.Equal([(Some.Now.AddHours(1), "x"), (Some.Now, "y")], entry.Timeline.Select(t => (t.At, t.Detail)));
    }

    [Fact]
    public void The_last_events_and_lines_are_kept()
    {
        var entry = Some.Entry().Handled(Enumerable.Range(0, 40).Select(i => $"e{i}")).Handled(["e39", "e40"]);
        Assert.Equal(Enumerable.Range(25, 16).Select(i => $"e{i}"), entry.EventIds);
        Assert.True(entry.Knows("e40") && !entry.Knows("e24"));
    }

    [Fact]
    public void An_intent_is_opened_and_closed_and_its_number_never_goes_back()
    {
        var intent = new Intent(new ControlId("is-4"), 4, Intent.Create, "create", "<x/>", "h", null, Some.Now);
        var open = (Some.Entry() with { NaturalKey = "kept", Intents = 3 }).Open(intent);
        Assert.Equal((4L, "kept", intent), (open.Intents, open.NaturalKey, open.Intent));
        Assert.Equal(RecordState.InDoubt, open.Wait(Some.Now, Some.Now, "later").State);
        var closed = open.Close(Some.Now, "Done.");
        Assert.Equal(
            (4L, null, RecordState.Pending),
            (closed.Intents, closed.Intent, closed.Wait(Some.Now, Some.Now, "later").State)
        );
    }

    [Fact]
    public void A_write_is_in_doubt_from_when_no_answer_came_and_how_often_is_counted_until_one_comes()
    {
        var intent = new Intent(new ControlId("is-4"), 4, Intent.Create, "create", "<x/>", "h", null, Some.Now);
        var entry = Some.Entry().Open(intent).Doubt(Some.Now.AddMinutes(10), "No answer.");
        Assert.Equal((Some.Now.AddMinutes(10), Some.Now, 1), (entry.Intent!.At, entry.PendingSince, entry.Unanswered));
        entry = entry.Doubt(Some.Now.AddMinutes(30), "No answer.");
        Assert.Equal((2, Some.Now.AddMinutes(10)), (entry.Unanswered, entry.UnansweredSince!.Value));
        Assert.Equal(2, entry.Close(Some.Now, "x").Unanswered);
        Assert.All(
            [entry.Refuse(Some.Now, "x"), entry.Sync(Some.Now, "x", "x"), entry.Skip(Some.Now, "x")],
            e => Assert.Equal((0, null), (e.Unanswered, e.UnansweredSince))
        );
    }

    [Fact]
    public void Waiting_keeps_since_when_and_an_end_forgets_it()
    {
        var waiting = Some.Entry()
            .Wait(Some.Now, Some.Now.AddHours(-2), "a")
            .Wait(Some.Now, Some.Now.AddHours(-1), "b");
        Assert.Equal(Some.Now.AddHours(-2), waiting.PendingSince);
        KeyMapEntry[] ended =
        [
            waiting.Sync(Some.Now, "updated", "C-1"),
            waiting.Skip(Some.Now, "filtered"),
            waiting.Need(Some.Now, Some.Problem()),
            waiting.Bury(Some.Now, Some.Problem()),
        ];
        Assert.All(ended, e => Assert.Null(e.PendingSince));
        Assert.Equal([false, false, true, true], ended.Select(e => e.Problem is not null));
    }
}
