using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>
/// A Zuper invoice as it is to be booked, whatever kind of document it becomes. Only what comes from Zuper is in it.
/// </summary>
public sealed record InvoiceDraft
{
    /// <summary>What a person sees in Zuper: prefix and number.</summary>
    public required string Number { get; init; }

    /// <summary>The day in the account's time zone, as is the due date.</summary>
    public required DateOnly Date { get; init; }

    public DateOnly? DueDate { get; init; }

    /// <summary>The name of Zuper's payment term. Without a term of that name in Intacct it is not booked.</summary>
    public string? TermName { get; init; }

    /// <summary>At most as long as Intacct takes it; the beginning of one that is longer.</summary>
    public string? ReferenceNo { get; init; }

    /// <summary>
    /// Set where Intacct can't take the reference whole. It is not written then: nothing is booked with a part of it,
    /// and an invoice that is booked keeps what it has.
    /// </summary>
    public Problem? ReferenceProblem { get; init; }

    public string? Description { get; init; }

    /// <summary>
    /// From the custom field that the settings name; null where it is empty. The next three are alike.
    /// </summary>
    public string? LocationId { get; init; }

    public string? DepartmentId { get; init; }

    public string? ClassId { get; init; }

    public string? ProjectId { get; init; }

    /// <summary>Those that are carried, by integration name; empty where they are empty in Zuper.</summary>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = CustomFieldXml.None;

    /// <summary>Their amounts add up to <see cref="Total"/>; none where <see cref="SumProblem"/> is set.</summary>
    public required IReadOnlyList<InvoiceDraftLine> Lines { get; init; }

    /// <summary>
    /// Why the lines can't be told that make the total, of an invoice whose lines a person has booked; null where they
    /// can. Such an invoice keeps its lines.
    /// </summary>
    public Problem? SumProblem { get; init; }

    public required decimal Total { get; init; }

    /// <summary>Of all amounts, by the settings, ISO 4217; null for the company's base currency.</summary>
    public string? Currency { get; init; }

    public required InvoiceHash Hash { get; init; }
}

/// <summary>
/// One line of an invoice as it is to be booked, before accounts and items of Intacct are given to it.
/// </summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Amount">In the transaction's currency, two decimals; negative for a discount.</param>
/// <param name="Memo">What a person reads on it.</param>
public sealed record InvoiceDraftLine(InvoiceLineKind Kind, decimal Amount, string Memo)
{
    public decimal Quantity { get; init; } = 1;

    /// <summary>The price of one, before the line's own discount. It may have more than two decimals.</summary>
    public decimal UnitPrice { get; init; }

    /// <summary>The line's own discount where Zuper has it as a percentage: 10 for ten percent.</summary>
    public decimal? DiscountPercent { get; init; }

    public string? ProductUid { get; init; }

    /// <summary>The product's part number. It finds the item where the key map does not.</summary>
    public string? ProductId { get; init; }

    /// <inheritdoc cref="InvoiceDraft.CustomFields"/>
    public IReadOnlyDictionary<string, string?> CustomFields { get; init; } = CustomFieldXml.None;
}

/// <summary>What a line of an invoice stands for. Each kind has its account in the settings.</summary>
public enum InvoiceLineKind
{
    Item,
    Discount,
    Tax,
    Fee,

    /// <summary>The cents by which a total that is rounded once differs from its rounded parts.</summary>
    Rounding,
}
