namespace IntacctSync.Core.Zuper;

/// <summary>A payment in an invoice's history.</summary>
public sealed record ZuperInvoicePayment
{
    public decimal? Amount { get; init; }

    public string? ModeUid { get; init; }

    public string? ModeName { get; init; }

    /// <summary>What a void goes by.</summary>
    public string? TransactionUid { get; init; }

    public string? ReferenceNo { get; init; }

    public string? Remarks { get; init; }

    public bool IsVoid { get; init; }

    public DateTimeOffset? Date { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}
