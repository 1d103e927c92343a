using System.Globalization;

namespace IntacctSync.Web.Console.Words;

/// <summary>Times as people read them, in UTC.</summary>
internal static class Times
{
    public static string Of(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For programs, as HTML wants it.</summary>
    public static string Exact(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var span = now - at;
        return span < TimeSpan.FromMinutes(1) ? "just now" : Span(span) + " ago";
    }

    /// <summary>The largest unit only: how old something is need not be exact.</summary>
    public static string Span(TimeSpan span) =>
        span.TotalSeconds < 1 ? "less than a second"
        : span.TotalMinutes < 1 ? Units(span.TotalSeconds, "second")
        : span.TotalHours < 1 ? Units(span.TotalMinutes, "minute")
        : span.TotalDays < 1 ? Units(span.TotalHours, "hour")
        : Units(span.TotalDays, "day");

    private static string Units(double value, string unit) => Amounts.Count((long)value, unit, unit + "s");
}
