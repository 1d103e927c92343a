using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct.Records;

/// <summary>What one source paid of an invoice.</summary>
/// <param name="Key">RECORDNO of the source; null when there is none.</param>
/// <param name="Amount">In the base currency; null when the detail names none.</param>
/// <param name="TrxAmount">In the payment's currency; null when the detail names none.</param>
public sealed record AppliedAmount(string? Key, decimal? Amount, decimal? TrxAmount)
{
    /// <exception cref="FormatException">An amount can't be read.</exception>
    internal static AppliedAmount Read(IntacctRecord record, string name, string keyField) =>
        new(record[keyField], record.Decimal($"{name}AMOUNT"), record.Decimal($"TRX_{name}AMOUNT"));
}
