using IntacctSync.Core.Settings;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Flows.Writing;

/// <summary>How writes without an answer are settled.</summary>
public sealed class WritingOptions
{
    /// <summary>
    /// How long a write without an answer is left alone; Intacct may go on working at it for 15 minutes.
    /// </summary>
    [TimeSpanSetting("Intacct:SettleAfter", "00:00:01", "1.00:00:00", "00:15:00")]
    public TimeSpan SettleAfter { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class WritingOptionsValidator : IValidateOptions<WritingOptions>;
