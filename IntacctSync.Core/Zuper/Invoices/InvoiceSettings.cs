namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>How Zuper invoices are written to Intacct.</summary>
public sealed record InvoiceSettings
{
    public InvoiceDocument Document { get; init; }

    public IReadOnlyList<string> Statuses { get; init; } = ["AWAIT_PAYMENT", "PARTIALLY_PAID", "PAID"];

    public string? GlAccountNo { get; init; }

    public string? AccountLabel { get; init; }

    /// <summary>Name of an ARTERM; also given to customers that are created.</summary>
    public string? TermName { get; init; }

    public string? Currency { get; init; }

    public string? ExchangeRateType { get; init; }

    public AccountSettings Tax { get; init; } = new();

    public AccountSettings Discount { get; init; } = new();

    public AccountSettings Fee { get; init; } = new();

    /// <summary>
    /// Where the cents go by which a total that is rounded once differs from its rounded lines; nowhere, if not set.
    /// </summary>
    public AccountSettings Rounding { get; init; } = new();

    public string TransactionDefinition { get; init; } = "Sales Invoice";

    public bool Recreate { get; init; }

    public string? DefaultLocationId { get; init; }

    public string? DefaultDepartmentId { get; init; }

    public string? DepartmentField { get; init; }

    public string? ClassField { get; init; }

    public string? ProjectField { get; init; }
}

/// <summary>A GL account or an account label; at most one is set.</summary>
public sealed record AccountSettings
{
    public string? GlAccountNo { get; init; }

    public string? AccountLabel { get; init; }
}

/// <summary>What a Zuper invoice becomes.</summary>
public enum InvoiceDocument
{
    ArInvoice,
    OrderEntry,
}
