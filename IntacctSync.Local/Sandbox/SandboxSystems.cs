using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Simulators.Zuper;

namespace IntacctSync.Local.Sandbox;

/// <summary>
/// The remote systems of the sandbox: simulators with sample data, each on a loopback port of its own.
/// </summary>
internal sealed class SandboxSystems : IAsyncDisposable
{
    /// <summary>Intacct's own limit is 15 minutes; here nothing is that slow.</summary>
    private const string SettleAfter = "00:00:03";

    /// <summary>The largest plan that Zuper sells, so that nobody has to wait for the first sync.</summary>
    private const int ZuperRequestsPerMinute = 700;

    /// <summary>Intacct sends no webhooks, so it is polled often enough that a person can wait for a change.</summary>
    private const string FewSeconds = "*/3 * * * * *";

    private SandboxSystems(RunningSimulator intacct, RunningSimulator zuper, RunningSimulator upflow) =>
        (Intacct, Zuper, Upflow) = (intacct, zuper, upflow);

    public RunningSimulator Intacct { get; }

    public RunningSimulator Zuper { get; }

    public RunningSimulator Upflow { get; }

    public IntacctSimulator IntacctSimulator => (IntacctSimulator)Intacct.Simulator;

    public ZuperSimulator ZuperSimulator => (ZuperSimulator)Zuper.Simulator;

    public UpflowSimulator UpflowSimulator => (UpflowSimulator)Upflow.Simulator;

    /// <summary>The settings by which the pipeline calls the simulators and nothing else.</summary>
    public IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Intacct:Endpoint"] = Intacct.Endpoint.AbsoluteUri,
            ["Intacct:AllowedHosts"] = Intacct.Address.Authority,
            ["Intacct:SettleAfter"] = SettleAfter,
            ["Zuper:AccountsEndpoint"] = Zuper.Address.GetLeftPart(UriPartial.Authority),
            ["Apps:AllowedHosts"] = $"{Zuper.Address.Authority};{Upflow.Address.Authority}",
            ["Polling:Products"] = FewSeconds,
            ["Polling:Payments"] = FewSeconds,
            ["Polling:Upflow"] = FewSeconds,
            ["Upflow:Endpoint"] = Upflow.Endpoint.AbsoluteUri,
        };

    public static Task<SandboxSystems> StartAsync(TimeProvider time, CancellationToken cancellationToken) =>
        StartAsync(sampleData: true, time, cancellationToken);

    /// <param name="sampleData">Sample records, or none.</param>
    /// <param name="time">The clock of all three.</param>
    /// <param name="cancellationToken">Gives the starting up.</param>
    internal static async Task<SandboxSystems> StartAsync(
        bool sampleData,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var account = new ZuperSimulatorOptions { SampleData = sampleData, RequestsPerMinute = ZuperRequestsPerMinute };
        var intacct = SimulatorHost.StartAsync(
            new IntacctSimulator(new IntacctSimulatorOptions { SampleData = sampleData }, time),
            0,
            cancellationToken
        );
        var zuper = SimulatorHost.StartAsync(new ZuperSimulator(account, time), 0, cancellationToken);
        var upflow = SimulatorHost.StartAsync(
            new UpflowSimulator(new UpflowSimulatorOptions { SampleData = sampleData }, time),
            0,
            cancellationToken
        );
        return new SandboxSystems(await intacct, await zuper, await upflow);
    }

    public async ValueTask DisposeAsync()
    {
        await Upflow.DisposeAsync();
        await Zuper.DisposeAsync();
        if (Zuper.Simulator is IAsyncDisposable simulator)
            await simulator.DisposeAsync();
        await Intacct.DisposeAsync();
    }
}
