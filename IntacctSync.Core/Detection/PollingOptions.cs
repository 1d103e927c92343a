namespace IntacctSync.Core.Detection;

/// <summary>
/// How often feeds are read, as NCRONTAB with six fields, and how far the hourly second pass looks back.
/// </summary>
public sealed class PollingOptions
{
    public string Products { get; set; } = "0 */15 * * * *";

    public string Payments { get; set; } = "0 */15 * * * *";

    public string Zuper { get; set; } = "0 */15 * * * *";

    public string Upflow { get; set; } = "0 */15 * * * *";

    public TimeSpan LookBack { get; set; } = TimeSpan.FromHours(2);
}
