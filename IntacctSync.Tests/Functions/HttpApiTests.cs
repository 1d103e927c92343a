using IntacctSync.Functions.Triggers;
using IntacctSync.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Tests.Functions;

/// <summary>What the API answers on one machine, it answers by the one trigger of Azure as well.</summary>
public static class HttpApiTests
{
    public sealed class Webhooks : WebhookEndpointsTests
    {
        protected override void Serve(WebApplication app) => ServeByTrigger(app);
    }

    public sealed class Connections : ConnectionEndpointsTests
    {
        protected override void Serve(WebApplication app) => ServeByTrigger(app);
    }

    public sealed class Operations : OperationsGateTests.With_a_key
    {
        protected override void Serve(WebApplication app) => ServeByTrigger(app);
    }

    private static void ServeByTrigger(WebApplication app)
    {
        var api = new HttpApi(app.Services);
        app.Run(async http =>
        {
            // The worker has matched the trigger's own route before.
            http.SetEndpoint(new Endpoint(null, null, "Api"));
            http.Request.RouteValues["path"] = http.Request.Path.Value;
            await api.ServeAsync(http);
        });
    }
}
