using IntacctSync.Simulators.Upflow.Links;

namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>An invoice, a credit note, a payment or a refund.</summary>
internal sealed class UpflowDocument : UpflowRecord
{
    public required DocumentKind Kind { get; init; }

    /// <summary>Null for a payment or refund that nobody was named for.</summary>
    public UpflowCustomer? Customer { get; set; }

    public string Currency { get; set; } = "";

    /// <summary>The gross amount, in the currency's smallest unit.</summary>
    public long Amount { get; set; }

    /// <summary>Without tax; of invoices and credit notes.</summary>
    public long Net { get; set; }

    /// <summary><c>customId</c>.</summary>
    public string? Number { get; set; }

    public string? Name { get; set; }

    /// <summary><c>issuedAt</c> or <c>validatedAt</c>.</summary>
    public DateTime Date { get; set; }

    public DateTime? DueDate { get; set; }

    public string? Instrument { get; set; }

    public string? BankAccountId { get; set; }

    public string? DunningPlanId { get; set; }

    /// <summary><c>ACCOUNT</c> where it came by the API.</summary>
    public string Type { get; set; } = "ACCOUNT";

    /// <summary>The card processor's id of a payment that was taken in the portal.</summary>
    public string? Reference { get; set; }

    /// <summary>What became of the money of a payment that was taken in the portal.</summary>
    public string? Status { get; set; }

    /// <summary>Whether it is a payment whose money did not come, which settles nothing.</summary>
    public bool HasFailed => Status == "FAILED";

    public byte[]? Pdf { get; set; }

    /// <summary>What of it is linked with what, oldest first.</summary>
    public List<LinkPair> Pairs { get; } = [];

    public long Linked => Pairs.Sum(p => p.Amount);

    public long Open => HasFailed ? 0 : Amount - Linked;

    public bool IsSettled => Open <= 0;

    /// <summary>The day on which it was settled: that of the last thing that did. [assumed]</summary>
    public DateTime? PaidDate =>
        !IsSettled ? null
        : Pairs.Count == 0 ? Date
        : Pairs.Max(p => p.Other(this).Date);

    /// <summary><c>PAID</c>, <c>OVERDUE</c> or <c>DUE</c>; it follows from links and due date.</summary>
    public string State(DateTimeOffset now) =>
        IsSettled ? "PAID"
        : DueDate is { } due && due.Date < now.UtcDateTime.Date ? "OVERDUE"
        : "DUE";
}
