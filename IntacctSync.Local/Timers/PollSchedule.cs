using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using NCrontab;

namespace IntacctSync.Local.Timers;

/// <summary>When the feeds of some flows are due, in UTC.</summary>
/// <param name="Times">NCRONTAB with six fields.</param>
/// <param name="Flows">The flows.</param>
internal sealed record PollSchedule(CrontabSchedule Times, IReadOnlyList<FlowName> Flows)
{
    /// <summary>The schedules of all flows.</summary>
    public static IReadOnlyList<PollSchedule> Of(PollingOptions options, AppProfiles apps) =>
        [.. apps.Timers.Select(timer => At(options.TimesOf(timer), apps.OfTimer(timer)))];

    public static PollSchedule At(string ncrontab, IReadOnlyList<FlowName> flows) =>
        new(CrontabSchedule.Parse(ncrontab, new CrontabSchedule.ParseOptions { IncludingSeconds = true }), flows);

    /// <summary>The first time after this one; null where there is none, such as for the 30th of February.</summary>
    public DateTimeOffset? After(DateTimeOffset now)
    {
        var next = Times.GetNextOccurrence(now.UtcDateTime, DateTime.MaxValue);
        return next == DateTime.MaxValue ? null : new DateTimeOffset(DateTime.SpecifyKind(next, DateTimeKind.Utc));
    }
}
