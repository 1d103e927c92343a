using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;

namespace IntacctSync.Core.Upflow.Payments;

/// <summary>
/// Puts the original of a reversal on the queue. No documentation says that Intacct marks the original as changed, too.
/// </summary>
public sealed class PaymentOriginals(IEnvelopeQueue queue, TimeProvider time)
{
    internal async Task SendForAsync(RecordPass pass, PaymentReading reading, CancellationToken cancellationToken)
    {
        var connection = pass.Batch.Connection;
        var now = time.GetUtcNow();
        var originals = pass
            .Open.Select(w => reading.Payments.GetValueOrDefault(w.SourceId))
            .OfType<PaymentRecord>()
            .Where(p =>
                p.ParentPaymentKey is not null && PaymentStates.Of(p) is PaymentState.Reversal or PaymentState.Reversed
            )
            .Select(p => new OutgoingEnvelope(
                Envelope.ForRecord(
                    new SyncKey(connection.Id, UpflowFlows.Payments, p.ParentPaymentKey!),
                    connection.Company,
                    EventIds.Reversed(connection.Id, p.ParentPaymentKey!, p.RecordNo),
                    now
                ) with
                {
                    Bulk = true,
                }
            ))
            .ToList();
        if (originals.Count > 0)
            await queue.SendAsync(originals, cancellationToken);
    }
}
