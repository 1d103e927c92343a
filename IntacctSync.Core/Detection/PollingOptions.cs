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

    /// <summary>How the flat names of the section begin.</summary>
    private const string FlatSection = "POLLING_";

    /// <summary>For each timer, the name of its setting as it was given: nested or flat.</summary>
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    private readonly List<string> _setTwice = [];

    /// <summary>By the configuration key of a timer; what is left out is <see cref="Usual"/>.</summary>
    public IDictionary<string, string> Times { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How far back the second reading goes: longer than what a list has read may wait for its turn.</summary>
    [TimeSpanSetting("Polling:LookBack", "00:30:00", "7.00:00:00", "02:00:00")]
    public TimeSpan LookBack { get; set; } = TimeSpan.FromHours(2);

    /// <summary>
    /// The flat name of a timer's key: <c>POLLING_PRODUCTS</c> for <c>Polling:Products</c>. In Azure the triggers name
    /// the flat one, since what decides there when to start an instance is reported not to find a nested one.
    /// </summary>
    public static string Flat(string timer) => timer.Replace(':', '_').ToUpperInvariant();

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
        (
            from timer in Times
            where CrontabSchedule.TryParse(timer.Value, new() { IncludingSeconds = true }) is null
            select $"{_names.GetValueOrDefault(timer.Key, timer.Key)} is '{timer.Value}'; allowed is NCRONTAB with six "
                + $"fields, such as {Usual}."
        )
            .Concat(_setTwice)
            .Select(line => new ValidationResult(line));

    /// <summary>Every key of the section but the look-back is a timer's; each may be named flat instead.</summary>
    internal void ReadTimes(IConfiguration? configuration)
    {
        foreach (var timer in configuration?.GetSection(Section).GetChildren() ?? [])
        {
            if (!timer.Key.Equals(nameof(LookBack), StringComparison.OrdinalIgnoreCase))
                Read($"{Section}:{timer.Key}", $"{Section}:{timer.Key}", timer.Value);
        }

        foreach (var flat in configuration?.GetChildren() ?? [])
        {
            if (flat.Key.StartsWith(FlatSection, StringComparison.OrdinalIgnoreCase))
                Read($"{Section}:{flat.Key[FlatSection.Length..]}", flat.Key, flat.Value);
        }
    }

    private void Read(string timer, string name, string? times)
    {
        if (times is not { Length: > 0 })
            return;
        if (Times.TryGetValue(timer, out var other) && other != times)
            _setTwice.Add(
                $"{name} is '{times}' and {_names[timer]} is '{other}'; allowed is one of them, or the same in both."
            );
        (Times[timer], _names[timer]) = (times, name);
    }
}

[OptionsValidator]
internal sealed partial class PollingOptionsValidator : IValidateOptions<PollingOptions>;
