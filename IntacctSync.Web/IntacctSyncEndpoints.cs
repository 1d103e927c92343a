using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Health;
using IntacctSync.Web.Operations;
using IntacctSync.Web.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntacctSync.Web;

/// <summary>Every call of the HTTP API, on one page.</summary>
public static class IntacctSyncEndpoints
{
    /// <summary>
    /// Maps the calls under <c>/api</c>: operations behind the key, webhooks and health without. Who may call and what
    /// a failure answers is part of each call, so the host needs no middleware for them.
    /// </summary>
    public static IEndpointConventionBuilder MapIntacctSync(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api").Filter<FailureFilter>();
        api.MapGet("/health/live", HealthEndpoints.Live);
        api.MapGet("/health/ready", (HealthEndpoints e, CancellationToken ct) => e.ReadyAsync(ct));
        api.MapMethods("/webhooks/{id}", [HttpMethods.Get, HttpMethods.Head], () => TypedResults.Ok());
        api.MapPost(
            "/webhooks/{id}",
            (HttpContext http, string id, WebhookEndpoints e, CancellationToken ct) => e.ReceiveAsync(http, id, ct)
        );

        var operations = api.MapGroup("/connections").Filter<OperationsGate>();
        operations.MapConnections();
        operations.MapRuns();
        operations.MapRecords();
        return api;
    }

    private static void MapConnections(this RouteGroupBuilder group)
    {
        group.MapGet("/", (ConnectionEndpoints e, CancellationToken ct) => e.ListAsync(ct));
        group.MapPut(
            "/{id}",
            (HttpContext http, string id, ConnectionEndpoints e, CancellationToken ct) => e.PutAsync(http, id, ct)
        );
        group.MapGet("/{id}", (string id, ConnectionEndpoints e, CancellationToken ct) => e.GetAsync(id, ct));
        group.MapDelete(
            "/{id}",
            (HttpContext http, string id, ConnectionEndpoints e, CancellationToken ct) => e.DeleteAsync(http, id, ct)
        );
        group.MapPost("/{id}/test", (string id, ConnectionEndpoints e, CancellationToken ct) => e.TestAsync(id, ct));
        group.MapPost(
            "/{id}/activate",
            (string id, ConnectionEndpoints e, CancellationToken ct) => e.ActivateAsync(id, ct)
        );
        group.MapGet("/{id}/status", (string id, StatusEndpoints e, CancellationToken ct) => e.GetAsync(id, ct));
    }

    private static void MapRuns(this RouteGroupBuilder group)
    {
        group.MapPost(
            "/{id}/flows/{flow}/run",
            (HttpContext http, string id, string flow, RunEndpoints e, CancellationToken ct) =>
                e.StartAsync(http, id, flow, ct)
        );
        group.MapGet("/{id}/runs", (string id, RunEndpoints e, CancellationToken ct) => e.ListAsync(id, ct));
        group.MapGet(
            "/{id}/runs/{runId}",
            (string id, string runId, RunEndpoints e, CancellationToken ct) => e.GetAsync(id, runId, ct)
        );
        group.MapPost(
            "/{id}/runs/{runId}/cancel",
            (string id, string runId, RunEndpoints e, CancellationToken ct) => e.CancelAsync(id, runId, ct)
        );
    }

    private static void MapRecords(this RouteGroupBuilder group)
    {
        const string record = "/{id}/records/{flow}/{sourceId}";
        group.MapGet(
            "/{id}/records",
            (HttpContext http, string id, RecordEndpoints e, CancellationToken ct) => e.ListAsync(http, id, ct)
        );
        group.MapGet(
            record,
            (HttpContext http, string id, string flow, string sourceId, RecordEndpoints e, CancellationToken ct) =>
                e.GetAsync(http, id, flow, sourceId, ct)
        );
        group.MapPost(
            record + "/retry",
            (HttpContext http, string id, string flow, string sourceId, RecordEndpoints e, CancellationToken ct) =>
                e.RetryAsync(http, id, flow, sourceId, ct)
        );
        group.MapPost(
            record + "/link",
            (HttpContext http, string id, string flow, string sourceId, RecordEndpoints e, CancellationToken ct) =>
                e.LinkAsync(http, id, flow, sourceId, ct)
        );
        group.MapPost(
            record + "/ignore",
            (HttpContext http, string id, string flow, string sourceId, RecordEndpoints e, CancellationToken ct) =>
                e.IgnoreAsync(http, id, flow, sourceId, ct)
        );
        group.MapPost(
            "/{id}/retry",
            (HttpContext http, string id, RecordEndpoints e, CancellationToken ct) => e.RetryAllAsync(http, id, ct)
        );
    }

    private static RouteGroupBuilder Filter<TFilter>(this RouteGroupBuilder group)
        where TFilter : IEndpointFilter
    {
        group.AddEndpointFilterFactory(
            (factory, next) =>
            {
                var filter = (TFilter)factory.ApplicationServices.GetService(typeof(TFilter))!;
                return invocation => filter.InvokeAsync(invocation, next);
            }
        );
        return group;
    }
}
