namespace IntacctSync.Core.Flows.Writing;

/// <summary>How writes without an answer are settled.</summary>
public sealed class WritingOptions
{
    /// <summary>
    /// How long a write without an answer is left alone; Intacct may go on working at it for 15 minutes.
    /// </summary>
    public TimeSpan SettleAfter { get; set; } = TimeSpan.FromMinutes(15);
}
