namespace IntacctSync.Core.Upflow.Records;

/// <summary>
/// Amounts as Upflow has them: whole numbers of the currency's smallest unit (docs.upflow.io, Integrating with the
/// Upflow API: 259.80 USD is 25980). Pure.
/// </summary>
public static class UpflowMoney
{
    /// <summary>The currencies whose smallest unit is not a hundredth (ISO 4217).</summary>
    private static readonly Dictionary<string, int> Decimals = Of(
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW")
    );

    /// <summary>Whether a text has the shape of a currency's code.</summary>
    public static bool IsCurrency(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);

    /// <summary>How many decimals the currency has.</summary>
    public static int DecimalsOf(string currency) => Decimals.GetValueOrDefault(currency.ToUpperInvariant(), 2);

    /// <summary>The amount in the currency's smallest unit; half of one is rounded away from zero.</summary>
    /// <exception cref="OverflowException">The amount is larger than can be counted.</exception>
    public static long ToSmallest(decimal amount, string currency) =>
        decimal.ToInt64(Math.Round(amount * Scale(currency), MidpointRounding.AwayFromZero));

    /// <summary>
    /// Whether an amount is a whole number of the smallest unit. Intacct keeps two decimals, whatever the currency.
    /// </summary>
    public static bool IsWhole(decimal amount, string currency) => decimal.IsInteger(amount * Scale(currency));

    /// <summary>The amount that so many of the smallest unit are.</summary>
    public static decimal FromSmallest(long amount, string currency) =>
        Math.Round(amount / Scale(currency), DecimalsOf(currency), MidpointRounding.AwayFromZero);

    private static decimal Scale(string currency) =>
        DecimalsOf(currency) switch
        {
            0 => 1m,
            3 => 1_000m,
            4 => 10_000m,
            _ => 100m,
        };

    private static Dictionary<string, int> Of(params (int Decimals, string Codes)[] groups) =>
        groups
            .SelectMany(g => g.Codes.Split(' ').Select(code => (code, g.Decimals)))
            .ToDictionary(p => p.code, p => p.Decimals, StringComparer.Ordinal);
}
