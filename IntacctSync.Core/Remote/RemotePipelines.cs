using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using Polly.Retry;
using Polly.Telemetry;
using Polly.Timeout;

namespace IntacctSync.Core.Remote;

/// <summary>
/// How calls to other systems are carried out, all on this page: a pipeline for calls that read and one for calls that
/// write, of each account.
/// </summary>
/// <remarks>
/// <para>Both: the account's circuit, then the call's time-out, which ends all of it, body included.</para>
/// <para>A call that reads is sent again at most twice, and waits less than two seconds for it. A call that writes is
/// never sent again here: what became of it is looked up first.</para>
/// <para>The strategies are Polly's (pollydocs.org); the first that is added is the outermost.</para>
/// </remarks>
public sealed partial class RemotePipelines : IDisposable
{
    /// <summary>How long an open circuit lets nothing through; after that one call tries.</summary>
    internal static readonly TimeSpan Break = TimeSpan.FromSeconds(30);

    /// <summary>How often a call that reads is sent again.</summary>
    internal const int Repeats = 2;

    /// <summary>The longest wait before a call that reads is sent again.</summary>
    internal static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(900);

    /// <summary>
    /// The circuit opens if at least this many calls were made in a minute and nine of ten of them failed.
    /// </summary>
    internal const int FewestCalls = 10;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Sampling = TimeSpan.FromMinutes(1);
    private const double FailureRatio = 0.9;

    private readonly ResiliencePipelineRegistry<PipelineKey> _pipelines;
    private readonly ILogger _logger;

    public RemotePipelines(TimeProvider time, ILogger<RemotePipelines> logger)
    {
        _logger = logger;
        var steady = new SteadyClock(time);
        _pipelines = new ResiliencePipelineRegistry<PipelineKey>(
            new ResiliencePipelineRegistryOptions<PipelineKey>
            {
                BuilderFactory = () => new ResiliencePipelineBuilder { TimeProvider = steady },
            }
        );
    }

    /// <summary>Whether calls that change something are refused, as in a rehearsal.</summary>
    internal bool ReadsOnly { get; init; }

    /// <exception cref="InvalidOperationException">It would change something in a rehearsal, whose callers only note
    /// what they would send.</exception>
    internal ResiliencePipeline For(RemoteCall call) =>
        ReadsOnly && call.Effect == CallEffect.Writes
            ? throw new InvalidOperationException($"A rehearsal changes nothing, and this call to {call.Remote} would.")
            : Carrying(call);

    private ResiliencePipeline Carrying(RemoteCall call) =>
        _pipelines.GetOrAddPipeline(
            new PipelineKey(call.Remote, call.Account, call.Effect),
            builder =>
            {
                Describe(builder, call, call.Effect.ToString());
                builder.AddPipeline(Circuit(call)).AddTimeout(EndsBy(call));
                if (call.Effect == CallEffect.Reads)
                    builder.AddRetry(OnceMore());
            }
        );

    public void Dispose() => _pipelines.Dispose();

    /// <summary>One for each account, whatever it is called for.</summary>
    private ResiliencePipeline Circuit(RemoteCall call) =>
        _pipelines.GetOrAddPipeline(
            new PipelineKey(call.Remote, call.Account, null),
            builder =>
            {
                Describe(builder, call, "Circuit");
                builder.AddCircuitBreaker(
                    new CircuitBreakerStrategyOptions
                    {
                        FailureRatio = FailureRatio,
                        MinimumThroughput = FewestCalls,
                        SamplingDuration = Sampling,
                        BreakDuration = Break,
                        ShouldHandle = static args => new(IsDown(args.Outcome.Exception)),
                        OnOpened = args =>
                        {
                            LogOpened(call.Remote, call.Account, args.BreakDuration);
                            return default;
                        },
                        OnClosed = _ =>
                        {
                            LogClosed(call.Remote, call.Account);
                            return default;
                        },
                    }
                );
            }
        );

    private TimeoutStrategyOptions EndsBy(RemoteCall call) =>
        new()
        {
            TimeoutGenerator = _ => new(call.Timeout),
            OnTimeout = args =>
            {
                LogTimedOut(call.Remote, call.Account, args.Timeout);
                return default;
            },
        };

    private static RetryStrategyOptions OnceMore() =>
        new()
        {
            MaxRetryAttempts = Repeats,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
            ShouldHandle = static args => new(MayPassSoon(args.Outcome.Exception)),
        };

    /// <summary>The remote, or the way to it, failed for the moment.</summary>
    private static bool MayPassSoon(Exception? exception) =>
        exception
            is ExchangeException { Fault: ExchangeFault.NotSent or ExchangeFault.NoAnswer }
                or RemoteException { MayPassSoon: true, RetryAfter: null };

    /// <summary>As above, and in addition whatever shows that an account gives no answers at all.</summary>
    private static bool IsDown(Exception? exception) =>
        MayPassSoon(exception) || exception is TimeoutRejectedException or RemoteException { MayPassSoon: true };

    /// <summary>
    /// Polly measures under this name. Its own log lines would show the texts of answers: it writes none.
    /// </summary>
    private static void Describe(ResiliencePipelineBuilder builder, RemoteCall call, string kind)
    {
        builder.Name = $"{call.Remote} {kind}";
        builder.InstanceName = call.Account;
        builder.ConfigureTelemetry(new TelemetryOptions { LoggerFactory = NullLoggerFactory.Instance });
    }

    [LoggerMessage(
        EventId = 3101,
        Level = LogLevel.Warning,
        Message = "{Remote}, account {Account}: a call ended after {Timeout} without a whole answer. What waits for it "
            + "shows as lag."
    )]
    private partial void LogTimedOut(string remote, string account, TimeSpan timeout);

    [LoggerMessage(
        EventId = 3102,
        Level = LogLevel.Warning,
        Message = "{Remote}, account {Account}: nearly every call fails, so none is sent for {Break}. What waits comes "
            + "again by itself."
    )]
    private partial void LogOpened(string remote, string account, TimeSpan @break);

    [LoggerMessage(
        EventId = 3103,
        Level = LogLevel.Information,
        Message = "{Remote}, account {Account}: calls succeed again"
    )]
    private partial void LogClosed(string remote, string account);

    /// <param name="Effect">Null for the account's circuit.</param>
    private readonly record struct PipelineKey(string Remote, string Account, CallEffect? Effect);
}
