namespace IntacctSync.Simulators;

/// <summary>How the command line wants a simulator to begin.</summary>
/// <param name="SampleData">Sample records, or none.</param>
/// <param name="Strict">Refuses all that the real service refuses; off = forgiving, for exploring by hand.</param>
internal sealed record SimulatorStart(bool SampleData, bool Strict);
