using IntacctSync.Web.Access;
using IntacctSync.Web.Console.Access;
using IntacctSync.Web.Console.Connections;
using IntacctSync.Web.Console.Pages;
using IntacctSync.Web.Console.Records;
using IntacctSync.Web.Console.Runs;
using IntacctSync.Web.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Web.Console;

/// <summary>Every page and form of the console, on one page.</summary>
internal static class ConsoleEndpoints
{
    private const string Connection = "/connections/{id}";
    private const string Record = Connection + "/records/{flow}/{sourceId}";

    /// <summary>
    /// Maps the pages under <c>/console</c>. Who may see them is part of each, as it is with the calls of the API.
    /// </summary>
    public static void MapConsole(this IEndpointRouteBuilder endpoints)
    {
        endpoints
            .MapGet("/console/files/{name}", (string name, HttpContext http) => ConsoleFiles.Get(name, http))
            .ExcludeFromDescription();
        var console = endpoints.MapGroup("/console");
        console.ExcludeFromDescription();
        console.Filter<ConsoleFailures>().Filter<ConsoleGate>().Filter<Audit>();
        MapSignIn(console);
        MapConnections(console);
        MapSettings(console);
        MapRecords(console);
        MapRuns(console);
        console.MapGet("/{**path}", (string path) => Missing(path));
        console.MapPost("/{**path}", (string path) => Missing(path));
    }

    private static void MapSignIn(RouteGroupBuilder console)
    {
        console.MapGet("/sign-in", (HttpContext http, SignInPages p) => p.Show(http)).WithMetadata(new OpenToAll());
        console
            .MapPost("/sign-in", (HttpContext http, SignInPages p, CancellationToken ct) => p.SignInAsync(http, ct))
            .WithMetadata(new OpenToAll());
        console.MapPost("/sign-out", (HttpContext http) => SignInPages.SignOut(http)).WithMetadata(new OpenToAll());
    }

    private static void MapConnections(RouteGroupBuilder console)
    {
        console.MapGet("/", (ConnectionPages p, CancellationToken ct) => p.ListAsync(ct));
        console.MapGet(Connection, (string id, ConnectionPages p, CancellationToken ct) => p.ShowAsync(id, ct));
        console
            .MapPost(
                Connection + "/activate",
                (string id, ConnectionPages p, CancellationToken ct) => p.ActivateAsync(id, ct)
            )
            .WithMetadata(ConnectionCalls.Activate);
        console
            .MapPost(
                Connection + "/deactivate",
                (string id, ConnectionPages p, CancellationToken ct) => p.DeactivateAsync(id, ct)
            )
            .WithMetadata(ConnectionCalls.Delete);
    }

    private static void MapSettings(RouteGroupBuilder console)
    {
        console.MapGet("/connections/new", (HttpContext http, SettingsPages p) => p.New(http));
        console
            .MapPost(
                "/connections/new",
                (HttpContext http, SettingsPages p, CancellationToken ct) => p.CreateAsync(http, ct)
            )
            .WithMetadata(ConnectionCalls.Put);
        console.MapGet(
            Connection + "/settings",
            (HttpContext http, string id, SettingsPages p, CancellationToken ct) => p.ShowAsync(http, id, ct)
        );
        console
            .MapPost(
                Connection + "/settings",
                (HttpContext http, string id, SettingsPages p, CancellationToken ct) => p.SaveAsync(http, id, ct)
            )
            .WithMetadata(ConnectionCalls.Put);
        MapAgain(console, "/doctor", "/settings#doctor");
        MapAgain(console, "/mail", "/webhooks");
        console
            .MapPost(
                Connection + "/doctor",
                (string id, SettingsPages p, CancellationToken ct) => p.ExamineAsync(id, ct)
            )
            .WithMetadata(ConnectionCalls.Test);
        console.MapGet(
            Connection + "/webhooks",
            (HttpContext http, string id, WebhookPages p, CancellationToken ct) => p.ShowAsync(http, id, ct)
        );
        console
            .MapPost(
                Connection + "/webhooks",
                (HttpContext http, string id, WebhookPages p, CancellationToken ct) => p.RegisterAsync(http, id, ct)
            )
            .WithMetadata(WebhookListCalls.Register);
        console
            .MapPost(
                Connection + "/webhooks/remove",
                (HttpContext http, string id, WebhookPages p, CancellationToken ct) => p.RemoveAsync(http, id, ct)
            )
            .WithMetadata(WebhookListCalls.Remove);
        console
            .MapPost(
                Connection + "/mail",
                (HttpContext http, string id, WebhookPages p, CancellationToken ct) => p.MailAsync(http, id, ct)
            )
            .WithMetadata(WebhookListCalls.TestMail);
        console
            .MapPost(
                Connection + "/purge",
                (HttpContext http, string id, SettingsPages p, CancellationToken ct) => p.PurgeAsync(http, id, ct)
            )
            .WithMetadata(ConnectionCalls.Delete);
    }

    /// <summary>
    /// A form that is answered by a page leaves the form's address in the browser: whoever loads that anew, or comes
    /// back to it later, finds the page that the form stands on.
    /// </summary>
    private static void MapAgain(RouteGroupBuilder console, string form, string page) =>
        console.MapGet(
            Connection + form,
            (string id) => new SeeOther($"{Paths.Home}/connections/{Uri.EscapeDataString(id)}{page}")
        );

    private static void MapRecords(RouteGroupBuilder console)
    {
        console.MapGet(
            Connection + "/causes",
            (HttpContext http, string id, CausePages p, CancellationToken ct) => p.ShowAsync(http, id, ct)
        );
        console
            .MapPost(
                Connection + "/causes/retry",
                (HttpContext http, string id, CausePages p, CancellationToken ct) => p.RetryAsync(http, id, ct)
            )
            .WithMetadata(RecordCalls.RetryAll);
        console.MapGet(
            Connection + "/records",
            (HttpContext http, string id, RecordPages p, CancellationToken ct) => p.ListAsync(http, id, ct)
        );
        console.MapGet(
            Record,
            (HttpContext http, string id, string flow, string sourceId, RecordPages p, CancellationToken ct) =>
                p.ShowAsync(http, id, flow, sourceId, ct)
        );
        console.MapGet(
            Record + "/intacct",
            (HttpContext http, string id, string flow, string sourceId, RecordPages p, CancellationToken ct) =>
                p.OpenInIntacctAsync(http, id, flow, sourceId, ct)
        );
        console
            .MapPost(
                Record + "/retry",
                (HttpContext http, string id, string flow, string sourceId, RecordForms f, CancellationToken ct) =>
                    f.RetryAsync(http, id, flow, sourceId, ct)
            )
            .WithMetadata(RecordCalls.Retry);
        console
            .MapPost(
                Record + "/link",
                (HttpContext http, string id, string flow, string sourceId, RecordForms f, CancellationToken ct) =>
                    f.LinkAsync(http, id, flow, sourceId, ct)
            )
            .WithMetadata(RecordCalls.Link);
        console
            .MapPost(
                Record + "/ignore",
                (HttpContext http, string id, string flow, string sourceId, RecordForms f, CancellationToken ct) =>
                    f.IgnoreAsync(http, id, flow, sourceId, ct)
            )
            .WithMetadata(RecordCalls.Ignore);
    }

    private static void MapRuns(RouteGroupBuilder console)
    {
        console.MapGet(Connection + "/runs", (string id, RunPages p, CancellationToken ct) => p.ListAsync(id, ct));
        console
            .MapPost(
                Connection + "/runs",
                (HttpContext http, string id, RunPages p, CancellationToken ct) => p.StartAsync(http, id, ct)
            )
            .WithMetadata(RunCalls.Start);
        console.MapGet(
            Connection + "/runs/{runId}",
            (HttpContext http, string id, string runId, ReconcilePages p, CancellationToken ct) =>
                p.RunAsync(http, id, runId, ct)
        );
        console.MapGet(
            Connection + "/runs/{runId}/report",
            (HttpContext http, string id, string runId, ReportEndpoints e, CancellationToken ct) =>
                e.GetAsync(http, id, runId, ct)
        );
        console.MapGet(
            Connection + "/reconcile",
            (string id, ReconcilePages p, CancellationToken ct) => p.ShowAsync(id, ct)
        );
        console
            .MapPost(
                Connection + "/reconcile",
                (HttpContext http, string id, ReconcilePages p, CancellationToken ct) => p.StartAsync(http, id, ct)
            )
            .WithMetadata(ReviewCalls.Reconcile);
        console
            .MapPost(
                Connection + "/preview",
                (HttpContext http, string id, ReconcilePages p, CancellationToken ct) => p.PreviewAsync(http, id, ct)
            )
            .WithMetadata(ReviewCalls.Preview);
        console
            .MapPost(
                Connection + "/runs/{runId}/cancel",
                (string id, string runId, RunPages p, CancellationToken ct) => p.CancelAsync(id, runId, ct)
            )
            .WithMetadata(RunCalls.Cancel);
    }

    private static PageResult Missing(string path) =>
        PageResult.Refused(StatusCodes.Status404NotFound, $"The console has no page '{Shown(path)}'.");

    private static string Shown(string path) => path.Length <= 80 ? path : path[..80] + "…";

    private static RouteGroupBuilder Filter<TFilter>(this RouteGroupBuilder group)
        where TFilter : IEndpointFilter
    {
        group.AddEndpointFilterFactory(
            (factory, next) =>
            {
                var filter = factory.ApplicationServices.GetRequiredService<TFilter>();
                return invocation => filter.InvokeAsync(invocation, next);
            }
        );
        return group;
    }
}
