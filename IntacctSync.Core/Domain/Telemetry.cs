using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IntacctSync.Core.Domain;

/// <summary>The one source of activities and the one meter; both are named <c>IntacctSync</c>.</summary>
public static class Telemetry
{
    public const string Name = "IntacctSync";

    public static ActivitySource Source { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);
}
