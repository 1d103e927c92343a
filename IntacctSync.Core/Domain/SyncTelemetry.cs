using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IntacctSync.Core.Domain;

/// <summary>The one activity source and the one meter; both are named <c>IntacctSync</c>.</summary>
public static class SyncTelemetry
{
    public const string Name = "IntacctSync";

    public static ActivitySource Activities { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);
}
