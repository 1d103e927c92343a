using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Leases;

/// <summary>
/// How many requests may be in flight per company, and how long a holder that fell silent keeps its place.
/// </summary>
public sealed class LeaseOptions
{
    [WholeNumberSetting("Intacct:MaxConcurrency", 1, 10)]
    public int MaxConcurrency { get; set; } = 1;

    [TimeSpanSetting("Queue:LockDuration", "00:00:02", "00:05:00", "00:00:30")]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class LeaseOptionsValidator : IValidateOptions<LeaseOptions>;
