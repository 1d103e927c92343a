namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>An invoice as Intacct has it, whatever kind of document it is.</summary>
internal sealed record BookedInvoice
{
    /// <summary>RECORDNO of an ARINVOICE, DOCID of a SODOCUMENT.</summary>
    public required string TargetId { get; init; }

    /// <summary>The RECORDNO of either kind, by which lines are read.</summary>
    public required string RecordNo { get; init; }

    public string? Number { get; init; }

    public string? CustomerId { get; init; }

    /// <summary>In the transaction's currency.</summary>
    public decimal Total { get; init; }

    /// <summary>The transaction's, ISO 4217; null where Intacct names none, as does the next.</summary>
    public string? Currency { get; init; }

    public string? BaseCurrency { get; init; }

    /// <summary>
    /// Whether its amounts are in the currency of another one's. What Intacct does not name speaks against none.
    /// </summary>
    /// <param name="currency">ISO 4217; null for the base currency.</param>
    public bool IsIn(string? currency) =>
        Currency is not { } own
        || (currency ?? BaseCurrency) is not { } other
        || string.Equals(own, other, StringComparison.OrdinalIgnoreCase);

    public BookedState State { get; init; }

    public DateOnly? Date { get; init; }

    public DateOnly? DueDate { get; init; }

    public string? TermName { get; init; }

    public string? ReferenceNo { get; init; }

    public string? Description { get; init; }

    /// <summary>An invoice of Accounts Receivable that a document of Order Entry made.</summary>
    public bool MadeByOrderEntry { get; init; }

    /// <summary>
    /// How many days the dates of two invoices may lie apart that are taken for one by their number. A counter that was
    /// set back gives the number of a former year again.
    /// </summary>
    private const int MostDaysApart = 31;

    /// <summary>Whether an invoice of that date may be this one, as far as their dates go.</summary>
    public bool IsDatedNear(DateOnly? date) => Date is { } own && date is { } other && AreNear(own, other);

    /// <summary>Whether two that have the same number may be one, as far as their dates go. Pure.</summary>
    public static bool AreNear(DateOnly one, DateOnly other) =>
        Math.Abs(one.DayNumber - other.DayNumber) <= MostDaysApart;

    public bool HasPayments => State is BookedState.PartlyPaid or BookedState.Paid;

    /// <summary>The key by which it is found again when a reply was lost.</summary>
    public string NaturalKey => KeyOf(Number, CustomerId);

    /// <summary>Number and customer together: two customers may have invoices with the same number.</summary>
    public static string KeyOf(string? number, string? customerId) => $"{number}@{customerId}";

    /// <summary>The customer that a key ends with; null where it names none. Pure.</summary>
    public static string? CustomerIn(string? naturalKey) =>
        naturalKey is not null && naturalKey.LastIndexOf('@') is >= 0 and var at ? naturalKey[(at + 1)..] : null;

    /// <summary>The numbers that a key may be made of: several, where number or customer contain an <c>@</c>.</summary>
    public static IEnumerable<string> NumbersIn(string naturalKey)
    {
        for (var at = naturalKey.IndexOf('@', StringComparison.Ordinal); at > 0; at = naturalKey.IndexOf('@', at + 1))
            yield return naturalKey[..at];
    }
}

/// <summary>How a document stands in Intacct's books.</summary>
internal enum BookedState
{
    Open,

    /// <summary>It is kept and not booked.</summary>
    Draft,
    PartlyPaid,
    Paid,

    /// <summary>It was reversed, or is the reversal of another one.</summary>
    Reversed,
}

/// <summary>A line of an invoice as Intacct has it.</summary>
internal sealed record BookedLine
{
    /// <summary>The line's number in an update, counted from 1.</summary>
    public required int Number { get; init; }

    public decimal Amount { get; init; }

    public string? Memo { get; init; }

    public string? GlAccountNo { get; init; }

    public string? AccountLabel { get; init; }

    public string? ItemId { get; init; }

    public string? LocationId { get; init; }

    public string? DepartmentId { get; init; }

    public string? ClassId { get; init; }

    public string? ProjectId { get; init; }

    /// <summary>Of Order Entry only, as are the next two.</summary>
    public decimal? Quantity { get; init; }

    public decimal? Price { get; init; }

    public decimal? DiscountPercent { get; init; }

    /// <summary>The name of a subtotal of Order Entry; null for a line.</summary>
    public string? Subtotal { get; init; }
}
