using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Detection.Webhooks;

/// <summary>
/// The names of the webhooks that this process has accepted of late, so that a repeat is called one. It only chooses
/// the word of the answer: a repeat is read as well, since a sender may give two changes one name.
/// </summary>
public sealed class NotedWebhooks(TimeProvider time)
{
    /// <summary>Senders repeat within minutes.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>A bound for memory, some megabytes.</summary>
    private const int Most = 20_000;

    private readonly Lock _gate = new();
    private HashSet<(ConnectionId, string)> _now = [];
    private HashSet<(ConnectionId, string)> _before = [];
    private long _since = time.GetTimestamp();

    /// <summary>Notes a webhook that was accepted.</summary>
    /// <returns>Whether one of the same name was accepted before, in the last ten minutes or some more.</returns>
    public bool Note(ConnectionId connection, string eventId)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_since) is var age && (age >= Kept || _now.Count >= Most))
            {
                _before = age < 2 * Kept ? _now : [];
                _now = [];
                _since = time.GetTimestamp();
            }

            var known = _before.Contains((connection, eventId));
            return !_now.Add((connection, eventId)) || known;
        }
    }
}
