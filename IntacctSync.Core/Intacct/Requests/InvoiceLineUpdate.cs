namespace IntacctSync.Core.Intacct.Requests;

/// <summary>A line of an invoice that is there already.</summary>
/// <param name="LineNum">Counted from 1.</param>
/// <param name="Line">What the line becomes; fields that are null stay as they are.</param>
public sealed record InvoiceLineUpdate(int LineNum, InvoiceLine Line);
