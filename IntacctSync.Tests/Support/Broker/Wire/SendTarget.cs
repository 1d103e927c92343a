using Amqp.Listener;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>Takes what a sender sends: a message or a batch, all of it or nothing.</summary>
internal sealed class SendTarget(StrictBroker queue, BrokerFaults faults, Action taken) : LinkEndpoint
{
    public override void OnMessage(MessageContext messageContext)
    {
        if (faults.IgnoresMessage())
            return;
        if (faults.TakeBusy())
        {
            messageContext.Complete(BrokerErrors.Busy());
            return;
        }

        if (faults.Full)
        {
            messageContext.Complete(BrokerErrors.QuotaExceeded());
            return;
        }

        try
        {
            queue.Send(WireMessages.Read(messageContext.Message), WireMessages.BytesOf(messageContext.Message));
        }
        catch (ArgumentException e)
        {
            messageContext.Complete(BrokerErrors.TooLarge(e.Message));
            return;
        }

        taken();
        if (!faults.Undecided)
            messageContext.Complete();
    }

    public override void OnFlow(FlowContext flowContext)
    {
        // A sender's flow asks for nothing.
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // Nothing was sent from here.
    }
}
