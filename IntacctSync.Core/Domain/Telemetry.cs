using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IntacctSync.Core.Domain;

/// <summary>The one source of traces and the one meter, both named <c>IntacctSync</c>.</summary>
public static class Telemetry
{
    public const string Name = "IntacctSync";

    public static readonly ActivitySource Source = new(Name);

    public static readonly Meter Meter = new(Name);
}
