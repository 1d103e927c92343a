namespace IntacctSync.Core.Intacct.Responses;

/// <summary>How a company's books are set up (developer.intacct.com, Company Console, Financial Setup).</summary>
/// <param name="BaseCurrency">Null in a company whose entities have base currencies of their own.</param>
/// <param name="MultiCurrency">Whether transactions may be in other currencies.</param>
/// <param name="MultiEntity">Whether it has entities: a user may see the records of some of them only. Null where the
/// answer does not say it.</param>
public sealed record FinancialSetup(string? BaseCurrency, bool MultiCurrency, bool? MultiEntity)
{
    internal static FinancialSetup From(IntacctRecord record) =>
        new(
            record["baseCurrency"] is { Length: > 0 } currency ? currency : null,
            record["multiCurrency"] is "true" or "T",
            record["multiEntityShared"] is { } shared ? shared is "true" or "T" : null
        );
}
