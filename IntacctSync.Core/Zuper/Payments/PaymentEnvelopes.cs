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
    internal Task SendAsync(
        Connection connection,
        IReadOnlyCollection<(string RecordNo, string EventId)> payments,
        CancellationToken cancellationToken
    ) =>
        queue.SendRecordsAsync(
            connection.Company,
            payments.Select(p => new RecordEvent(
                new SyncKey(connection.Id, ZuperFlows.Payments, p.RecordNo),
                p.EventId
            )),
            time.GetUtcNow(),
            cancellationToken
        );
}
