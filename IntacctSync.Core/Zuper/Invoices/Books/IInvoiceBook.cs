using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Zuper.Invoices.Books;

/// <summary>
/// Where invoices are booked: Accounts Receivable or Order Entry. A book reads many invoices at once, and makes the
/// functions that write them; it sends none.
/// </summary>
internal interface IInvoiceBook
{
    /// <summary>Whether a counterpart's id is one of this book's.</summary>
    bool Owns(string targetId);

    /// <summary>The invoices among the ids that exist.</summary>
    Task<IReadOnlyList<BookedInvoice>> ByIdAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> targetIds,
        CancellationToken cancellationToken
    );

    /// <summary>The invoices with one of the numbers, of any customer.</summary>
    Task<IReadOnlyList<BookedInvoice>> ByNumberAsync(
        FlowBatch batch,
        IReadOnlyCollection<string> numbers,
        CancellationToken cancellationToken
    );

    /// <summary>The lines of these invoices, in their order, by the invoice's RECORDNO.</summary>
    Task<ILookup<string, BookedLine>> LinesAsync(
        FlowBatch batch,
        IReadOnlyCollection<BookedInvoice> booked,
        CancellationToken cancellationToken
    );

    /// <summary>The function that books an invoice. Pure.</summary>
    Mapped<Func<ControlId, IntacctFunction>> Create(FlowBatch batch, InvoiceDraft draft, InvoiceContext context);

    /// <summary>What it takes to bring a booked invoice to what Zuper has.</summary>
    /// <param name="batch">Whose invoice.</param>
    /// <param name="draft">As Zuper has it.</param>
    /// <param name="context">What Intacct has for it.</param>
    /// <param name="booked">As Intacct has it.</param>
    /// <param name="lines">Its lines, in their order.</param>
    /// <param name="changes">What is known of its custom fields; it learns what is written.</param>
    InvoiceChange Change(
        FlowBatch batch,
        InvoiceDraft draft,
        InvoiceContext context,
        BookedInvoice booked,
        IReadOnlyList<BookedLine> lines,
        InvoiceFieldChanges changes
    );

    /// <summary>
    /// The function that takes an invoice out of the books: a reversal, or the deletion of a document. Pure.
    /// </summary>
    Func<ControlId, IntacctFunction> Reverse(BookedInvoice booked, DateOnly on, string cause);
}
