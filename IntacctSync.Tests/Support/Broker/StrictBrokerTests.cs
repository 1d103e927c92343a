using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;

namespace IntacctSync.Tests.Support.Broker;

public sealed class StrictBrokerTests : IDisposable
{
    private readonly TestClock _clock = new(Some.Now);
    private readonly StrictBroker _broker;

    public StrictBrokerTests() => _broker = new StrictBroker(_clock);

    public void Dispose() => _broker.Dispose();

    [Fact]
    public void A_session_has_one_holder_and_its_messages_their_order()
    {
        Send("a", "b", "c");
        var held = _broker.AcceptNextSession()!;
        Assert.Null(_broker.AcceptNextSession());
        Assert.Equal(["a", "b", "c"], Drain(held));
    }

    [Fact]
    public void A_renewed_lock_holds_and_one_that_runs_out_counts_as_a_delivery_of_what_was_received()
    {
        Send("a", "b");
        var held = _broker.AcceptNextSession()!;
        var first = _broker.Receive(held)!;
        _clock.Advance(TimeSpan.FromMinutes(4));
        _broker.Renew(held);
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Null(_broker.AcceptNextSession());
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Throws<LockLostException>(() => _broker.Complete(held, first.LockToken));
        Assert.Throws<LockLostException>(() => _broker.Renew(held));
        Assert.Throws<LockLostException>(() => _broker.Receive(held));
        var next = _broker.AcceptNextSession()!;
        Assert.Throws<LockLostException>(() => _broker.Complete(next, first.LockToken));
        Assert.Equal([2, 1], new[] { _broker.Receive(next)!, _broker.Receive(next)! }.Select(m => m.DeliveryCount));
    }

    [Fact]
    public void A_session_that_is_given_back_counts_as_no_delivery()
    {
        Send("a");
        var held = _broker.AcceptNextSession()!;
        _broker.Receive(held);
        _broker.Close(held);
        Assert.Equal(1, _broker.Receive(_broker.AcceptNextSession()!)!.DeliveryCount);
    }

    [Fact]
    public void The_tenth_failed_delivery_makes_a_dead_letter_that_is_read_without_a_session()
    {
        Send("a");
        var held = _broker.AcceptNextSession()!;
        for (var delivery = 1; delivery <= 10; delivery++)
        {
            var message = _broker.Receive(held)!;
            Assert.Equal(delivery, message.DeliveryCount);
            _broker.Abandon(held, message.LockToken);
        }

        Assert.Null(_broker.Receive(held));
        var letter = _broker.ReceiveDeadLetter()!;
        Assert.Equal(LetterVerdict.TooOften, letter.DeadLetterReason);
        Assert.Null(_broker.ReceiveDeadLetter());
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Throws<LockLostException>(() => _broker.CompleteDeadLetter(letter.LockToken));
        _broker.CompleteDeadLetter(_broker.ReceiveDeadLetter()!.LockToken);
        Assert.Equal(0, _broker.Count);
    }

    [Fact]
    public void An_id_is_remembered_for_ten_minutes_from_when_it_was_sent_also_of_what_is_scheduled()
    {
        _broker.Send([Message("a") with { ScheduledEnqueueTime = Some.Now.AddHours(1) }]);
        Send("a");
        Assert.Single(_broker.Dropped);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Send("a");
        Assert.Single(_broker.Dropped);
        Assert.Equal(2, _broker.Count);
    }

    [Fact]
    public void A_scheduled_message_takes_its_place_when_its_time_has_come()
    {
        _broker.Send([Message("late") with { ScheduledEnqueueTime = Some.Now.AddSeconds(30) }]);
        Assert.Null(_broker.AcceptNextSession());
        Send("before");
        var changed = _broker.Changed;
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(changed.IsCompleted);
        Send("after");
        Assert.Equal(["before", "late", "after"], Drain(_broker.AcceptNextSession()!));
    }

    [Fact]
    public void What_breaks_a_limit_is_refused_with_all_that_was_sent_beside_it()
    {
        var large = Message("large") with { Body = new byte[256 * 1024] };
        Assert.Throws<ArgumentException>(() => _broker.Send([Message("a"), large]));
        Assert.Throws<ArgumentException>(() => _broker.Send([Message(new string('x', 129))]));
        Assert.Equal(0, _broker.Count);
    }

    [Fact]
    public void A_thousand_large_envelopes_go_out_in_as_many_sends_as_they_need()
    {
        var queue = new BrokerQueue(_broker);
        var messages = Enumerable
            .Range(0, 1000)
            .Select(i => Message($"{i:D4}") with { Body = new byte[30_000] })
            .ToList();
        queue.Send(messages);
        Assert.Equal(messages.Select(m => m.MessageId), Drain(_broker.AcceptNextSession()!));
    }

    private static BrokerMessage Message(string id) =>
        BrokerMessages.Of(new OutgoingEnvelope(Some.Envelope())) with
        {
            MessageId = id,
        };

    private void Send(params string[] ids) => _broker.Send([.. ids.Select(Message)]);

    private List<string> Drain(SessionHold held)
    {
        var ids = new List<string>();
        while (_broker.Receive(held) is { } message)
        {
            ids.Add(message.MessageId);
            _broker.Complete(held, message.LockToken);
        }

        return ids;
    }
}
