using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>Intacct's PAYMENTMETHOD in Upflow's words. Pure.</summary>
internal static class PaymentInstrument
{
    /// <param name="method">As Intacct has it (developer.intacct.com, AR Payments); null where it names none.</param>
    public static string Of(string? method) =>
        method?.Trim().ToUpperInvariant() switch
        {
            "PRINTED CHECK" or "CHECK" or "MANUAL CHECK" => UpflowInstruments.Check,
            "CREDIT CARD" or "ONLINE CHARGE CARD" or "CHARGE CARD" => UpflowInstruments.Card,
            "CASH" => UpflowInstruments.Cash,
            "EFT" or "WIRE TRANSFER" => UpflowInstruments.WireTransfer,
            "ONLINE ACH DEBIT" or "ACH" or "DIRECT DEBIT" => UpflowInstruments.DirectDebit,
            _ => UpflowInstruments.Unknown,
        };
}
