using System.Globalization;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>Times as Zuper writes them: UTC with milliseconds and a Z, which sort as text.</summary>
internal static class ZuperTime
{
    private static readonly TimeOnly LastMinute = new(23, 59);

    public static string Of(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// A time or date of a caller in that form; null where it is none. A date alone is its first moment in UTC.
    /// </summary>
    public static string? Parse(string? text) => Moment(text) is { } time ? Of(time) : null;

    /// <summary>
    /// A day as invoices keep it: the moment at which it begins, or its last minute, where the company is. A caller's
    /// date alone names the day itself, a time the day that it falls on there. [the kept form was seen live; what
    /// becomes of a caller's time is assumed]
    /// </summary>
    /// <returns>Null where the text is no date.</returns>
    public static string? Day(string? text, TimeZoneInfo zone, bool end = false)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            if (Moment(text) is not { } moment)
                return null;
            day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
        }
        var local = day.ToDateTime(end ? LastMinute : TimeOnly.MinValue);
        // A day that begins where the clock is put forward begins when it was.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(30);
        return Of(new DateTimeOffset(local, zone.GetUtcOffset(local)));
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;
}
