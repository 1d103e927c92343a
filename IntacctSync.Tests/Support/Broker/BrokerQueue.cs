using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Envelopes.Broker;

namespace IntacctSync.Tests.Support.Broker;

/// <summary>
/// The sending side over the broker, as the adapter in Azure has it: as many messages in one send as fit, and no word
/// of duplicates.
/// </summary>
/// <param name="broker">Where to.</param>
/// <param name="before">Called before each send; what it throws stops the send.</param>
public sealed class BrokerQueue(StrictBroker broker, Action? before = null) : IEnvelopeQueue
{
    public Task<IReadOnlyList<SendOutcome>> SendAsync(
        IReadOnlyList<OutgoingEnvelope> envelopes,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        Send([.. envelopes.Select(BrokerMessages.Of)]);
        return Task.FromResult<IReadOnlyList<SendOutcome>>([.. envelopes.Select(_ => SendOutcome.Accepted)]);
    }

    public void Send(IReadOnlyList<BrokerMessage> messages)
    {
        var batch = new List<BrokerMessage>();
        var bytes = 0;
        foreach (var message in messages)
        {
            var size = MessageLimits.SizeOf(message);
            if (batch.Count > 0 && bytes + size > broker.Rules.LargestBytes)
            {
                SendBatch(batch);
                (batch, bytes) = ([], 0);
            }

            batch.Add(message);
            bytes += size;
        }

        if (batch.Count > 0)
            SendBatch(batch);
    }

    private void SendBatch(List<BrokerMessage> batch)
    {
        before?.Invoke();
        broker.Send(batch);
    }
}
