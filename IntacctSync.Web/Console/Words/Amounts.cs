using System.Globalization;

namespace IntacctSync.Web.Console.Words;

/// <summary>Numbers as people read them.</summary>
internal static class Amounts
{
    public static string Of(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Money(decimal amount, string? currency) =>
        amount.ToString("#,0.00##", CultureInfo.InvariantCulture) + (currency is null ? "" : " " + currency);

    /// <summary>1 record, 2 records.</summary>
    public static string Count(long number, string one, string many) => $"{Of(number)} {(number == 1 ? one : many)}";
}
