namespace IntacctSync.Core.Detection.Webhooks;

public enum WebhookStatus
{
    /// <summary>Its envelope is durable.</summary>
    Accepted,

    /// <summary>The queue has it already.</summary>
    Duplicate,

    /// <summary>No flow wants it.</summary>
    Ignored,

    /// <summary>The sender does not know the connection's secret.</summary>
    Unauthorized,

    /// <summary>There is no such connection.</summary>
    NotFound,

    /// <summary>The connection is deactivated.</summary>
    Gone,

    /// <summary>It could not be made durable: the sender must try again.</summary>
    Unavailable,

    /// <summary>
    /// More wait to be made durable than there are places, or it took too long: the sender must try again.
    /// </summary>
    Busy,
}
