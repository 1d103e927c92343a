using System.Globalization;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>Times as Zuper writes them: UTC with milliseconds and a Z, which sort as text.</summary>
internal static class ZuperTime
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time or date of a caller in that form; null where it is none. A date alone is its first moment in UTC.</summary>
    public static string? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? Of(time)
            : null;
}
