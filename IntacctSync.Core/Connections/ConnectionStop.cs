using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Connections;

/// <summary>A sign-in was refused, so the connection waits for a person.</summary>
/// <param name="System"><c>intacct</c>, the name of the app, or <c>settings</c>.</param>
/// <param name="Problem">What was refused, and what to do.</param>
/// <param name="Since">When it stopped.</param>
/// <param name="NextProbeAt">When one sign-in is tried again.</param>
/// <param name="Probes">How many were tried. The pause grows with them, since a user may be locked out by repeated
/// failures.</param>
public sealed record ConnectionStop(
    string System,
    Problem Problem,
    DateTimeOffset Since,
    DateTimeOffset NextProbeAt,
    int Probes
)
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1),
    ];

    private static TimeSpan PauseAfter(int probes) => Pauses[Math.Min(probes, Pauses.Length - 1)];

    /// <summary>
    /// The stop as it counts now. If the next probe lies further ahead than its pause is long, the clock was set back
    /// since, and the probe is due. Pure.
    /// </summary>
    public ConnectionStop HeldAgainst(DateTimeOffset now) =>
        NextProbeAt <= now || NotedTimes.Lasts(NextProbeAt, PauseAfter(Probes), now)
            ? this
            : this with
            {
                NextProbeAt = now,
            };

    public static ConnectionStop First(string system, Problem problem, DateTimeOffset now) =>
        new(system, problem, now, now + PauseAfter(0), 0);

    public ConnectionStop After(Problem problem, DateTimeOffset now) =>
        this with
        {
            Problem = problem,
            Probes = Probes + 1,
            NextProbeAt = now + PauseAfter(Probes + 1),
        };
}
