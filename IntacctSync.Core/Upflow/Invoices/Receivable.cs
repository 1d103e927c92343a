using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Invoices;

/// <summary>An invoice or a debit memo as Intacct has it.</summary>
/// <param name="SourceId">As the flow names it.</param>
/// <param name="Head">Its head.</param>
/// <param name="Row">The fields that were read, custom ones too.</param>
/// <param name="Net">The amount without tax in its currency; null where no tax is told apart.</param>
internal sealed record Receivable(string SourceId, ArInvoiceSummary Head, IntacctRecord Row, decimal? Net = null)
{
    /// <summary>
    /// The day on which one that is reversed was reversed, as far as it is known; null for any other.
    /// </summary>
    public DateOnly? ReversedOn { get; init; }

    /// <summary>What a backfill has read along with it: its lines, and what tells of its payments.</summary>
    public IReadOnlyList<IntacctRecord> Along { get; init; } = [];

    public string Object => ObjectOf(SourceId);

    public bool IsInvoice => Object == UpflowIds.Invoice;

    public string ExternalId => UpflowIds.Of(Object, Head.RecordNo);

    public static string ExternalIdOf(string sourceId) => UpflowIds.Of(ObjectOf(sourceId), RecordNoOf(sourceId));

    public string Number => Head.InvoiceNo?.Trim() is { Length: > 0 } number ? number : Head.RecordNo;

    public string CustomerId => Head.CustomerId?.Trim() ?? "";

    /// <summary>In its own currency; below zero for a credit.</summary>
    public decimal Gross => Head.TrxTotalEntered ?? Head.TotalEntered ?? 0;

    /// <summary>Whether something was paid of it, or it is not told whether.</summary>
    public bool IsPaidInPart => (Head.TrxTotalPaid ?? Head.TotalPaid) != 0;

    public bool MadeByOrderEntry => Head.ModuleKey == ArInvoiceSummary.OrderEntryModule;

    public ReceivableState State =>
        Head.State?.Trim().ToUpperInvariant() switch
        {
            "DRAFT" => ReceivableState.Draft,
            "REVERSED" => ReceivableState.Reversed,
            "REVERSAL" => ReceivableState.Reversal,
            _ => ReceivableState.Posted,
        };

    public static string ObjectOf(string sourceId) => UpflowIds.Parse(sourceId)?.Object ?? UpflowIds.Invoice;

    public static string RecordNoOf(string sourceId) => UpflowIds.Parse(sourceId)?.RecordNo ?? sourceId;

    /// <summary>The document that an external id of Upflow names; null for another text. Pure.</summary>
    public static string? SourceIdOf(string? externalId) =>
        externalId is not null
        && UpflowIds.Parse(externalId) is { Object: UpflowIds.Invoice or UpflowIds.Adjustment } named
            ? SourceIdOf(named.Object, named.RecordNo)
            : null;

    public static string SourceIdOf(string objectName, string recordNo) =>
        objectName == UpflowIds.Invoice ? recordNo.Trim() : UpflowIds.Of(objectName, recordNo);
}

/// <summary>How far a document has come, as far as it matters in Upflow.</summary>
internal enum ReceivableState
{
    /// <summary>It is not in the books.</summary>
    Draft,

    /// <summary>It is in the books, whatever is paid of it.</summary>
    Posted,

    /// <summary>It was taken back by another document.</summary>
    Reversed,

    /// <summary>It takes another document back.</summary>
    Reversal,
}
