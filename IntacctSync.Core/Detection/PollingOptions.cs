namespace IntacctSync.Core.Detection;

/// <summary>
/// How often feeds are read, as NCRONTAB with six fields, and how far the hourly second pass looks back.
/// </summary>
public sealed class PollingOptions
{
    public const string Usual = "0 */15 * * * *";

    /// <summary>By the configuration key of a timer; what is left out is <see cref="Usual"/>.</summary>
    public IDictionary<string, string> Times { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public TimeSpan LookBack { get; set; } = TimeSpan.FromHours(2);

    public string TimesOf(string timer) => Times.TryGetValue(timer, out var times) ? times : Usual;
}
