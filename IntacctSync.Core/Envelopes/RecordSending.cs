using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Envelopes;

/// <summary>Puts records on the queue because something else happened that concerns them.</summary>
public static class RecordSending
{
    /// <summary>Sends an envelope for each event; nothing where there are none.</summary>
    /// <param name="queue">Where to.</param>
    /// <param name="company">The Intacct company, whose session they go into.</param>
    /// <param name="events">The records, each with what happened.</param>
    /// <param name="now">When it was seen.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    /// <exception cref="QueueUnavailableException">Some may not be durable; sending all of them again is
    /// safe.</exception>
    public static async Task SendRecordsAsync(
        this IEnvelopeQueue queue,
        CompanyId company,
        IEnumerable<RecordEvent> events,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(queue);
        var envelopes = events.Select(e => e.Outgoing(company, now)).ToList();
        if (envelopes.Count > 0)
            await queue.SendAsync(envelopes, cancellationToken);
    }
}

/// <summary>That something happened which concerns a record.</summary>
/// <param name="Record">The record.</param>
/// <param name="EventId">From <see cref="EventIds"/>.</param>
public sealed record RecordEvent(SyncKey Record, string EventId)
{
    /// <summary>As <see cref="Envelope.Bulk"/>; such work is bulk work where nothing else is said.</summary>
    public bool Bulk { get; init; } = true;

    /// <summary>As <see cref="Envelope.Requested"/>.</summary>
    public bool Requested { get; init; }

    /// <summary>When its envelope may first be delivered; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    internal OutgoingEnvelope Outgoing(CompanyId company, DateTimeOffset now) =>
        new(Envelope.ForRecord(Record, company, EventId, now) with { Bulk = Bulk, Requested = Requested }, NotBefore);
}
