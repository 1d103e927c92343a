using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Simulators.Zuper;

namespace IntacctSync.Simulators;

/// <summary>A verb of the command line and what it starts.</summary>
/// <param name="Name">The verb.</param>
/// <param name="Port">The port where none is given.</param>
/// <param name="Description">For the help text.</param>
/// <param name="Make">Makes the simulator.</param>
internal sealed record SimulatorVerb(
    string Name,
    int Port,
    string Description,
    Func<SimulatorStart, TimeProvider, ISimulator> Make
)
{
    public static IReadOnlyList<SimulatorVerb> All { get; } =
    [
        new(
            "intacct",
            9001,
            "Sage Intacct's XML gateway",
            static (start, clock) =>
                new IntacctSimulator(
                    new IntacctSimulatorOptions { SampleData = start.SampleData, Strict = start.Strict },
                    clock
                )
        ),
        new(
            "zuper",
            9002,
            "Zuper's REST API and webhooks",
            (start, clock) =>
                new ZuperSimulator(
                    new ZuperSimulatorOptions { SampleData = start.SampleData, Strict = start.Strict },
                    clock
                )
        ),
        new(
            "upflow",
            9003,
            "Upflow's REST API",
            (start, clock) =>
                new UpflowSimulator(
                    new UpflowSimulatorOptions { SampleData = start.SampleData, Strict = start.Strict },
                    clock
                )
        ),
    ];
}
