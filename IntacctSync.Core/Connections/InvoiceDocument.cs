namespace IntacctSync.Core.Connections;

/// <summary>What a Zuper invoice becomes.</summary>
public enum InvoiceDocument
{
    ArInvoice,
    OrderEntry,
}
