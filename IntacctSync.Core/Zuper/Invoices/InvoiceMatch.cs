using IntacctSync.Core.Zuper.Invoices.Books;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>What the invoices that Intacct has already mean for one of Zuper. Pure: never a guess.</summary>
internal abstract record InvoiceMatch
{
    private InvoiceMatch() { }

    /// <summary>This one is the invoice.</summary>
    /// <param name="Booked">As Intacct has it.</param>
    /// <param name="Why">Why it is, for the story.</param>
    public sealed record Adopt(BookedInvoice Booked, string Why) : InvoiceMatch;

    /// <summary>A person must say what is what.</summary>
    public sealed record Reject(Domain.Problem Problem) : InvoiceMatch;

    /// <summary>
    /// Of an invoice with a Sage id: adopted if just one invoice in Intacct has the id, it is posted, and customer,
    /// amount and currency are the same. One that has it as its number must be of about the same date as well.
    /// </summary>
    /// <param name="sourceId">The invoice's uid in Zuper.</param>
    /// <param name="check">Its Sage id, and what is to be booked.</param>
    /// <param name="context">What Intacct has for it.</param>
    /// <param name="all">The invoices in Intacct that were found for this and other invoices.</param>
    /// <param name="owners">The record that each is linked to, by target id in upper case.</param>
    public static InvoiceMatch BySageId(
        string sourceId,
        InvoiceDecision.CheckSageId check,
        InvoiceContext context,
        IEnumerable<BookedInvoice> all,
        IReadOnlyDictionary<string, string> owners
    )
    {
        var (id, draft) = (check.SageId, check.Draft);
        var found = all.Where(b => IsNamed(b, id)).ToList();
        var good = found
            .Where(b =>
                b.State is not (BookedState.Reversed or BookedState.Draft)
                && (b.TargetId == id || b.IsDatedNear(draft.Date))
                && b.Total == draft.Total
                && b.IsIn(draft.Currency)
                && string.Equals(b.CustomerId, context.CustomerId, StringComparison.OrdinalIgnoreCase)
            )
            .ToList();
        return good switch
        {
            [] when found.Count == 0 => new Reject(InvoiceMatchProblems.SageIdUnknown(id)),
            [] => new Reject(InvoiceMatchProblems.SageIdDiffers(id, draft, context, found[0])),
            [_, _, ..] => new Reject(InvoiceMatchProblems.SageIdAmbiguous(id, good)),
            [var only] when OwnerOf(only, owners) is { } owner && owner != sourceId => new Reject(
                InvoiceMatchProblems.SageIdTaken(id, owner)
            ),
            [var only] => new Adopt(only, "its id stood in Zuper, and customer and amount are the same"),
        };
    }

    /// <summary>
    /// Of an invoice that is to be made: one in Intacct with its number is adopted if it is posted, customer, amount
    /// and currency are the same, it is of about the same date, and no other record is linked to it.
    /// </summary>
    /// <param name="sourceId">The invoice's uid in Zuper.</param>
    /// <param name="draft">What is to be booked.</param>
    /// <param name="context">What Intacct has for it.</param>
    /// <param name="all">The invoices in Intacct with the numbers of this and other invoices.</param>
    /// <param name="owners">The record that each is linked to, by target id in upper case.</param>
    /// <param name="refused">Whether Intacct has refused the number. Before, the number under another customer matters
    /// only if the amount is the same, since each customer may have its own numbers.</param>
    /// <returns>Null where nothing is in the way of a new one.</returns>
    public static InvoiceMatch? ByNumber(
        string sourceId,
        InvoiceDraft draft,
        InvoiceContext context,
        IReadOnlyList<BookedInvoice> all,
        IReadOnlyDictionary<string, string> owners,
        bool refused
    )
    {
        var key = BookedInvoice.KeyOf(context.Number, context.CustomerId);
        var ofCustomer = all.Where(b =>
                string.Equals(b.NaturalKey, key, StringComparison.OrdinalIgnoreCase) && b.State != BookedState.Reversed
            )
            .ToList();
        var ofAny = all.Where(b =>
            b.Number == context.Number && (refused || (b.State != BookedState.Reversed && b.Total == draft.Total))
        );
        if (ofCustomer.Concat(ofAny).FirstOrDefault() is not { } first)
            return null;
        var owner = OwnerOf(first, owners);
        return
            ofCustomer is [{ State: not BookedState.Draft } only]
            && only.Total == draft.Total
            && only.IsIn(draft.Currency)
            && only.IsDatedNear(draft.Date)
            && (owner is null || owner == sourceId)
            ? new Adopt(only, $"it has the number {only.Number}, the customer and the amount, and about the same date")
            : new Reject(InvoiceMatchProblems.Taken(draft, context, first, owner));
    }

    /// <summary>Whether an invoice has a Sage id as its id or its number.</summary>
    public static bool IsNamed(BookedInvoice booked, string sageId) =>
        booked.TargetId == sageId || booked.Number == sageId;

    internal static string? OwnerOf(BookedInvoice booked, IReadOnlyDictionary<string, string> owners) =>
        owners.GetValueOrDefault(booked.TargetId.ToUpperInvariant());
}
