using System.Text.Json.Nodes;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Webhooks;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Registering webhooks, at the host's root and not under <c>/api</c>.</summary>
public sealed partial class ZuperClient
{
    private const string WebhookRoute = "service/notifications/webhook";

    /// <summary>
    /// Registers a webhook for one event (developers.zuper.co, Add Webhook). Registering it twice has each event told
    /// twice, which does no harm.
    /// </summary>
    /// <exception cref="ZuperException">The call failed.</exception>
    public Task AddWebhookAsync(
        ZuperAccount account,
        ZuperEvent told,
        Uri address,
        string secret,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(account);
        var body = new JsonObject
        {
            ["web_hook"] = new JsonObject
            {
                ["webhook_name"] = $"IntacctSync {told.Name}",
                ["webhook_module"] = told.Module,
                ["webhook_event"] = told.Name,
                ["request_method"] = "POST",
                ["content_type"] = "application/json",
                ["webhook_url"] = address.AbsoluteUri,
                ["headers"] = new JsonObject { ["x-hook-secret"] = secret },
            },
        };
        return SendAsync(
            new ZuperCall(HttpMethod.Post, WebhookRoute, Root(account, WebhookRoute))
            {
                Account = account,
                Priority = RequestPriority.Live,
                Writes = true,
                Body = body,
            },
            cancellationToken
        );
    }

    /// <summary>Removes a webhook.</summary>
    /// <remarks>The route is not documented; it is the usual one of the module.</remarks>
    /// <exception cref="ZuperException">The call failed.</exception>
    public Task RemoveWebhookAsync(ZuperAccount account, string uid, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        return SendAsync(
            new ZuperCall(
                HttpMethod.Delete,
                WebhookRoute + "/{uid}",
                Root(account, $"{WebhookRoute}/{Uri.EscapeDataString(uid)}")
            )
            {
                Account = account,
                Priority = RequestPriority.Live,
                Writes = true,
            },
            cancellationToken
        );
    }

    private static Uri Root(ZuperAccount account, string path) =>
        new($"{account.ApiRoot.AbsoluteUri.TrimEnd('/')}/{path}", UriKind.Absolute);
}
