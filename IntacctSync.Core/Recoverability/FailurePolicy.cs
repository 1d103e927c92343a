using System.Globalization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Recoverability;

/// <summary>The rule book: what becomes of an envelope whose handling failed. Pure.</summary>
public static class FailurePolicy
{
    /// <summary>How long a passing failure is retried before the envelope is given up.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(3);

    /// <summary>
    /// How often it is retried at least. A record may wait for days until its connection is mended, without having
    /// failed once.
    /// </summary>
    public const int LeastTries = 8;

    /// <summary>How often an unknown failure is tried.</summary>
    public const int UnknownTries = 5;

    /// <summary>How often a refusal that may pass is met before a person is asked.</summary>
    public const int DoubtfulTries = 4;

    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromHours(1),
    ];

    private static readonly TimeSpan DefaultThrottle = TimeSpan.FromSeconds(5);

    /// <param name="failure">What went wrong.</param>
    /// <param name="failures">How often the envelope failed before.</param>
    /// <param name="firstSeen">When it was first put on the queue.</param>
    /// <param name="now">The time.</param>
    /// <param name="jitter">A random number from 0 to 1.</param>
    public static Disposition Decide(
        Failure failure,
        int failures,
        DateTimeOffset firstSeen,
        DateTimeOffset now,
        double jitter
    ) =>
        failure.Class switch
        {
            FailureClass.Data when failure.MayPass && failures + 1 < DoubtfulTries => new Disposition.Retry(
                Delay(failure, failures, jitter),
                Failed: true
            ),
            FailureClass.Data => new Disposition.NeedsAction(failure.Problem),
            FailureClass.Throttled => new Disposition.Retry(
                failure.RetryAfter ?? DefaultThrottle * (1 + jitter),
                Failed: false
            ),
            FailureClass.InDoubt when failure.AsksPerson => new Disposition.NeedsAction(failure.Problem),
            FailureClass.InDoubt => new Disposition.Retry(failure.RetryAfter ?? TimeSpan.FromMinutes(1), Failed: false),
            FailureClass.Authentication => new Disposition.Retry(
                failure.RetryAfter ?? TimeSpan.FromMinutes(1),
                Failed: false
            ),
            FailureClass.Transient when now - firstSeen < Horizon || failures + 1 < LeastTries => new Disposition.Retry(
                Delay(failure, failures, jitter),
                Failed: true
            ),
            FailureClass.Unknown when failures + 1 < UnknownTries => new Disposition.Retry(
                Delay(failure, failures, jitter),
                Failed: true
            ),
            _ => new Disposition.DeadLetter(GivenUp(failure.Problem, failures + 1, now - firstSeen)),
        };

    /// <summary>
    /// The delay grows with the failures and is spread over its whole length, so that what failed together does not
    /// come back together.
    /// </summary>
    private static TimeSpan Delay(Failure failure, int failures, double jitter)
    {
        var longest = Delays[Math.Min(failures, Delays.Length - 1)];
        var delay = TimeSpan.FromSeconds(1) + (longest * jitter);
        return failure.RetryAfter is { } asked && asked > delay ? asked : delay;
    }

    private static Problem GivenUp(Problem problem, int tries, TimeSpan over) =>
        problem with
        {
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"{problem.Message} Given up after {tries} tries in {over.TotalHours:0.#} hours."
            ),
            Fix = $"{problem.Fix} Then retry the record.",
        };
}
