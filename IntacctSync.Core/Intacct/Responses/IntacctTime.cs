using System.Globalization;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>
/// Points in time as Intacct writes them and wants them in filters: US order, 24 hours, whole seconds, no zone.
/// </summary>
/// <remarks>
/// The zone is the user's GMT offset, which <c>readUserFormatting</c> tells (developer.intacct.com, Parameter formats).
/// </remarks>
public static class IntacctTime
{
    private static readonly string[] Formats = ["MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy", "M/d/yyyy HH:mm:ss", "M/d/yyyy"];

    public static string Format(DateTimeOffset time, TimeSpan offset) =>
        time.ToOffset(offset).ToString(Formats[0], CultureInfo.InvariantCulture);

    public static string Format(DateOnly date) => date.ToString(Formats[1], CultureInfo.InvariantCulture);

    public static bool TryParse(string text, TimeSpan offset, out DateTimeOffset time)
    {
        var parsed = DateTime.TryParseExact(
            text,
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite,
            out var local
        );
        time = parsed ? new DateTimeOffset(local, offset) : default;
        return parsed;
    }
}
