using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace IntacctSync.Tests.Support.Broker.Wire;

/// <summary>
/// A namespace of Service Bus with one queue, on a free loopback port, to which the real client library speaks AMQP.
/// What the queue does is <see cref="StrictBroker"/>'s; this is its wire.
/// </summary>
/// <remarks>
/// Source: learn.microsoft.com, AMQP 1.0 in Azure Service Bus: protocol guide, and request/response-based operations.
/// The queue goes by the test's clock, the client by that of the machine: a lock is told as long as it still holds.
/// </remarks>
public sealed class LoopbackBroker : IAsyncDisposable
{
    public const string QueueName = "envelopes";

    private readonly BrokerLinks _links;
    private ContainerHost? _host;

    /// <param name="queue">The queue; it is disposed with the broker.</param>
    public LoopbackBroker(StrictBroker queue)
    {
        Queue = queue;
        Port = FreePort();
        _links = new BrokerLinks(queue, Faults);
        Start();
    }

    public StrictBroker Queue { get; }

    public BrokerFaults Faults { get; } = new();

    public int Port { get; }

    public string ConnectionString =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Endpoint=sb://127.0.0.1:{Port};SharedAccessKeyName=test;SharedAccessKey=dGVzdA==;"
                + $"UseDevelopmentEmulator=true"
        );

    /// <summary>How many sends it took, each of a message or a batch.</summary>
    public int Sends => _links.Sends;

    /// <summary>How many links receivers have attached to sessions of the queue.</summary>
    public int SessionLinks => _links.Sessions;

    /// <summary>Ends when so many links are attached to sessions.</summary>
    public Task UntilSessionLinksAsync(int links, CancellationToken cancellationToken) =>
        _links.UntilSessionsAsync(links, cancellationToken);

    /// <summary>Ends when so many receivers wait for a session.</summary>
    public Task UntilWaitingAsync(int receivers, CancellationToken cancellationToken) =>
        _links.UntilWaitingAsync(receivers, cancellationToken);

    /// <summary>Opens the port again after <see cref="Stop"/>.</summary>
    public void Start()
    {
        _host = new ContainerHost(new Address("127.0.0.1", Port, null, null, "/", "amqp"));
        var listener = _host.Listeners[0];
        listener.SASL.EnableMechanism(CbsSasl.Name, new CbsSasl());
        listener.HandlerFactory = _ => new DeliveryTags(_links);
        _host.RegisterRequestProcessor("$cbs", new CbsRequests(Faults));
        _host.RegisterRequestProcessor($"{QueueName}/$management", new QueueRequests(Queue, _links, Faults));
        _host.RegisterRequestProcessor(
            $"{QueueName}/$DeadLetterQueue/$management",
            new DeadLetterRequests(Queue, Faults)
        );
        _host.RegisterLinkProcessor(_links);
        _host.Open();
    }

    /// <summary>The broker is gone: its connections end and its port is closed.</summary>
    public void Stop()
    {
        _links.Close(null);
        _host?.Close();
        _host = null;
    }

    /// <summary>Detaches every link to the queue, as when the broker moves it to another node.</summary>
    public void Detach() => _links.Close(new Error(ErrorCode.DetachForced) { Description = "The node is changed." });

    public ValueTask DisposeAsync()
    {
        Stop();
        Queue.Dispose();
        return ValueTask.CompletedTask;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
