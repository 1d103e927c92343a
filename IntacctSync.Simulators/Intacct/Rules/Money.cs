using System.Globalization;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>
/// Amounts and dates as they are kept: with two decimals at most, whatever the currency, without trailing zeros; and
/// <c>MM/dd/yyyy</c>. That amounts are rounded to two decimals says the documentation.
/// </summary>
internal static class Money
{
    public const string DateFormat = "MM/dd/yyyy";

    public static decimal Rounded(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    public static string Text(decimal amount) => Rounded(amount).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A stored amount; nothing is 0.</summary>
    public static decimal Amount(this StoredRecord record, string field) =>
        record[field] is { Length: > 0 } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : 0;

    public static string Text(DateOnly? date) => date?.ToString(DateFormat, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A stored date; null where there is none.</summary>
    public static DateOnly? Day(this StoredRecord record, string field) =>
        record[field] is { Length: > 0 } text
            ? DateOnly.ParseExact(text, DateFormat, CultureInfo.InvariantCulture)
            : null;

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
