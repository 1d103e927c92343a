namespace IntacctSync.Core.Detection;

/// <summary>Whether a webhook came from someone who knows the connection's secret.</summary>
public enum WebhookOutcome
{
    Valid,

    /// <summary>The connection has no secret, so nobody can know it.</summary>
    NoSecret,

    /// <summary>Neither of the two ways was tried.</summary>
    Missing,

    /// <summary><c>x-hook-secret</c> is not the connection's secret.</summary>
    WrongSecret,

    /// <summary>No signature fits body, id and timestamp, or one of the headers can't be read.</summary>
    BadSignature,

    /// <summary>The signature's timestamp is too old or too far ahead.</summary>
    TimestampOutOfTolerance,
}
