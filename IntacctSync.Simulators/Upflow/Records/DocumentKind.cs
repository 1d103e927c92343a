namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>One of the four things that have an amount and are linked with each other.</summary>
/// <param name="Path">Its place in the API, such as <c>credit_notes</c>.</param>
/// <param name="Side">Its name in a link's body, such as <c>creditNotes</c>.</param>
/// <param name="Word">As an error names it.</param>
/// <param name="IsDebit">It is owed to the company (invoices, refunds); else it settles what is owed.</param>
internal sealed record DocumentKind(string Path, string Side, string Word, bool IsDebit)
{
    public static readonly DocumentKind Invoice = new("invoices", "invoices", "Invoice", true);
    public static readonly DocumentKind CreditNote = new("credit_notes", "creditNotes", "Credit note", false);
    public static readonly DocumentKind Payment = new("payments", "payments", "Payment", false);
    public static readonly DocumentKind Refund = new("refunds", "refunds", "Refund", true);

    public static IReadOnlyList<DocumentKind> All { get; } = [Invoice, CreditNote, Payment, Refund];

    /// <summary>Invoices and credit notes have a number, a net amount and a PDF.</summary>
    public bool IsPaper => this == Invoice || this == CreditNote;
}
