using IntacctSync.Simulators.Upflow;

namespace IntacctSync.Tests.Simulators.Upflow;

/// <summary>
/// A test with a served simulator that holds the customer C-1; its switches may be turned while it runs.
/// </summary>
public abstract class UpflowTest : IAsyncLifetime
{
    private protected ServedUpflow Upflow { get; private set; } = null!;

    protected UpflowSimulatorOptions Switches => Upflow.Simulator.Options;

    public async Task InitializeAsync()
    {
        Upflow = await ServedUpflow.StartAsync();
        await Upflow.CustomerAsync("C-1");
    }

    public async Task DisposeAsync() => await Upflow.DisposeAsync();
}
