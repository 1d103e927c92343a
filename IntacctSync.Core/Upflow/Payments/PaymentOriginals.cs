using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>
/// Puts the original of a reversal on the queue. No documentation says that Intacct marks the original as changed, too.
/// </summary>
public sealed class PaymentOriginals(IEnvelopeQueue queue)
{
    internal async Task SendForAsync(RecordPass pass, PaymentReading reading, CancellationToken cancellationToken)
    {
        var connection = pass.Batch.Connection;
        var originals = pass
            .Open.Where(w => reading.Payments.ContainsKey(w.SourceId))
            .Select(w => (w.SourceId, Payment: reading.Payments[w.SourceId]))
            .Where(p =>
                p.Payment is { ParentPaymentKey: not null, RecordType: not PaymentDecision.Advance }
                && PaymentStates.Of(p.Payment) is PaymentState.Reversal or PaymentState.Reversed
            )
            .Select(p => (Original: OriginalOf(p.SourceId, p.Payment.ParentPaymentKey!), p.Payment.RecordNo))
            .Select(p => new RecordEvent(
                new SyncKey(connection.Id, UpflowFlows.Payments, p.Original),
                EventIds.Reversed(connection.Id, p.Original, p.RecordNo)
            ));
        await queue.SendRecordsAsync(connection.Company, originals, pass.Now, cancellationToken);
    }

    /// <summary>The original is of the same object as its reversal.</summary>
    private static string OriginalOf(string sourceId, string recordNo) =>
        UpflowIds.Parse(sourceId) is { } id ? UpflowIds.Of(id.Object, recordNo) : recordNo;
}
