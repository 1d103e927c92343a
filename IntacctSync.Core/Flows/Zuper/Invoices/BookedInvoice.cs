namespace IntacctSync.Core.Flows.Zuper.Invoices;

/// <summary>An invoice as Intacct has it, whatever kind of document it is.</summary>
internal sealed record BookedInvoice
{
    /// <summary>RECORDNO of an ARINVOICE, DOCID of a SODOCUMENT.</summary>
    public required string TargetId { get; init; }

    /// <summary>RECORDNO in any case: lines go by it.</summary>
    public required string RecordNo { get; init; }

    public string? Number { get; init; }

    public string? CustomerId { get; init; }

    /// <summary>In the transaction's currency.</summary>
    public decimal Total { get; init; }

    public BookedState State { get; init; }

    public DateOnly? Date { get; init; }

    public DateOnly? DueDate { get; init; }

    public string? TermName { get; init; }

    public string? ReferenceNo { get; init; }

    public string? Description { get; init; }

    /// <summary>An invoice of Accounts Receivable that a document of Order Entry made.</summary>
    public bool MadeByOrderEntry { get; init; }

    public bool HasPayments => State is BookedState.PartlyPaid or BookedState.Paid;

    /// <summary>What it is found by when a reply was lost.</summary>
    public string NaturalKey => KeyOf(Number, CustomerId);

    /// <summary>Numbers may be unique for each customer only.</summary>
    public static string KeyOf(string? number, string? customerId) => $"{number}@{customerId}";

    /// <summary>The numbers that a key may stand for.</summary>
    public static IEnumerable<string> NumbersIn(string naturalKey)
    {
        for (var at = naturalKey.IndexOf('@', StringComparison.Ordinal); at > 0; at = naturalKey.IndexOf('@', at + 1))
            yield return naturalKey[..at];
    }
}
