using System.Globalization;

namespace IntacctSync.Web.Answers;

/// <summary>Writes the header's value: whole seconds, at least one.</summary>
internal static class RetryAfter
{
    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
