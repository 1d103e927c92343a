namespace IntacctSync.Core.Intacct.Sessions;

/// <summary>
/// The session of one set of credentials. Whoever needs one while a login is under way waits for that login.
/// </summary>
internal sealed class SessionSlot(TimeProvider time)
{
    /// <summary>
    /// How long a refused login is remembered: repeated logins with a wrong password lock the user out.
    /// </summary>
    private static readonly TimeSpan RefusalKept = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private IntacctSession? _session;
    private SessionLifetime? _life;
    private Task<IntacctSession>? _login;
    private (IntacctException Why, long At)? _refusal;

    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _login is null && (_session is null || _life?.HasEnded(time) == true);
        }
    }

    /// <summary>The session, or a new one.</summary>
    /// <param name="fresh">Log in even if there is a session, or if a login was just refused.</param>
    public async Task<IntacctSession> GetAsync(
        Func<Task<(IntacctSession, SessionLifetime?)>> login,
        bool fresh,
        CancellationToken ct
    )
    {
        Task<IntacctSession> running;
        lock (_gate)
        {
            if (!fresh && _session is { } session && _life?.HasEnded(time) != true)
                return session;
            if (!fresh && _refusal is { } refusal && time.GetElapsedTime(refusal.At) < RefusalKept)
                throw Again(refusal.Why);
            running = _login ??= RunAsync(login);
        }

        return await running.WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>An answer showed how long the session lives on.</summary>
    public void Prolong(IntacctSession session, SessionLifetime? life)
    {
        lock (_gate)
        {
            if (life is not null && ReferenceEquals(session, _session))
                _life = life;
        }
    }

    /// <summary>Intacct no longer knows this session. A newer one stays.</summary>
    public void Drop(IntacctSession session)
    {
        lock (_gate)
        {
            if (ReferenceEquals(session, _session))
                _session = null;
        }
    }

    /// <summary>
    /// One login serves all who wait for it. So it can't be cancelled by one of them; it ends with the time-out of a
    /// request.
    /// </summary>
    private async Task<IntacctSession> RunAsync(Func<Task<(IntacctSession, SessionLifetime?)>> login)
    {
        await Task.Yield();
        try
        {
            var (session, life) = await login().ConfigureAwait(false);
            lock (_gate)
                (_session, _life, _login, _refusal) = (session, life, null, null);
            return session;
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                (_session, _login) = (null, null);
                _refusal = e is IntacctException { Failure: IntacctFailure.LoginRejected } refused
                    ? (refused, time.GetTimestamp())
                    : null;
            }

            throw;
        }
    }

    /// <summary>Returns a copy, since the stack traces of an exception that is thrown twice get mixed up.</summary>
    private static IntacctException Again(IntacctException why) =>
        new(
            why.Failure,
            $"{why.Message} (Refused a moment ago and not tried again yet, so that the user is not locked out.)",
            why.Errors,
            innerException: why
        );
}
