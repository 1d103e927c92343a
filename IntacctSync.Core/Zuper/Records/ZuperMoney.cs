using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace IntacctSync.Core.Zuper.Records;

/// <summary>
/// Reads the amounts of one record, and notes those that can't be read: an amount that is there is never taken for
/// nothing.
/// </summary>
internal sealed class ZuperMoney
{
    private readonly List<string> _unreadable = [];

    /// <summary>What could not be read, in words; null when all could.</summary>
    public string? Unreadable => _unreadable.Count == 0 ? null : string.Join(", ", _unreadable);

    /// <summary>A decimal with a point, as a number or as text; null for blank and for anything else.</summary>
    public static decimal? Parse(string? text) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign
                | NumberStyles.AllowDecimalPoint
                | NumberStyles.AllowExponent
                | NumberStyles.AllowLeadingWhite
                | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    /// <summary>Null when it is missing, null or blank; noted when it is anything else that is no number.</summary>
    /// <param name="json">What holds it.</param>
    /// <param name="name">Its member.</param>
    /// <param name="where">What the note says in front of the name, for example <c>line 2, </c></param>
    public decimal? Read(JsonElement? json, string name, string where = "")
    {
        if (
            ZuperJson.Member(json, name)
            is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } member
        )
            return null;
        var text = ZuperJson.Text(member);
        if (text is not null && string.IsNullOrWhiteSpace(text))
            return null;
        if (Parse(text) is { } number)
            return number;
        var said = text is null ? JsonMarshal.GetRawUtf8Value(member) : Encoding.UTF8.GetBytes(text);
        _unreadable.Add($"{where}{ZuperParts.Words(name)} is '{ZuperExcerpt.Of(said, null)}'");
        return null;
    }
}
