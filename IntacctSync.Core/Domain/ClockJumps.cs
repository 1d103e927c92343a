using System.Runtime.CompilerServices;

namespace IntacctSync.Core.Domain;

/// <summary>
/// When a clock was set while this process runs, and by how much: told by the time that passes, which no setting
/// changes. Of a clock that was set while no process ran nothing is known.
/// </summary>
internal sealed class ClockJumps
{
    private const int Kept = 16;

    private static readonly ConditionalWeakTable<TimeProvider, ClockJumps> All = [];

    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly Lock _gate = new();

    /// <summary>The spans between two settings, the present one last.</summary>
    private readonly List<Span> _spans;

    private ClockJumps(TimeProvider time)
    {
        (_time, _began) = (time, time.GetTimestamp());
        var now = time.GetUtcNow();
        _spans = [new Span(DateTimeOffset.MinValue, now, now)];
    }

    /// <summary>Those of a clock, from the first call on.</summary>
    public static ClockJumps Of(TimeProvider time) => All.GetValue(time, static t => new ClockJumps(t));

    /// <summary>
    /// How long ago something was noted by this clock, whatever it was set to since. Where the clock showed a time more
    /// than once it was the last one. A setting by less than <see cref="NotedTimes.Skew"/> counts as time that passed.
    /// </summary>
    public TimeSpan Passed(DateTimeOffset noted)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var passed = _time.GetElapsedTime(_began);
            var last = _spans[^1];
            var zero = now - passed;
            if ((zero - last.Zero).Duration() > NotedTimes.Skew)
            {
                // It was set since the last look. It may have shown what it shows now from just after that look on.
                _spans[^1] = last with
                {
                    To = last.Zero + passed,
                };
                _spans.Add(new Span(last.To + (zero - last.Zero), now, zero));
                if (_spans.Count > Kept)
                    _spans.RemoveAt(0);
            }
            else
            {
                _spans[^1] = last with { To = now, Zero = zero };
            }

            var ages = _spans.Where(s => s.From <= noted && noted <= s.To).Select(s => passed - (noted - s.Zero));
            return ages.DefaultIfEmpty(now - noted).Min();
        }
    }

    /// <summary>A time in which the clock was not set.</summary>
    /// <param name="From">What it showed first.</param>
    /// <param name="To">What it showed last.</param>
    /// <param name="Zero">What it would have shown when it was first looked at.</param>
    private sealed record Span(DateTimeOffset From, DateTimeOffset To, DateTimeOffset Zero);
}
