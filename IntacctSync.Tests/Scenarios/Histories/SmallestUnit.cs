namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>Amounts as Upflow counts them, worked out apart from the code that is tested.</summary>
internal static class SmallestUnit
{
    /// <summary>The amount of a record's field, in the smallest unit of the record's currency.</summary>
    public static long Of(IReadOnlyDictionary<string, string> record, string field) =>
        Of(HistoryDoing.Amount(record, field), record["CURRENCY"]);

    public static long Of(decimal amount, string currency) => decimal.ToInt64(amount * PartsOf(currency));

    private static int PartsOf(string currency) =>
        currency switch
        {
            "JPY" => 1,
            "KWD" => 1000,
            _ => 100,
        };
}
