using System.Globalization;
using System.Text.RegularExpressions;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Zuper.Invoices;

namespace IntacctSync.Core.Zuper.CustomFields;

/// <summary>A value as Zuper has it, in the type of a custom field of Intacct. Pure.</summary>
/// <remarks>
/// Zuper keeps every value as text (developers.zuper.co, Update Custom Fields). Types are those of a lookup's
/// <c>DATATYPE</c>; a type that is not known here takes any text.
/// </remarks>
internal static partial class CustomFieldConverter
{
    /// <summary>Between the values of a field that takes several.</summary>
    private const string Several = "#~#";

    /// <summary>Valid values that a person is shown.</summary>
    private const int Shown = 10;

    /// <returns>Empty for an empty text; null where it is none of that type.</returns>
    public static string? Convert(string text, CustomFieldDefinition field, ZuperConnectionSettings settings) =>
        text.Length == 0 ? ""
        : field.ValidValues.Count > 0 ? Choice(text, field.ValidValues)
        : field.DataType.ToUpperInvariant() switch
        {
            "INTEGER" => Number(text) is { } number && number == Math.Truncate(number) ? Written(number) : null,
            "DECIMAL" or "NUMBER" or "CURRENCY" => Number(text) is { } number ? Written(number) : null,
            "PERCENT" => Number(text.TrimEnd('%').TrimEnd()) is { } percent ? Written(percent) : null,
            "DATE" => Day(text, settings)?.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture),
            "BOOLEAN" => text.ToUpperInvariant() switch
            {
                "TRUE" or "T" or "YES" or "Y" or "1" => "true",
                "FALSE" or "F" or "NO" or "N" or "0" => "false",
                _ => null,
            },
            _ => text,
        };

    /// <summary>What a field takes, in words that follow "takes".</summary>
    public static string Takes(CustomFieldDefinition field) =>
        field.ValidValues.Count > 0
            ? "one of "
                + string.Join(", ", field.ValidValues.Take(Shown))
                + (field.ValidValues.Count > Shown ? " and others" : "")
            : field.DataType.ToUpperInvariant() switch
            {
                "INTEGER" => "whole numbers",
                "DECIMAL" or "NUMBER" or "CURRENCY" or "PERCENT" => "numbers such as 1234.56",
                "DATE" => "dates such as 2026-01-31",
                "BOOLEAN" => "yes or no",
                _ => "text",
            };

    /// <summary>
    /// The value as Intacct spells it. Several values, which Zuper parts by commas, are taken one by one.
    /// </summary>
    private static string? Choice(string text, IReadOnlyList<string> valid)
    {
        if (Find(text) is { } whole)
            return whole;
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var found = parts.Select(Find).ToList();
        return parts.Length > 1 && found.TrueForAll(f => f is not null) ? string.Join(Several, found) : null;

        // The very spelling goes first; two others that differ in case alone are not chosen between.
        string? Find(string value) =>
            valid.Contains(value, StringComparer.Ordinal) ? value
            : valid.Where(v => ComparisonKey.AreEqual(v, value)).ToList() is [var only] ? only
            : null;
    }

    /// <summary>
    /// A number with '.' before its decimals. One with a comma is not taken: it parts thousands in one country and
    /// begins the decimals in another.
    /// </summary>
    private static decimal? Number(string text) =>
        Numbers().IsMatch(text)
        && decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;

    private static string Written(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>
    /// A day by itself, or the day of a point in time, as the dates of invoices are read. Year, month and day must be
    /// in the order of ISO 8601: 03/04/2026 is another day in each country.
    /// </summary>
    private static DateOnly? Day(string text, ZuperConnectionSettings settings) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : Times().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? InvoiceMapper.DateOf(time, settings)
        : null;

    [GeneratedRegex(
        @"^[+-]?[0-9]+(\.[0-9]+)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Numbers();

    [GeneratedRegex(
        @"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Times();
}
