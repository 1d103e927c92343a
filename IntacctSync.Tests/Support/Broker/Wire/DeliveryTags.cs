using System.Runtime.CompilerServices;
using Amqp;
using Amqp.Handler;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>
/// Service Bus names each delivery by its lock token: the 16 bytes of a GUID. It also hears of links that are detached.
/// </summary>
internal sealed class DeliveryTags(BrokerLinks links) : IHandler
{
    private static readonly ConditionalWeakTable<Message, string> Tokens = [];

    public static void Tag(Message message, string lockToken) => Tokens.Add(message, lockToken);

    /// <returns>Null of a message that is no delivery of the queue.</returns>
    public static string? TokenOf(Message message) => Tokens.TryGetValue(message, out var token) ? token : null;

    public bool CanHandle(EventId id) => id is EventId.SendDelivery or EventId.LinkRemoteClose;

    public void Handle(Event protocolEvent)
    {
        if (protocolEvent.Id == EventId.LinkRemoteClose)
        {
            links.GiveUp(protocolEvent.Link);
            return;
        }

        var delivery = (IDelivery)protocolEvent.Context;
        if (delivery.Message is { } message && TokenOf(message) is { } token)
            delivery.Tag = Guid.Parse(token).ToByteArray();
    }
}
