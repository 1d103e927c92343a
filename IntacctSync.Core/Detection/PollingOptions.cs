using System.ComponentModel.DataAnnotations;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using NCrontab;

namespace IntacctSync.Core.Detection;

/// <summary>
/// How often feeds are read, as NCRONTAB with six fields, and how far the hourly second pass looks back.
/// </summary>
public sealed class PollingOptions : IValidatableObject
{
    public const string Section = "Polling";

    public const string Usual = "0 */15 * * * *";

    /// <summary>By the configuration key of a timer; what is left out is <see cref="Usual"/>.</summary>
    public IDictionary<string, string> Times { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    [TimeSpanSetting("Polling:LookBack", "00:01:00", "7.00:00:00", "02:00:00")]
    public TimeSpan LookBack { get; set; } = TimeSpan.FromHours(2);

    public string TimesOf(string timer) => Times.TryGetValue(timer, out var times) ? times : Usual;

    /// <summary>The time between two polls of a timer, as of now.</summary>
    public TimeSpan Between(string timer, DateTimeOffset now)
    {
        if (CrontabSchedule.TryParse(TimesOf(timer), new() { IncludingSeconds = true }) is not { } schedule)
            return TimeSpan.Zero;
        var next = schedule.GetNextOccurrence(now.UtcDateTime);
        return schedule.GetNextOccurrence(next) - next;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from timer in Times
        where CrontabSchedule.TryParse(timer.Value, new() { IncludingSeconds = true }) is null
        select new ValidationResult(
            $"{timer.Key} is '{timer.Value}'; allowed is NCRONTAB with six fields, such as {Usual}."
        );

    /// <summary>Every key of the section but the look-back is a timer's.</summary>
    internal void ReadTimes(IConfiguration? configuration)
    {
        foreach (var timer in configuration?.GetSection(Section).GetChildren() ?? [])
        {
            if (
                timer.Value is { Length: > 0 } times
                && !timer.Key.Equals(nameof(LookBack), StringComparison.OrdinalIgnoreCase)
            )
                Times[$"{Section}:{timer.Key}"] = times;
        }
    }
}

[OptionsValidator]
internal sealed partial class PollingOptionsValidator : IValidateOptions<PollingOptions>;
