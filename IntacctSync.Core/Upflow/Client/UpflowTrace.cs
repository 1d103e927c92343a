using System.Diagnostics;
using System.Diagnostics.Metrics;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>
/// One activity for each request, with OpenTelemetry's names for HTTP; never ids of records, queries or keys.
/// </summary>
internal static class UpflowTrace
{
    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram<double>(
        "intacctsync.upflow.request.duration",
        "s"
    );

    public static Activity? Start(UpflowCall call)
    {
        var activity = Telemetry.Source.StartActivity("upflow.request", ActivityKind.Client);
        activity?.DisplayName = $"upflow {call}";
        activity?.SetTag("http.request.method", call.Method.Method);
        activity?.SetTag("url.template", call.Route);
        activity?.SetTag("server.address", call.Address.Host);
        return activity;
    }

    /// <summary>Measures a request, whatever came of it.</summary>
    public static void Measure(UpflowCall call, TimeSpan elapsed, string outcome) =>
        Duration.Record(
            elapsed.TotalSeconds,
            new("http.request.method", call.Method.Method),
            new("url.template", call.Route),
            new("intacctsync.outcome", outcome)
        );

    public static void Fail(Activity? activity, UpflowException failure)
    {
        activity?.SetTag("error.type", failure.Failure.ToString());
        activity?.SetStatus(ActivityStatusCode.Error);
    }
}
