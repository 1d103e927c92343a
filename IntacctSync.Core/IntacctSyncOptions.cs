using System.Globalization;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Notifications;
using Microsoft.Extensions.Configuration;
using NCrontab;

namespace IntacctSync.Core;

/// <summary>The settings of the pipeline itself, read from configuration once, at start.</summary>
public sealed class IntacctSyncOptions
{
    public LeaseOptions Leases { get; init; } = new();

    public WritingOptions Writing { get; init; } = new();

    public PollingOptions Polling { get; init; } = new();

    public EmailOptions Email { get; init; } = new();

    /// <summary>Reads the keys, and says of each that is wrong what was found and what is allowed.</summary>
    public static IntacctSyncOptions Read(IConfiguration configuration, ICollection<string> errors)
    {
        var options = new IntacctSyncOptions { Email = EmailOptions.Read(configuration, errors) };
        options.Leases.MaxConcurrency = Whole(
            configuration,
            "Intacct:MaxConcurrency",
            options.Leases.MaxConcurrency,
            1,
            10,
            errors
        );
        options.Writing.SettleAfter = Span(
            configuration,
            "Intacct:SettleAfter",
            options.Writing.SettleAfter,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromDays(1),
            errors
        );
        options.Leases.Duration = Span(
            configuration,
            "Queue:LockDuration",
            options.Leases.Duration,
            TimeSpan.FromSeconds(2),
            TimeSpan.FromMinutes(5),
            errors
        );
        options.Polling.LookBack = Span(
            configuration,
            "Polling:LookBack",
            options.Polling.LookBack,
            TimeSpan.FromMinutes(1),
            TimeSpan.FromDays(7),
            errors
        );
        foreach (var timer in IntacctSyncRegistration.Timers)
            options.Polling.Times[timer] = Schedule(configuration, timer, PollingOptions.Usual, errors);
        return options;
    }

    private static int Whole(
        IConfiguration configuration,
        string key,
        int fallback,
        int least,
        int most,
        ICollection<string> errors
    )
    {
        if (configuration[key] is not { Length: > 0 } text)
            return fallback;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least
            && value <= most
        )
            return value;
        errors.Add($"{key} is '{text}'; allowed is a whole number from {least} to {most}.");
        return fallback;
    }

    private static TimeSpan Span(
        IConfiguration configuration,
        string key,
        TimeSpan fallback,
        TimeSpan least,
        TimeSpan most,
        ICollection<string> errors
    )
    {
        if (configuration[key] is not { Length: > 0 } text)
            return fallback;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        errors.Add($"{key} is '{text}'; allowed is a time span from {least:c} to {most:c}, written as {fallback:c}.");
        return fallback;
    }

    private static string Schedule(
        IConfiguration configuration,
        string key,
        string fallback,
        ICollection<string> errors
    )
    {
        if (configuration[key] is not { Length: > 0 } text)
            return fallback;
        if (CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) is not null)
            return text;
        errors.Add($"{key} is '{text}'; allowed is NCRONTAB with six fields, such as {fallback}.");
        return fallback;
    }
}
