using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>Puts payments on the queue because something else happened that concerns them.</summary>
public sealed class PaymentEnvelopes(IEnvelopeQueue queue, TimeProvider time)
{
    /// <param name="connection">Whose payments.</param>
    /// <param name="payments">Their RECORDNOs, each with what names the event.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    internal async Task SendAsync(
        Connection connection,
        IReadOnlyCollection<(string RecordNo, string EventId)> payments,
        CancellationToken cancellationToken
    )
    {
        if (payments.Count == 0)
            return;
        var now = time.GetUtcNow();
        await queue.SendAsync(
            [
                .. payments.Select(p => new OutgoingEnvelope(
                    Envelope.ForRecord(
                        new SyncKey(connection.Id, ZuperFlows.Payments, p.RecordNo),
                        connection.Company,
                        p.EventId,
                        now
                    ) with
                    {
                        Bulk = true,
                    }
                )),
            ],
            cancellationToken
        );
    }
}
