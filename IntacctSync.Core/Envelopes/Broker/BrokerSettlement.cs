namespace IntacctSync.Core.Envelopes.Broker;

/// <summary>What an adapter is to do with a delivered message, in this order: send, then settle.</summary>
/// <param name="Send">The message to send first. A crash between the two steps then leaves two messages, which is
/// harmless; the other order would leave none.</param>
/// <param name="Action">What to do with the delivered message after that.</param>
/// <param name="Reason">Of a dead letter, a short word; at most 4,096 characters, as the broker allows.</param>
/// <param name="Description">Of a dead letter, what happened; likewise.</param>
public sealed record BrokerSettlement(
    BrokerMessage? Send,
    BrokerAction Action,
    string? Reason = null,
    string? Description = null
)
{
    private const int LongestText = 4096;

    /// <summary>Why a message that is no envelope is dead-lettered.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>What a settlement means to a broker. Pure.</summary>
    public static BrokerSettlement Of(Settlement settlement) =>
        settlement switch
        {
            Settlement.Complete => new BrokerSettlement(null, BrokerAction.Complete),
            Settlement.Again again => new BrokerSettlement(
                BrokerMessages.Of(new OutgoingEnvelope(again.Next, again.NotBefore)),
                BrokerAction.Complete
            ),
            Settlement.DeadLetter dead => new BrokerSettlement(
                null,
                BrokerAction.DeadLetter,
                Cut(dead.Reason),
                Cut(dead.Description)
            ),
            Settlement.Abandon => new BrokerSettlement(null, BrokerAction.Abandon),
            _ => throw new InvalidOperationException($"{settlement.GetType().Name} is no settlement."),
        };

    /// <summary>What becomes of a message that no envelope can be read from.</summary>
    /// <param name="messageId">Its name.</param>
    /// <param name="properties">What stands beside its body: one that only tried the queue is done.</param>
    public static BrokerSettlement OfUnreadable(string messageId, IReadOnlyDictionary<string, object> properties) =>
        BrokerMessages.IsProbe(properties)
            ? new BrokerSettlement(null, BrokerAction.Complete)
            : new BrokerSettlement(
                null,
                BrokerAction.DeadLetter,
                Unreadable,
                Cut($"The body of message {messageId} is no envelope of this version.")
            );

    private static string Cut(string text) => Domain.WholeCharacters.Cut(text, LongestText);
}

/// <summary>How a delivered message is settled.</summary>
public enum BrokerAction
{
    /// <summary>It is done and removed.</summary>
    Complete,

    /// <summary>It is moved to the dead letters.</summary>
    DeadLetter,

    /// <summary>Its lock is given up; it is delivered again.</summary>
    Abandon,
}
