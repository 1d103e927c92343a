using IntacctSync.Simulators.Zuper.Sample;

namespace IntacctSync.Local.Sandbox;

/// <summary>A payment that the sandbox's accountant received.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Expected">How it is meant to end.</param>
internal sealed record SandboxPayment(string Name, SampleExpectation Expected);
