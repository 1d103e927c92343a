using Azure.Messaging.ServiceBus;
using IntacctSync.Core.Pipeline;
using IntacctSync.Functions.Broker;
using IntacctSync.Functions.Triggers;
using IntacctSync.Tests.Support.Broker.Wire;
using IntacctSync.Tests.Support.ServiceBusTriggers;

namespace IntacctSync.Tests.Scenarios.Azure;

/// <summary>
/// An instance's sessions and dead letters in the hands of the real client's processors, set up as host.json has them,
/// each message given to the function itself.
/// </summary>
internal sealed class WiredSessions : IAsyncDisposable
{
    private readonly PipelineInstance _instance;
    private readonly ServiceBusClient _client;
    private readonly ServiceBusSessionProcessor _sessions;
    private readonly ServiceBusProcessor _letters;

    public WiredSessions(PipelineInstance instance, LoopbackBroker broker)
    {
        _instance = instance;
        _client = new ServiceBusClient(
            broker.ConnectionString,
            new ServiceBusClientOptions
            {
                RetryOptions = new ServiceBusRetryOptions { TryTimeout = TimeSpan.FromSeconds(5), MaxRetries = 0 },
            }
        );
        var queue = new ServiceBusEnvelopeQueue(_client.CreateSender(ServiceBusNames.Queue), TimeProvider.System);
        _sessions = _client.CreateSessionProcessor(
            ServiceBusNames.Queue,
            new ServiceBusSessionProcessorOptions
            {
                AutoCompleteMessages = false,
                MaxConcurrentSessions = 16,
                MaxConcurrentCallsPerSession = 100,
                SessionIdleTimeout = TimeSpan.FromMilliseconds(300),
            }
        );
        _sessions.ProcessMessageAsync += async args =>
        {
            var function = new ProcessEnvelopesFunction(_instance.Gate, queue);
            await InvokeAsync(
                counted: true,
                () => function.RunAsync(args.Message, new SessionActions(args), CancellationToken.None)
            );
        };
        _sessions.ProcessErrorAsync += NoteAsync;
        _letters = _client.CreateProcessor(
            ServiceBusNames.Queue,
            new ServiceBusProcessorOptions { AutoCompleteMessages = false, SubQueue = SubQueue.DeadLetter }
        );
        _letters.ProcessMessageAsync += async args =>
        {
            var function = new DeadLettersFunction(_instance.Get<DeadLetters>(), queue);
            await InvokeAsync(
                counted: false,
                () => function.RunAsync(args.Message, new LetterActions(args), CancellationToken.None)
            );
        };
        _letters.ProcessErrorAsync += NoteAsync;
    }

    public Task StartAsync() =>
        Task.WhenAll(
            _sessions.StartProcessingAsync(CancellationToken.None),
            _letters.StartProcessingAsync(CancellationToken.None)
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable[] { _sessions, _letters, _client })
        {
            try
            {
                await part.DisposeAsync();
            }
            catch (Exception e) when (e is ServiceBusException or TimeoutException or OperationCanceledException)
            {
                // A link that does not close in time ends with the broker.
            }
        }
    }

    private async Task InvokeAsync(bool counted, Func<Task> invoke)
    {
        bool? settled = null;
        _instance.Begin();
        try
        {
            await invoke();
            settled = counted ? true : null;
        }
        catch (Exception)
        {
            settled = counted ? false : null;
            throw;
        }
        finally
        {
            _instance.End(settled);
        }
    }

    /// <summary>A lock that was lost and a session that nobody has are no faults.</summary>
    private Task NoteAsync(ProcessErrorEventArgs args)
    {
        if (args.Exception is not (ServiceBusException or ObjectDisposedException or OperationCanceledException))
            _instance.Unexpected.Enqueue(args.Exception);
        return Task.CompletedTask;
    }
}
