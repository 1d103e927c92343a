using Amqp;
using Amqp.Framing;
using Amqp.Types;
using IntacctSync.Core.Envelopes.Broker;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>Messages of the queue as AMQP carries them. Pure.</summary>
/// <remarks>Source: learn.microsoft.com, AMQP 1.0 in Azure Service Bus: protocol guide, message annotations.</remarks>
internal static class WireMessages
{
    /// <summary>The format of a transfer whose body is messages, each in a data section.</summary>
    private const uint Batch = 0x80013700;

    private static readonly Symbol Scheduled = "x-opt-scheduled-enqueue-time";

    public static IReadOnlyList<BrokerMessage> Read(Message transfer) =>
        transfer.Format == Batch ? [.. Sections(transfer).Select(Read)] : [ReadOne(transfer)];

    /// <summary>A message that is the value of a request's field.</summary>
    public static BrokerMessage Read(byte[] encoded) =>
        ReadOne(Message.Decode(new ByteBuffer(encoded, 0, encoded.Length, encoded.Length)));

    /// <summary>What a transfer's sections have; its own properties are few bytes more.</summary>
    public static int BytesOf(Message transfer) => Sections(transfer).Sum(bytes => bytes.Length);

    /// <param name="message">As the queue delivers it.</param>
    /// <param name="lockedUntil">By the clock of the machine; null of a message that was only peeked at.</param>
    public static Message Write(DeliveredMessage message, DateTimeOffset? lockedUntil)
    {
        // The client counts a delivery from 0; a message that is peeked at it shows as it is.
        var written = new Message
        {
            Header = new Header { DeliveryCount = (uint)(message.DeliveryCount - 1) },
            Properties = new Properties
            {
                MessageId = message.MessageId,
                GroupId = message.Sent.SessionId,
                Subject = message.Sent.Subject,
                ContentType = BrokerMessage.ContentType,
            },
            ApplicationProperties = new ApplicationProperties(),
            MessageAnnotations = new MessageAnnotations(),
            BodySection = new Data { Binary = message.Body },
        };
        written.MessageAnnotations[(Symbol)"x-opt-enqueued-time"] = message.EnqueuedTime.UtcDateTime;
        written.MessageAnnotations[(Symbol)"x-opt-sequence-number"] = message.Sequence;
        if (lockedUntil is { } until)
            written.MessageAnnotations[(Symbol)"x-opt-locked-until"] = until.UtcDateTime;
        foreach (var (name, value) in message.Sent.Properties)
            written.ApplicationProperties[name] = value;
        if (message.DeadLetterReason is { } reason)
        {
            written.ApplicationProperties["DeadLetterReason"] = reason;
            written.ApplicationProperties["DeadLetterErrorDescription"] = message.DeadLetterDescription;
        }

        if (message.LockToken.Length > 0)
            DeliveryTags.Tag(written, message.LockToken);
        return written;
    }

    private static IEnumerable<byte[]> Sections(Message transfer) =>
        transfer.BodySection switch
        {
            Data one => [one.Binary],
            DataList many => Enumerable.Range(0, many.Count).Select(i => many[i].Binary),
            var other => throw new InvalidDataException($"A batch has data sections, not {other?.GetType().Name}."),
        };

    private static BrokerMessage ReadOne(Message message) =>
        new(
            Sections(message).Single(),
            message.Properties?.MessageId ?? "",
            message.Properties?.GroupId ?? "",
            message.Properties?.Subject ?? "",
            message.MessageAnnotations?[Scheduled] is DateTime at
                ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc))
                : null,
            message.ApplicationProperties?.Map.ToDictionary(p => (string)p.Key, p => p.Value, StringComparer.Ordinal)
                ?? []
        );
}
