using IntacctSync.Core.Flows;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>An invoice as it is to be in Upflow.</summary>
/// <param name="Work">The record.</param>
/// <param name="Source">As Intacct has it.</param>
/// <param name="Document">What is sent.</param>
/// <param name="Hash">Of that.</param>
internal sealed record InvoiceWrite(RecordWork Work, Receivable Source, UpflowDocument Document, string Hash);
