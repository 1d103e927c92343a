using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;
using IntacctSync.Functions.Broker;
using IntacctSync.Functions.Triggers;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Support.ServiceBusTriggers;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Functions;

/// <summary>What the functions of the triggers do with a message that the real client has received.</summary>
public sealed class DeliveredFunctionsTests(StartedFunctions started) : IClassFixture<StartedFunctions>
{
    [Fact]
    public async Task A_message_that_is_no_envelope_is_dead_lettered_and_told_of_and_nothing_is_put_back()
    {
        await using var client = new ServiceBusClient(started.Broker.ConnectionString);
        await using var sender = client.CreateSender(ServiceBusNames.Queue);
        await sender.SendMessageAsync(
            new ServiceBusMessage("no envelope")
            {
                MessageId = "strange",
                SessionId = "strange",
                Subject = "organizations/1e0d",
                ApplicationProperties = { ["connection"] = "acme" },
            }
        );
        await using var session = await client.AcceptSessionAsync(ServiceBusNames.Queue, "strange");
        await started
            .Function<ProcessEnvelopesFunction>()
            .RunAsync(await session.ReceiveMessageAsync(), new ReceiverActions(session), CancellationToken.None);

        await using var dead = client.CreateReceiver(
            ServiceBusNames.Queue,
            new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }
        );
        var letter = await dead.ReceiveMessageAsync();
        Assert.Equal(BrokerSettlement.Unreadable, letter.DeadLetterReason);
        await started
            .Function<DeadLettersFunction>()
            .RunAsync(letter, new ReceiverActions(dead), CancellationToken.None);
        Assert.Empty(started.Broker.Queue.PeekDeadLetters());
        Assert.Empty(started.Broker.Queue.Peek("strange"));

        // Nobody can do what it asked for, so the people of its connection are told.
        var told = Assert.Single(
            await started
                .Services.GetRequiredService<ConnectionTimeline>()
                .ReadAsync(ConnectionId.Parse("acme"), started.Clock.GetUtcNow(), CancellationToken.None)
        );
        Assert.StartsWith("organizations: unreadable-message: ", told.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_in_hand_when_the_host_stops_is_given_back_and_comes_again()
    {
        await using var client = new ServiceBusClient(started.Broker.ConnectionString);
        var queue = started.Services.GetRequiredService<ServiceBusEnvelopeQueue>();
        var envelope = Some.Envelope() with { Company = new CompanyId("stopping"), EventId = "stopping" };
        await queue.SendAsync([new OutgoingEnvelope(envelope)], CancellationToken.None);
        await using var session = await client.AcceptSessionAsync(ServiceBusNames.Queue, "stopping");
        await started
            .Function<ProcessEnvelopesFunction>()
            .RunAsync(
                await session.ReceiveMessageAsync(),
                new ReceiverActions(session),
                new CancellationToken(canceled: true)
            );
        var again = await session.ReceiveMessageAsync();
        Assert.Equal((envelope.MessageId, 2), (again.MessageId, again.DeliveryCount));
        Assert.Empty(started.Broker.Queue.PeekDeadLetters());
    }

    [Fact]
    public async Task An_envelope_that_was_delivered_too_often_is_put_back_once()
    {
        await using var client = new ServiceBusClient(started.Broker.ConnectionString);
        var queue = started.Services.GetRequiredService<ServiceBusEnvelopeQueue>();
        var envelope = Some.Envelope() with { Company = new CompanyId("poisoned") };
        await queue.SendAsync([new OutgoingEnvelope(envelope)], CancellationToken.None);
        await using (var session = await client.AcceptSessionAsync(ServiceBusNames.Queue, "poisoned"))
        {
            for (var i = 0; i < 10; i++)
                await session.AbandonMessageAsync(await session.ReceiveMessageAsync());
        }

        await using var dead = client.CreateReceiver(
            ServiceBusNames.Queue,
            new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }
        );
        await started
            .Function<DeadLettersFunction>()
            .RunAsync(await dead.ReceiveMessageAsync(), new ReceiverActions(dead), CancellationToken.None);
        var back = Assert.Single(started.Broker.Queue.Peek("poisoned"));
        Assert.True(BrokerMessages.TryRead(back.Body)!.Revived);
        Assert.Empty(started.Broker.Queue.PeekDeadLetters());
    }
}
