using Amqp;
using Amqp.Sasl;
using Amqp.Types;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>The mechanism by which a client says that it will send its tokens afterwards, to <c>$cbs</c>.</summary>
internal sealed class CbsSasl() : SaslProfile(Name)
{
    public static readonly Symbol Name = "MSSBCBS";

    protected override ITransport UpgradeTransport(ITransport transport) => transport;

    protected override DescribedList GetStartCommand(string hostname) => new SaslInit { Mechanism = Name };

    protected override DescribedList OnCommand(DescribedList command) => new SaslOutcome { Code = SaslCode.Ok };
}
