using System.Globalization;
using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>
/// Amounts and dates as they are kept: with the currency's decimals at most, without trailing zeros, and
/// <c>MM/dd/yyyy</c>.
/// </summary>
internal static class Money
{
    public const string DateFormat = "MM/dd/yyyy";

    private static readonly HashSet<string> WithoutDecimals =
    [
        .. "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".Split(' '),
    ];

    private static readonly HashSet<string> WithThreeDecimals = [.. "BHD IQD JOD KWD LYD OMR TND".Split(' ')];

    /// <summary>
    /// In a currency. The documentation says that amounts are rounded to two decimals; that those of currencies with
    /// none or three are kept as people use them is [assumed].
    /// </summary>
    public static decimal Rounded(decimal amount, string currency) =>
        Math.Round(
            amount,
            WithoutDecimals.Contains(currency) ? 0
                : WithThreeDecimals.Contains(currency) ? 3
                : 2,
            MidpointRounding.AwayFromZero
        );

    public static string Text(decimal amount, string currency) =>
        Rounded(amount, currency).ToString("0.###", CultureInfo.InvariantCulture);

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
