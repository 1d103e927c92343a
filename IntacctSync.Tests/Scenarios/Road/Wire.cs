using System.Collections.Concurrent;
using System.Globalization;
using IntacctSync.Simulators;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>What goes between the pipeline, the simulators and the store, and what is done to it on its way.</summary>
internal sealed class Wire
{
    private readonly ConcurrentDictionary<string, bool> _requests = new(StringComparer.Ordinal);
    private readonly List<RequestsUnderWay> _servers = [];
    private long _count;
    private int _storing;

    /// <summary>Raised when something may have come to an end, or waits.</summary>
    public event EventHandler? Changed;

    /// <summary>
    /// Answers in the place of the server: given the body that was sent, the XML to answer, or null to let it pass.
    /// </summary>
    public Func<string, string?>? InPlace { get; set; }

    /// <summary>Refuses a request with a status and nothing else; null lets it pass.</summary>
    public Func<HttpRequestMessage, System.Net.HttpStatusCode?>? Refuse { get; set; }

    /// <summary>Changes an answer on its way: given what was sent and what came back, what is to arrive.</summary>
    public Func<string, string, string>? Change { get; set; }

    /// <summary>How many requests there were.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Whether no request is under way.</summary>
    public bool IsQuiet => _requests.IsEmpty;

    /// <summary>
    /// Whether nothing is being stored, and each request that is under way is at its server and only waits there.
    /// </summary>
    public bool OnlyWaits
    {
        get
        {
            if (Volatile.Read(ref _storing) > 0)
                return false;
            RequestsUnderWay[] servers;
            lock (_servers)
                servers = [.. _servers];
            return servers.All(s => s.OnlyWait) && _requests.Keys.All(id => servers.Any(s => s.Waits(id)));
        }
    }

    /// <summary>A server that says which of its requests only wait.</summary>
    public void Watch(RequestsUnderWay server)
    {
        lock (_servers)
            _servers.Add(server);
        server.Changed += (_, _) => Tell();
    }

    /// <returns>The id that the request is to carry.</returns>
    public string Begin()
    {
        var id = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        _requests[id] = true;
        return id;
    }

    public void End(string id)
    {
        _requests.TryRemove(id, out _);
        Tell();
    }

    /// <summary>What is stored is waited for like a request; it counts as none.</summary>
    public async Task<T> StoringAsync<T>(Func<Task<T>> work)
    {
        Interlocked.Increment(ref _storing);
        try
        {
            return await work();
        }
        finally
        {
            Interlocked.Decrement(ref _storing);
            Tell();
        }
    }

    private void Tell() => Changed?.Invoke(this, EventArgs.Empty);
}
