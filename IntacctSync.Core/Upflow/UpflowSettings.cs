namespace IntacctSync.Core.Upflow;

/// <summary>Which Upflow organisation. Its key and secret are secrets and kept elsewhere.</summary>
public sealed record UpflowSettings
{
    /// <summary>Where its API is, version included; null for the address of <c>Upflow:Endpoint</c>.</summary>
    public string? ApiUrl { get; init; }
}

/// <summary>How payments that were taken in Upflow are posted in Intacct.</summary>
public sealed record ReceiptSettings
{
    /// <summary>The bank account, by its BANKACCOUNTID. Exactly one of the two accounts is needed.</summary>
    public string? BankAccountId { get; init; }

    /// <summary>The general ledger account of money that is not deposited yet.</summary>
    public string? UndepositedFundsAccountNo { get; init; }

    /// <summary>Upflow's instrument to Intacct's PAYMENTMETHOD, where it is another than the usual one.</summary>
    public IReadOnlyDictionary<string, string> PaymentMethods { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>
/// Which custom fields of Intacct are carried to which of Upflow: integration name to the name of Upflow's field.
/// </summary>
public sealed record CustomFieldMaps
{
    public IReadOnlyDictionary<string, string> Customers { get; init; } = None;

    public IReadOnlyDictionary<string, string> Invoices { get; init; } = None;

    public IReadOnlyDictionary<string, string> CreditNotes { get; init; } = None;

    private static IReadOnlyDictionary<string, string> None { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}
