using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using IntacctSync.Functions.Broker;
using IntacctSync.Functions.Triggers;
using IntacctSync.Tests.Functions;
using IntacctSync.Tests.Support.Broker.Wire;
using IntacctSync.Tests.Support.ServiceBusTriggers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IntacctSync.Tests.Scenarios.Azure;

/// <summary>
/// An instance of the app as it is deployed: the worker with its own container, and in the place of its session trigger
/// the real client's session processor, set up as host.json has it, which gives each message to the function.
/// </summary>
internal sealed class WiredInstance : IAsyncDisposable
{
    /// <summary>How long the client may take to end. What takes longer ends with the broker.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IHost _host;
    private readonly ServiceBusClient _client;
    private readonly ServiceBusSessionProcessor _sessions;
    private int _settled;
    private int _notSettled;

    private WiredInstance(IHost host, LoopbackBroker broker)
    {
        _host = host;
        _client = new ServiceBusClient(broker.ConnectionString);
        _sessions = _client.CreateSessionProcessor(
            ServiceBusNames.Queue,
            new ServiceBusSessionProcessorOptions
            {
                AutoCompleteMessages = false,
                MaxConcurrentSessions = 16,
                MaxConcurrentCallsPerSession = 100,
                MaxAutoLockRenewalDuration = TimeSpan.FromDays(1),
                SessionIdleTimeout = TimeSpan.FromSeconds(2),
            }
        );
        _sessions.ProcessMessageAsync += InvokeAsync;
        _sessions.ProcessErrorAsync += NoteAsync;
    }

    /// <summary>How many messages it has handled and settled.</summary>
    public int Settled => Volatile.Read(ref _settled);

    /// <summary>How many it has handled and could not settle, since it had lost the session meanwhile.</summary>
    public int NotSettled => Volatile.Read(ref _notSettled);

    /// <summary>What neither a lost session nor a session that nobody has explains.</summary>
    public ConcurrentQueue<Exception> Unexpected { get; } = new();

    /// <param name="tables">The connection string of the store that all instances share.</param>
    /// <param name="broker">The queue that they share.</param>
    /// <param name="settings">More settings, each as <c>--Key=value</c>.</param>
    /// <param name="more">Adds what stands in for something of Azure.</param>
    public static async Task<WiredInstance> StartAsync(
        string tables,
        LoopbackBroker broker,
        IEnumerable<string> settings,
        Action<IServiceCollection> more
    )
    {
        var instance = new WiredInstance(
            StartedFunctions.BuildHost(
                [.. StartedFunctions.Settings(tables, broker.ConnectionString), .. settings],
                more
            ),
            broker
        );
        await instance._host.StartAsync(CancellationToken.None);
        return instance;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Begins to take sessions.</summary>
    public Task WorkAsync() => _sessions.StartProcessingAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await EndAsync(_sessions.CloseAsync(CancellationToken.None));
        await EndAsync(_client.DisposeAsync().AsTask());
        await EndAsync(_host.StopAsync(CancellationToken.None));
        _host.Dispose();
    }

    private static async Task EndAsync(Task ending)
    {
        try
        {
            await ending.WaitAsync(Patience, TimeProvider.System);
        }
        catch (Exception e) when (e is ServiceBusException or TimeoutException or OperationCanceledException)
        {
            // A link that does not close in time ends with the broker.
        }
    }

    private async Task InvokeAsync(ProcessSessionMessageEventArgs args)
    {
        try
        {
            await ActivatorUtilities
                .CreateInstance<ProcessEnvelopesFunction>(_host.Services)
                .RunAsync(args.Message, new SessionActions(args), CancellationToken.None);
            Interlocked.Increment(ref _settled);
        }
        catch
        {
            Interlocked.Increment(ref _notSettled);
            throw;
        }
    }

    private Task NoteAsync(ProcessErrorEventArgs args)
    {
        if (args.Exception is not (ServiceBusException or ObjectDisposedException or OperationCanceledException))
            Unexpected.Enqueue(args.Exception);
        return Task.CompletedTask;
    }
}
