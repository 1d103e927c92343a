using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Detection.Webhooks;

/// <summary>
/// The webhooks whose sender is proven and whose envelope is not durable yet. They are bounded in number and not by a
/// rate: as fast as the queue takes them, they may come.
/// </summary>
/// <remarks>
/// The queue of one machine makes up to 512 of them durable with one wait for the disk, so that all who wait are served
/// within a few such waits. One connection can't take all places, and so can't keep another's webhooks out.
/// </remarks>
public sealed class WebhooksInHand
{
    /// <summary>How many of all connections together.</summary>
    public const int Most = 1024;

    /// <summary>How many of one connection.</summary>
    public const int MostOfOne = 768;

    private readonly Lock _lock = new();
    private readonly Dictionary<ConnectionId, int> _byConnection = [];
    private int _all;

    /// <returns>A place, to be disposed of when the envelope is durable or given up; null when there is none.</returns>
    public IDisposable? TryEnter(ConnectionId connection)
    {
        lock (_lock)
        {
            var those = _byConnection.GetValueOrDefault(connection);
            if (_all >= Most || those >= MostOfOne)
                return null;
            _byConnection[connection] = those + 1;
            _all++;
        }

        return new Place(this, connection);
    }

    private void Leave(ConnectionId connection)
    {
        lock (_lock)
        {
            _all--;
            if (--_byConnection[connection] == 0)
                _byConnection.Remove(connection);
        }
    }

    private sealed class Place(WebhooksInHand all, ConnectionId connection) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                all.Leave(connection);
        }
    }
}
