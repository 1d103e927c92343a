namespace IntacctSync.Core.Flows.Zuper.Invoices;

/// <summary>Whom an invoice is for.</summary>
/// <param name="CustomerId">CUSTOMERID.</param>
/// <param name="BillTo">The CONTACTNAME of the person, where it stands in that customer's contact list already.</param>
internal sealed record InvoiceParty(string CustomerId, string? BillTo);
