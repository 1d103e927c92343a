using System.Collections.Concurrent;

namespace IntacctSync.Simulators;

/// <summary>
/// The requests that a simulator has taken and not answered yet. Some only wait: for its clock, or for their caller to
/// give up. Whoever moves the clock can tell when nothing but that is left.
/// </summary>
public sealed class RequestsUnderWay
{
    /// <summary>A caller that names its request by this header finds it again here.</summary>
    public const string IdHeader = "X-Request-Id";

    private readonly ConcurrentDictionary<HttpContext, TakenRequest> _requests = new();

    /// <summary>Raised when a request begins to wait, and when one ends.</summary>
    public event EventHandler? Changed;

    /// <summary>Whether every request that was taken only waits, or none is under way.</summary>
    public bool OnlyWait => _requests.Values.All(r => r.Waits);

    /// <summary>Whether the request of this id was taken and only waits.</summary>
    public bool Waits(string id) => _requests.Values.Any(r => r.Waits && r.Id == id);

    internal async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        _requests[context] = new TakenRequest(context.Request.Headers[IdHeader].ToString());
        try
        {
            await next(context);
        }
        finally
        {
            _requests.TryRemove(context, out _);
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Waits so long by the clock; for no time at all this does nothing.</summary>
    internal async Task PauseAsync(
        HttpContext context,
        TimeSpan pause,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (pause > TimeSpan.Zero)
            await WaitAsync(context, Task.Delay(pause, clock, cancellationToken));
    }

    /// <summary>Waits until the caller gives up.</summary>
    internal Task UntilGivenUpAsync(HttpContext context)
    {
        var never = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        return WaitAsync(context, never.ContinueWith(static _ => { }, TaskScheduler.Default));
    }

    private async Task WaitAsync(HttpContext context, Task wait)
    {
        // Its timer is set by now, so that whoever moves the clock sees it.
        var taken = _requests.GetValueOrDefault(context);
        taken?.Waits = true;
        Changed?.Invoke(this, EventArgs.Empty);
        try
        {
            await wait;
        }
        finally
        {
            taken?.Waits = false;
        }
    }

    private sealed class TakenRequest(string id)
    {
        private volatile bool _waits;

        public string Id => id;

        public bool Waits
        {
            get => _waits;
            set => _waits = value;
        }
    }
}
