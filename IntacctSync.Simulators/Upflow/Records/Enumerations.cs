namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>The values that some fields are held to.</summary>
internal static class Enumerations
{
    public static readonly IReadOnlyList<string> Positions = ["ACCOUNTING", "SALES", "PAYER", "PURCHASER"];

    public static readonly IReadOnlyList<string> Instruments =
    [
        "WIRE_TRANSFER",
        "DIRECT_DEBIT",
        "CARD",
        "CASH",
        "CHECK",
        "UNKNOWN",
    ];

    /// <summary>What a custom field may be of. [assumed]</summary>
    public static readonly IReadOnlyList<string> Entities =
    [
        "CUSTOMER",
        "CONTACT",
        "INVOICE",
        "CREDIT_NOTE",
        "PAYMENT",
    ];

    /// <summary>What a custom field may hold. [assumed]</summary>
    public static readonly IReadOnlyList<string> FieldTypes = ["TEXT", "NUMBER", "DATE", "BOOLEAN"];
}
