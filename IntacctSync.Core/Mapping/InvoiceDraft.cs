namespace IntacctSync.Core.Mapping;

/// <summary>A Zuper invoice as it is to be booked, whatever kind of document it becomes. Only what comes from Zuper is in it.</summary>
public sealed record InvoiceDraft
{
    /// <summary>What a person sees in Zuper: prefix and number.</summary>
    public required string Number { get; init; }

    /// <summary>In the account's time zone, as the next.</summary>
    public required DateOnly Date { get; init; }

    public DateOnly? DueDate { get; init; }

    /// <summary>The name of Zuper's payment term, which need not be one of Intacct's.</summary>
    public string? TermName { get; init; }

    public string? ReferenceNo { get; init; }

    public string? Description { get; init; }

    /// <summary>From the custom field that the settings name; null where it is empty, and so the next three.</summary>
    public string? LocationId { get; init; }

    public string? DepartmentId { get; init; }

    public string? ClassId { get; init; }

    public string? ProjectId { get; init; }

    /// <summary>Their amounts add up to <see cref="Total"/>.</summary>
    public required IReadOnlyList<InvoiceDraftLine> Lines { get; init; }

    public required decimal Total { get; init; }

    public required InvoiceHash Hash { get; init; }
}
