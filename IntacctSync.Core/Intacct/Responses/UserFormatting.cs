using System.Globalization;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>How the API user sees dates and times, which is how Intacct writes them to us.</summary>
/// <param name="DateFormat">Separator and order, for example <c>/mdY</c>.</param>
/// <param name="GmtOffset">A number, not a zone, so that daylight saving changes it.</param>
/// <param name="Clock">12 or 24.</param>
public sealed record UserFormatting(string Locale, string DateFormat, TimeSpan GmtOffset, string Clock)
{
    /// <summary>Why times can't be read reliably, as one line with its fix; null if they can.</summary>
    /// <remarks>An offset other than GMT can be converted, but it jumps with daylight saving time.</remarks>
    public string? Objection =>
        (Locale, DateFormat, Clock) switch
        {
            ({ Length: > 0 } and not "en_US", _, _) =>
                $"The API user's locale is {Locale}: set it to en_US in the user's preferences.",
            (_, { Length: > 0 } and not "/mdY", _) =>
                $"The API user's date format is '{DateFormat}': set it to mm/dd/yyyy in the user's preferences.",
            (_, _, "12") => "The API user's clock shows 12 hours: set it to 24 hours in the user's preferences.",
            _ => null,
        };

    /// <exception cref="FormatException">The offset does not look like +09:30.</exception>
    internal static UserFormatting From(IntacctRecord record) =>
        new(record["locale"] ?? "", record["dateformat"] ?? "", Offset(record["gmtoffset"]), record["clock"] ?? "");

    private static TimeSpan Offset(string? text)
    {
        var sign = text?.FirstOrDefault() == '-' ? -1 : 1;
        var digits = (text ?? "").Replace("GMT", "", StringComparison.OrdinalIgnoreCase).TrimStart('+', '-').Trim();
        if (digits.Length == 0)
            return TimeSpan.Zero;
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours <= 14)
            return sign * TimeSpan.FromHours(hours);
        return
            TimeSpan.TryParseExact(digits, [@"hh\:mm", @"h\:mm"], CultureInfo.InvariantCulture, out var offset)
            && offset <= TimeSpan.FromHours(14)
            ? sign * offset
            : throw new FormatException($"The API user's GMT offset is '{text}'; Intacct writes it like +09:30.");
    }
}
