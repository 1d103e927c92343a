using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>What the broker says no with.</summary>
/// <remarks>Source: learn.microsoft.com, AMQP errors in Azure Service Bus.</remarks>
internal static class BrokerErrors
{
    public static readonly Symbol SessionLost = "com.microsoft:session-lock-lost";

    public static Error SessionLockLost(string text) => Of(SessionLost, text);

    public static Error MessageLockLost(string text) => Of("com.microsoft:message-lock-lost", text);

    public static Error SessionHeld(string session) =>
        Of(
            "com.microsoft:session-cannot-be-locked",
            $"The requested session '{session}' cannot be accepted. It may be locked by another receiver."
        );

    public static Error NoSession() => Of("com.microsoft:timeout", "No session with a message was found in time.");

    public static Error Busy() =>
        Of("com.microsoft:server-busy", "The request was terminated because the namespace is being throttled.");

    public static Error QuotaExceeded() =>
        Of(ErrorCode.ResourceLimitExceeded, "The maximum entity size has been reached or exceeded.");

    public static Error MessageNotFound() =>
        Of("com.microsoft:message-not-found", "The specified message was not found in the entity.");

    public static Error TooLarge(string text) => Of(ErrorCode.MessageSizeExceeded, text);

    public static Error WithoutSession() =>
        Of(
            ErrorCode.NotAllowed,
            "It is not possible for an entity that requires sessions to create a non-sessionful receiver."
        );

    public static Error NotFound(string address) =>
        Of(ErrorCode.NotFound, $"The messaging entity '{address}' could not be found.");

    private static Error Of(Symbol condition, string text) => new(condition) { Description = text };
}
