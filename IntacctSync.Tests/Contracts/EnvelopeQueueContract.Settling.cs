using IntacctSync.Core.Envelopes;

namespace IntacctSync.Tests.Contracts;

public abstract partial class EnvelopeQueueContract
{
    [Fact]
    public async Task Each_settlement_of_a_batch_does_its_own()
    {
        await SendAsync(Record("done"), Record("again"), Record("dead"), Record("back"));
        var held = await AcceptAsync();
        var received = await ReceiveAsync(held);
        var later = Clock.GetUtcNow().AddMinutes(3);
        await Queue.SettleAsync(
            held,
            [
                (received[0], new Settlement.Complete()),
                (received[1], new Settlement.Again(received[1].Envelope with { Attempt = 1, Failures = 1 }, later)),
                (received[2], new Settlement.DeadLetter("unknown-failure", "What was found.")),
                (received[3], new Settlement.Abandon()),
            ],
            CancellationToken.None
        );
        var back = Assert.Single(await ReceiveAsync(held));
        Assert.Equal(("back", 2), (back.Envelope.SourceId, back.DeliveryCount));
        await SettleAsync(held, new Settlement.Complete(), back);
        var dead = Assert.Single(await Queue.PeekDeadLettersAsync(10, CancellationToken.None));
        Assert.Equal(
            ("dead", "unknown-failure", "What was found."),
            (dead.Envelope!.SourceId, dead.Reason, dead.Description)
        );
        Assert.Equal(Clock.GetUtcNow(), dead.At);
        await Queue.ReleaseAsync(held, CancellationToken.None);
        Assert.Null(await Queue.AcceptSessionAsync(CancellationToken.None));
        Clock.AdvanceTo(later);
        var again = Assert.Single(await ReceiveAsync(await AcceptAsync()));
        Assert.Equal(
            ("again", 1, 1, 1),
            (again.Envelope.SourceId, again.Envelope.Attempt, again.Envelope.Failures, again.DeliveryCount)
        );
    }

    [Fact]
    public async Task A_message_that_was_delivered_ten_times_and_never_settled_is_dead_lettered_and_holds_up_nothing()
    {
        await SendAsync(Record("poison"), Record("behind it"));
        for (var delivery = 1; delivery <= 10; delivery++)
        {
            var received = await ReceiveAsync(await AcceptAsync(), 1);
            Assert.Equal(("poison", delivery), (received[0].Envelope.SourceId, received[0].DeliveryCount));
            Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(["behind it"], Ids(await ReceiveAsync(await AcceptAsync(), 1)));
        var dead = Assert.Single(await Queue.PeekDeadLettersAsync(10, CancellationToken.None));
        Assert.Equal(("poison", "MaxDeliveryCountExceeded"), (dead.Envelope!.SourceId, dead.Reason));
    }

    [Fact]
    public async Task A_message_that_is_abandoned_for_ever_ends_among_the_dead_letters()
    {
        await SendAsync(Record("poison"));
        var held = await AcceptAsync();
        var deliveries = 0;
        while (await ReceiveAsync(held) is [var received])
        {
            deliveries++;
            await SettleAsync(held, new Settlement.Abandon(), received);
        }

        Assert.Equal(10, deliveries);
        Assert.Single(await Queue.PeekDeadLettersAsync(10, CancellationToken.None));
    }
}
