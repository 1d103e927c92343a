using System.Text;
using IntacctSync.Core.Envelopes.Broker;

namespace IntacctSync.Tests.Support.Broker;

/// <summary>What the broker refuses to take. Pure.</summary>
/// <remarks>Source: learn.microsoft.com, Service Bus quotas.</remarks>
public static class MessageLimits
{
    private const int LongestId = 128;

    /// <summary>What a message weighs beyond its own bytes; an estimate that is not too small.</summary>
    private const int Overhead = 256;

    /// <param name="batch">What is sent at once.</param>
    /// <param name="largest">How many bytes may be.</param>
    /// <param name="bytes">How many they have on the wire; null where there is no wire.</param>
    /// <exception cref="ArgumentException">A limit is broken.</exception>
    public static void Check(IReadOnlyList<BrokerMessage> batch, int largest, int? bytes)
    {
        foreach (var message in batch)
        {
            Require(
                message.MessageId.Length is > 0 and <= LongestId,
                $"Message id '{message.MessageId}' has {message.MessageId.Length} characters; 1 to {LongestId} "
                    + $"are allowed."
            );
            Require(
                message.SessionId.Length is > 0 and <= LongestId,
                $"Session id '{message.SessionId}' has {message.SessionId.Length} characters; 1 to {LongestId} "
                    + $"are allowed."
            );
            Require(
                message.Properties.Values.All(v => v is string or int or long or bool or double),
                $"Message {message.MessageId} has a property of a type that the broker can't carry."
            );
        }

        var size = bytes ?? batch.Sum(SizeOf);
        Require(
            size <= largest,
            $"{batch.Count} messages from {batch[0].MessageId} on have {size} bytes; {largest} are allowed in "
                + $"one send."
        );
    }

    public static int SizeOf(BrokerMessage message) =>
        Overhead
        + message.Body.Length
        + Bytes(message.MessageId)
        + Bytes(message.SessionId)
        + Bytes(message.Subject)
        + message.Properties.Sum(p =>
            Bytes(p.Key) + Bytes(Convert.ToString(p.Value, System.Globalization.CultureInfo.InvariantCulture)!)
        );

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw new ArgumentException(message, nameof(message));
    }
}
