namespace IntacctSync.Core.Upflow.Records;

/// <summary>
/// How a payment was made, in Upflow's words (its reference's schemas of payments and refunds; those of the
/// integration kit OCA/credit-control name the same).
/// </summary>
public static class UpflowInstruments
{
    public const string WireTransfer = "WIRE_TRANSFER";
    public const string DirectDebit = "DIRECT_DEBIT";
    public const string Card = "CARD";
    public const string Cash = "CASH";
    public const string Check = "CHECK";
    public const string Unknown = "UNKNOWN";

    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>([WireTransfer, DirectDebit, Card, Cash, Check, Unknown], StringComparer.Ordinal);
}
