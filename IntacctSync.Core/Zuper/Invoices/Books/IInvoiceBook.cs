using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>
/// Where invoices are booked: Accounts Receivable or Order Entry. Reads many at once; what it makes is not sent yet.
/// </summary>
internal interface IInvoiceBook
{
    /// <summary>Whether a counterpart's id is one of this book's.</summary>
    bool Owns(string targetId);

    /// <summary>Those among the ids that exist.</summary>
    Task<IReadOnlyList<BookedInvoice>> ByIdAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> targetIds,
        CancellationToken cancellationToken
    );

    /// <summary>Those that have one of the numbers, of whatever customer; reversals left out.</summary>
    Task<IReadOnlyList<BookedInvoice>> ByNumberAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> numbers,
        CancellationToken cancellationToken
    );

    /// <summary>The lines of these, each invoice's in their order, by its RECORDNO.</summary>
    Task<ILookup<string, BookedLine>> LinesAsync(
        FlowBatch batch,
        IReadOnlyCollection<BookedInvoice> booked,
        CancellationToken cancellationToken
    );

    /// <summary>The function that books an invoice. Pure.</summary>
    Mapped<Func<ControlId, IntacctFunction>> Create(FlowBatch batch, InvoiceDraft draft, InvoiceContext context);

    /// <summary>What makes a booked invoice what Zuper has. Pure.</summary>
    InvoiceChange Change(
        FlowBatch batch,
        InvoiceDraft draft,
        InvoiceContext context,
        BookedInvoice booked,
        IReadOnlyList<BookedLine> lines
    );

    /// <summary>The function that takes it out of the books. Pure.</summary>
    Func<ControlId, IntacctFunction> Reverse(BookedInvoice booked, DateOnly on, string cause);
}
