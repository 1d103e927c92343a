using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntacctSync.Web;

/// <summary>Every call of the HTTP API, on one page.</summary>
public static class IntacctSyncEndpoints
{
    /// <summary>Maps the calls under <c>/api</c>: operations, webhooks and health. The host needs no middleware for them.</summary>
    public static IEndpointConventionBuilder MapIntacctSync(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api");
        api.MapGet("/health/live", () => TypedResults.Ok());
        return api;
    }
}
