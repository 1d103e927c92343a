using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console;
using IntacctSync.Web.Description;
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
    /// Maps the calls under <c>/api</c>: operations behind the key, webhooks and health without; and the pages under
    /// <c>/console</c>. Who may call and what a failure answers is part of each, so the host needs no middleware for
    /// them.
    /// </summary>
    public static IEndpointConventionBuilder MapIntacctSync(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api").WithGroupName(DescriptionRegistration.Document).Filter<FailureFilter>();
        api.MapGet("/health/live", HealthEndpoints.Live).Describe(HealthCalls.Live);
        api.MapGet("/health/ready", (HealthEndpoints e, CancellationToken ct) => e.ReadyAsync(ct))
            .Describe(HealthCalls.Ready);
        api.MapGet("/openapi.json", (DescriptionEndpoints e, CancellationToken ct) => e.GetAsync(ct))
            .Describe(DescriptionEndpoints.Described);
        api.MapReferencePage();
        api.MapGet("/webhooks/{id}", (string id) => TypedResults.Ok()).Describe(WebhookCalls.Check);
        api.MapMethods("/webhooks/{id}", [HttpMethods.Head], (string id) => TypedResults.Ok())
            .Describe(WebhookCalls.CheckHead);
        api.MapPost(
                "/webhooks/{id}",
                (HttpContext http, string id, WebhookEndpoints e, CancellationToken ct) => e.ReceiveAsync(http, id, ct)
            )
            .Describe(WebhookCalls.Receive);

        var operations = api.MapGroup("/connections")
            .WithMetadata(new NeedsApiKey())
            .Filter<OperationsGate>()
            .Filter<AddressLimit>()
            .Filter<Audit>();
        operations.MapConnections();
        operations.MapRuns();
        operations.MapRecords();
        endpoints.MapConsole();
        return api;
    }

    private static void MapConnections(this RouteGroupBuilder group)
    {
        group
            .MapGet("/", (ConnectionEndpoints e, CancellationToken ct) => e.ListAsync(ct))
            .Describe(ConnectionCalls.List);
        group
            .MapPut(
                "/{id}",
                (HttpContext http, string id, ConnectionEndpoints e, CancellationToken ct) => e.PutAsync(http, id, ct)
            )
            .Describe(ConnectionCalls.Put);
        group
            .MapGet("/{id}", (string id, ConnectionEndpoints e, CancellationToken ct) => e.GetAsync(id, ct))
            .Describe(ConnectionCalls.Get);
        group
            .MapDelete(
                "/{id}",
                (HttpContext http, string id, ConnectionEndpoints e, CancellationToken ct) =>
                    e.DeleteAsync(http, id, ct)
            )
            .Describe(ConnectionCalls.Delete);
        group
            .MapPost("/{id}/test", (string id, ConnectionEndpoints e, CancellationToken ct) => e.TestAsync(id, ct))
            .Describe(ConnectionCalls.Test);
        group
            .MapPost(
                "/{id}/activate",
                (string id, ConnectionEndpoints e, CancellationToken ct) => e.ActivateAsync(id, ct)
            )
            .Describe(ConnectionCalls.Activate);
        group
            .MapGet("/{id}/status", (string id, StatusEndpoints e, CancellationToken ct) => e.GetAsync(id, ct))
            .Describe(ConnectionCalls.Status);
        group
            .MapGet("/{id}/budget", (string id, BudgetEndpoints e, CancellationToken ct) => e.BudgetAsync(id, ct))
            .Describe(ConnectionCalls.Budget);
        group
            .MapGet("/{id}/role", (string id, BudgetEndpoints e, CancellationToken ct) => e.RoleAsync(id, ct))
            .Describe(ConnectionCalls.Role);
        group
            .MapGet(
                "/{id}/choices",
                (HttpContext http, string id, ChoiceEndpoints e, CancellationToken ct) =>
                    e.ListAsync(id, http.Request.Query["again"] == "true", ct)
            )
            .Describe(ConnectionCalls.Choices);
        group
            .MapGet(
                "/{id}/webhooks",
                (HttpContext http, string id, WebhookListEndpoints e, CancellationToken ct) => e.ListAsync(http, id, ct)
            )
            .Describe(WebhookListCalls.List);
        group
            .MapPost(
                "/{id}/webhooks",
                (HttpContext http, string id, WebhookListEndpoints e, CancellationToken ct) =>
                    e.RegisterAsync(http, id, ct)
            )
            .Describe(WebhookListCalls.Register);
        group
            .MapDelete(
                "/{id}/webhooks",
                (HttpContext http, string id, WebhookListEndpoints e, CancellationToken ct) =>
                    e.RemoveAsync(http, id, ct)
            )
            .Describe(WebhookListCalls.Remove);
        group
            .MapPost(
                "/{id}/mail/test",
                (HttpContext http, string id, WebhookListEndpoints e, CancellationToken ct) =>
                    e.TestMailAsync(http, id, ct)
            )
            .Describe(WebhookListCalls.TestMail);
    }

    private static void MapRuns(this RouteGroupBuilder group)
    {
        group
            .MapPost(
                "/{id}/flows/{flow}/run",
                (HttpContext http, string id, string flow, RunEndpoints e, CancellationToken ct) =>
                    e.StartAsync(http, id, flow, ct)
            )
            .Describe(RunCalls.Start);
        group
            .MapGet("/{id}/runs", (string id, RunEndpoints e, CancellationToken ct) => e.ListAsync(id, ct))
            .Describe(RunCalls.List);
        group
            .MapGet(
                "/{id}/runs/{runId}",
                (string id, string runId, RunEndpoints e, CancellationToken ct) => e.GetAsync(id, runId, ct)
            )
            .Describe(RunCalls.Get);
        group
            .MapPost(
                "/{id}/runs/{runId}/cancel",
                (string id, string runId, RunEndpoints e, CancellationToken ct) => e.CancelAsync(id, runId, ct)
            )
            .Describe(RunCalls.Cancel);
        group
            .MapGet(
                "/{id}/runs/{runId}/report",
                (HttpContext http, string id, string runId, ReportEndpoints e, CancellationToken ct) =>
                    e.GetAsync(http, id, runId, ct)
            )
            .Describe(ReviewCalls.Report);
        group
            .MapPost(
                "/{id}/preview",
                (HttpContext http, string id, ReviewEndpoints e, CancellationToken ct) => e.PreviewAsync(http, id, ct)
            )
            .Describe(ReviewCalls.Preview);
        group
            .MapPost(
                "/{id}/reconcile",
                (HttpContext http, string id, ReviewEndpoints e, CancellationToken ct) => e.ReconcileAsync(http, id, ct)
            )
            .Describe(ReviewCalls.Reconcile);
        group
            .MapPost(
                "/{id}/rebuild",
                (HttpContext http, string id, ReviewEndpoints e, CancellationToken ct) => e.RebuildAsync(http, id, ct)
            )
            .Describe(ReviewCalls.Rebuild);
    }

    private static void MapRecords(this RouteGroupBuilder group)
    {
        const string record = "/{id}/records/{flow}/{sourceId}";
        group
            .MapGet(
                "/{id}/records",
                (HttpContext http, string id, RecordEndpoints e, CancellationToken ct) => e.ListAsync(http, id, ct)
            )
            .Describe(RecordCalls.List);
        group
            .MapGet(
                record,
                (HttpContext http, string id, string flow, string sourceId, RecordEndpoints e, CancellationToken ct) =>
                    e.GetAsync(http, id, flow, sourceId, ct)
            )
            .Describe(RecordCalls.Get);
        group
            .MapGet(
                record + "/explain",
                (HttpContext http, string id, string flow, string sourceId, ReviewEndpoints e, CancellationToken ct) =>
                    e.ExplainAsync(http, id, flow, sourceId, ct)
            )
            .Describe(ReviewCalls.Explain);
        group
            .MapPost(
                record + "/retry",
                (HttpContext http, string id, string flow, string sourceId, RecordEndpoints e, CancellationToken ct) =>
                    e.RetryAsync(http, id, flow, sourceId, ct)
            )
            .Describe(RecordCalls.Retry);
        group
            .MapPost(
                record + "/link",
                (HttpContext http, string id, string flow, string sourceId, RecordEndpoints e, CancellationToken ct) =>
                    e.LinkAsync(http, id, flow, sourceId, ct)
            )
            .Describe(RecordCalls.Link);
        group
            .MapPost(
                record + "/ignore",
                (HttpContext http, string id, string flow, string sourceId, RecordEndpoints e, CancellationToken ct) =>
                    e.IgnoreAsync(http, id, flow, sourceId, ct)
            )
            .Describe(RecordCalls.Ignore);
        group
            .MapPost(
                "/{id}/retry",
                (HttpContext http, string id, RecordEndpoints e, CancellationToken ct) => e.RetryAllAsync(http, id, ct)
            )
            .Describe(RecordCalls.RetryAll);
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
