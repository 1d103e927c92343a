using System.Diagnostics;

namespace IntacctSync.Core.Domain;

/// <summary>
/// Marks the stages that an envelope passes, so that a test or a debugger can follow it along the road. No host exports
/// them; what is exported is named in <see cref="Telemetry"/>.
/// </summary>
public static class Stage
{
    public const string SourceName = Telemetry.Name + ".Stages";

    private static readonly ActivitySource Source = new(SourceName);

    /// <returns>What ends the stage; null while nobody listens.</returns>
    public static IDisposable? Enter(string name) => Source.StartActivity(name);
}
