using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>The sessions and when they end. Each use puts the end off.</summary>
internal sealed class SessionStore(IntacctSimulatorOptions options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Session Session, DateTimeOffset Ends)> _sessions = new(StringComparer.Ordinal);
    private int _made;

    public Session Open(Session login)
    {
        lock (_lock)
        {
            var session = login with { Id = NewId() };
            _sessions[session.Id] = (session, clock.GetUtcNow() + options.SessionDuration);
            return session;
        }
    }

    /// <summary>Null where the session is unknown, over, or of another address.</summary>
    public Session? Use(string id, string endpoint)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(id, out var held) || held.Session.Endpoint != endpoint)
                return null;
            var now = clock.GetUtcNow();
            if (held.Ends <= now)
            {
                _sessions.Remove(id);
                return null;
            }
            _sessions[id] = (held.Session, now + options.SessionDuration);
            return held.Session;
        }
    }

    /// <summary>Whose session it is, without using it.</summary>
    public Session? Peek(string id)
    {
        lock (_lock)
            return _sessions.TryGetValue(id, out var held) ? held.Session : null;
    }

    public void End(string id)
    {
        lock (_lock)
            _sessions.Remove(id);
    }

    public void Clear()
    {
        lock (_lock)
            _sessions.Clear();
    }

    /// <summary>Thirty characters and two dots, as live ones have.</summary>
    private string NewId()
    {
        var hash = SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{options.Seed}/{++_made}"))
        );
        return Convert.ToBase64String(hash)[..30].Replace('+', '-').Replace('/', '_') + "..";
    }
}
