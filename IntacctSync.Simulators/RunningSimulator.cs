namespace IntacctSync.Simulators;

/// <summary>A simulator being served. Disposing it stops the server and cuts what is still open.</summary>
public sealed class RunningSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;

    internal RunningSimulator(WebApplication app, ISimulator simulator, Uri address)
    {
        _app = app;
        Simulator = simulator;
        Address = address;
    }

    public ISimulator Simulator { get; }

    /// <summary><c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri Address { get; }

    /// <summary>The imitated API's own address: <see cref="Address"/> with <see cref="ISimulator.Path"/>.</summary>
    public Uri Endpoint => new(Address, Simulator.Path);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
