using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Receipts;

/// <summary>A payment in Intacct of which something can't be read.</summary>
/// <param name="RecordNo">Its own; empty where that is not told either.</param>
/// <param name="Row">What can't be read: the payment itself, or a detail of what it gives.</param>
/// <param name="Why">What is wrong with it.</param>
internal sealed record UnreadablePayment(string RecordNo, IntacctRecord Row, string Why)
{
    /// <summary>The mark of the receipt that it was posted for; null for any other, and of a detail.</summary>
    public string? Mark => ReceiptKey.MarkIn(Row["DESCRIPTION"]);

    /// <summary>Of a receipt that it may concern: a person must look at it.</summary>
    public Failure Of(string? title) => new(FailureClass.Data, PostedProblems.Unreadable(title, Why));

    /// <summary>The receivables that a detail names, by source id.</summary>
    public IEnumerable<string> Receivables =>
        new[] { (UpflowIds.Invoice, Row["RECORDKEY"]), (UpflowIds.Adjustment, Row["POSADJKEY"]) }
            .Where(named => named.Item2 is not null)
            .Select(named => Receivable.SourceIdOf(named.Item1, named.Item2!));
}
