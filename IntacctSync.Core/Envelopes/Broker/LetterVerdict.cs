using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Envelopes.Broker;

/// <summary>What becomes of a message among the dead letters. Pure.</summary>
public abstract record LetterVerdict
{
    private LetterVerdict() { }

    /// <summary>The message is put back once, with a mark, since something else may have ended its worker.</summary>
    public sealed record PutBack(BrokerMessage Message) : LetterVerdict;

    /// <summary>The message ended its worker a second time, so the record is given up.</summary>
    public sealed record GiveUp(Envelope Envelope) : LetterVerdict;

    /// <summary>The record says already what became of it, so nothing is to be done.</summary>
    public sealed record Done : LetterVerdict;

    /// <summary>
    /// No envelope can be read from the message, so nobody can do what it asks for: people are told of it.
    /// </summary>
    /// <param name="Description">For the log.</param>
    /// <param name="Connection">Whose message it is, as its sender wrote beside the body; null where it is not known.
    /// </param>
    /// <param name="Feed">What it is about, likewise: a flow.</param>
    public sealed record Report(string Description, ConnectionId? Connection, string Feed) : LetterVerdict;

    /// <summary>
    /// The broker's own reason for a message that was delivered too often (learn.microsoft.com, Service Bus dead-letter
    /// queues).
    /// </summary>
    public const string TooOften = "MaxDeliveryCountExceeded";

    /// <param name="body">The message's body.</param>
    /// <param name="reason">Why it was dead-lettered.</param>
    /// <param name="messageId">Its id.</param>
    /// <param name="subject">As <see cref="BrokerMessage.Subject"/>.</param>
    /// <param name="properties">As <see cref="BrokerMessage.Properties"/>.</param>
    public static LetterVerdict Of(
        ReadOnlySpan<byte> body,
        string? reason,
        string messageId,
        string? subject,
        IReadOnlyDictionary<string, object> properties
    ) =>
        BrokerMessages.TryRead(body) switch
        {
            null => new Report(
                $"Message {messageId} can't be read; it was dead-lettered as '{reason}'.",
                BrokerMessages.ConnectionOf(properties),
                BrokerMessages.FlowOf(subject ?? "")
            ),
            _ when reason is not null && !IsBrokers(reason) => new Done(),
            { Revived: true } envelope => new GiveUp(envelope),
            { } envelope => new PutBack(
                BrokerMessages.Of(
                    new OutgoingEnvelope(
                        envelope with
                        {
                            Revived = true,
                            Attempt = envelope.Attempt + 1,
                            Failures = envelope.Failures + 1,
                            Snapshot = null,
                        }
                    )
                )
            ),
        };

    /// <summary>Ours are lower case with hyphens; the broker's own are not.</summary>
    private static bool IsBrokers(string reason) => reason.Any(char.IsAsciiLetterUpper);
}
