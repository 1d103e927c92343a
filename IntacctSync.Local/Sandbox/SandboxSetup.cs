using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Webhooks;

namespace IntacctSync.Local.Sandbox;

/// <summary>
/// Sets the sandbox up as a person would: puts the connection, has Zuper send its webhooks here, and asks for
/// everything once.
/// </summary>
internal sealed class SandboxSetup(
    ConnectionStore connections,
    ConnectionSecrets secrets,
    Backfill backfill,
    ConnectionRules rules,
    IHttpClientFactory http
)
{
    public const string HttpClientName = "sandbox";

    private static readonly ZuperEvent[] Events =
    [
        .. ZuperEvent.OfOrganizations,
        .. ZuperEvent.OfCustomers,
        .. ZuperEvent.OfInvoices,
    ];

    /// <summary>Stores the connection to Zuper.</summary>
    public Task<Connection> PutConnectionAsync(CancellationToken cancellationToken) =>
        PutAsync(SandboxAccount.Connection, SandboxAccount.Document(), cancellationToken);

    /// <summary>Stores the connection of the same company to Upflow.</summary>
    public Task<Connection> PutUpflowAsync(CancellationToken cancellationToken) =>
        PutAsync(SandboxAccount.UpflowConnection, SandboxAccount.UpflowDocument(), cancellationToken);

    /// <summary>Stores a connection, with the checks that every document has to pass.</summary>
    private async Task<Connection> PutAsync(string name, JsonElement json, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var document =
            ConnectionDocument.Read(json, rules, errors)
            ?? throw new InvalidOperationException(
                "The sandbox's own connection document is refused at " + string.Join(", ", errors.ToDictionary().Keys)
            );
        var id = ConnectionId.Parse(name);
        await secrets.ApplyAsync(id, document.Secrets, cancellationToken);
        return (await connections.PutAsync(id, document.Settings, cancellationToken)).Connection;
    }

    /// <summary>
    /// Registers a webhook for each event (developers.zuper.co/reference/add-webhook); one webhook tells of one event.
    /// </summary>
    public async Task RegisterWebhooksAsync(Uri zuperAddress, Uri hook, CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(HttpClientName);
        foreach (var told in Events)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post,
                new Uri(zuperAddress, "service/notifications/webhook")
            );
            request.Headers.Add("x-api-key", SandboxAccount.ZuperKey);
            request.Content = new StringContent(Webhook(told, hook).ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await client.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>
    /// Starts a backfill of the whole flow. Of the invoices, those dated on or after the connection's start date are
    /// carried over.
    /// </summary>
    public Task<Run> StartFirstSyncAsync(Connection connection, FlowName flow, CancellationToken cancellationToken) =>
        backfill.StartAsync(connection, flow, since: null, requested: flow != ZuperFlows.Invoices, cancellationToken);

    private static JsonObject Webhook(ZuperEvent told, Uri hook) =>
        new()
        {
            ["web_hook"] = new JsonObject
            {
                ["webhook_name"] = "IntacctSync " + told.Name,
                ["webhook_module"] = told.Module,
                ["webhook_event"] = told.Name,
                ["request_method"] = "POST",
                ["content_type"] = "application/json",
                ["webhook_url"] = hook.AbsoluteUri,
                ["headers"] = new JsonObject { ["x-hook-secret"] = SandboxAccount.WebhookSecret },
            },
        };
}
