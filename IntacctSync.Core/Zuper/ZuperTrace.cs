using System.Diagnostics;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Zuper;

/// <summary>One activity for each request, with OpenTelemetry's names for HTTP; never ids of records, queries or keys.</summary>
internal static class ZuperTrace
{
    public static Activity? Start(ZuperCall call)
    {
        var activity = Telemetry.Source.StartActivity($"zuper {call}", ActivityKind.Client);
        activity?.SetTag("http.request.method", call.Method.Method);
        activity?.SetTag("url.template", call.Route);
        activity?.SetTag("server.address", call.Address.Host);
        return activity;
    }

    public static void Fail(Activity? activity, ZuperException failure)
    {
        activity?.SetTag("error.type", failure.Failure.ToString());
        activity?.SetStatus(ActivityStatusCode.Error);
    }
}
