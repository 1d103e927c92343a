namespace IntacctSync.Core.Intacct.Responses;

/// <summary>The currencies of a company's books (developer.intacct.com, Company Console, Financial Setup).</summary>
/// <param name="BaseCurrency">Null in a company whose entities have base currencies of their own.</param>
/// <param name="MultiCurrency">Whether transactions may be in other currencies.</param>
public sealed record FinancialSetup(string? BaseCurrency, bool MultiCurrency)
{
    internal static FinancialSetup From(IntacctRecord record) =>
        new(
            record["baseCurrency"] is { Length: > 0 } currency ? currency : null,
            record["multiCurrency"] is "true" or "T"
        );
}
