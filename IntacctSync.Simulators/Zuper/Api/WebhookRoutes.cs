using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Simulators.Zuper.Webhooks;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>
/// Registering webhooks and looking at what was delivered, at the host's root and not under <c>/api</c>
/// (developers.zuper.co/reference/add-webhook, webhooks, get-all-webhook-history, webhook-retry,
/// activatedeactivate-webhook).
/// </summary>
internal sealed class WebhookRoutes(WebhookRegistry registry, WebhookHistory history, WebhookDispatcher dispatcher)
{
    private const string Root = "/service/notifications/webhook";

    public IEnumerable<ZuperRoute> All() =>
        [
            new("GET", Root, List),
            new("POST", Root, Create),
            new(
                "GET",
                Root + "/{uid}",
                request =>
                    ZuperAnswer.Json(new JsonObject { ["type"] = "success", ["data"] = Find(request.Uid).ToJson() })
            ),
            new("POST", Root + "/{uid}", Update),
            new("DELETE", Root + "/{uid}", Delete),
            new("POST", Root + "/{uid}/activation", Activation),
            new("POST", Root + "/{uid}/retry", Retry),
            new("GET", Root + "_history", History),
            // The reference names this address; the real service was seen to answer it with this page.
            new(
                "POST",
                "/api/webhook",
                _ => ZuperAnswer.ProxyPage(StatusCodes.Status503ServiceUnavailable, "Service Temporarily Unavailable")
            ),
        ];

    private ZuperAnswer List(ZuperRequest request)
    {
        var (module, name) = (request.Text("filter.webhook_module"), request.Text("filter.webhook_event"));
        return Page(
            request,
            [
                .. registry
                    .All.Where(w => (module is null || w.Module == module) && (name is null || w.Event == name))
                    .Select(w => w.ToJson()),
            ]
        );
    }

    private ZuperAnswer Create(ZuperRequest request)
    {
        var webhook = Read(request, null);
        registry.Put(webhook);
        return ZuperAnswer.Success("Webhook created successfully", new JsonObject { ["webhook_uid"] = webhook.Uid });
    }

    private ZuperAnswer Update(ZuperRequest request)
    {
        registry.Put(Read(request, Find(request.Uid)));
        return ZuperAnswer.Success("Webhook updated successfully");
    }

    private ZuperAnswer Delete(ZuperRequest request)
    {
        registry.Remove(Find(request.Uid).Uid);
        return ZuperAnswer.Success("Webhook deleted successfully");
    }

    private ZuperAnswer Activation(ZuperRequest request)
    {
        var webhook = Find(request.Uid);
        registry.Put(
            webhook with
            {
                IsActive = request.Object.Text("type") switch
                {
                    "ACTIVATE" => true,
                    "DEACTIVATE" => false,
                    _ => throw new ZuperRefusal(
                        StatusCodes.Status400BadRequest,
                        "Invalid Type",
                        "type must be one of ACTIVATE, DEACTIVATE"
                    ),
                },
            }
        );
        return ZuperAnswer.Success("Webhook Activation Updated");
    }

    private ZuperAnswer Retry(ZuperRequest request)
    {
        var attempt =
            history.Find(request.Uid)
            ?? throw new ZuperRefusal(
                StatusCodes.Status404NotFound,
                "Invalid Webhook History UID",
                "No Webhook History found for given UID"
            );
        dispatcher.Redeliver(attempt);
        return ZuperAnswer.Success("Webhook Retriggered");
    }

    private ZuperAnswer History(ZuperRequest request)
    {
        var wanted = request.Text("filter.response_status");
        return Page(
            request,
            [
                .. history
                    .All.Reverse()
                    .Where(a => wanted is null || (wanted == "SUCCESS") == a.Succeeded)
                    .Select(a => a.ToJson()),
            ]
        );
    }

    private static ZuperAnswer Page(ZuperRequest request, List<JsonObject> all)
    {
        var (page, count) = (request.Number("page", 1), request.Number("count", 10));
        return ZuperAnswer.Json(
            new JsonObject
            {
                ["type"] = "success",
                ["data"] = new JsonArray([.. all.Skip((int)Math.Min((page - 1L) * count, int.MaxValue)).Take(count)]),
                ["total_pages"] = (all.Count + count - 1) / count,
                ["current_page"] = page,
                ["total_records"] = all.Count,
            }
        );
    }

    private Webhook Find(string uid) =>
        registry.Find(uid)
        ?? throw new ZuperRefusal(
            StatusCodes.Status404NotFound,
            "Invalid Webhook UID",
            "No Webhook found for given UID"
        );

    private Webhook Read(ZuperRequest request, Webhook? before)
    {
        if (request.Inner("web_hook") is not { Count: > 0 } given)
            throw new ZuperRefusal(
                ZuperAnswer.Json(
                    new JsonObject { ["message"] = "Webhook details are mandatory" },
                    StatusCodes.Status400BadRequest
                )
            );
        string Required(string field, string? otherwise) =>
            given.Text(field)
            ?? otherwise
            ?? throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Invalid Webhook", $"{field} is missing");
        var url = Required("webhook_url", before?.Url.OriginalString);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                "Invalid Webhook",
                "webhook_url is not a valid URL"
            );
        return (before ?? registry.New()) with
        {
            Name = Required("webhook_name", before?.Name),
            Module = Required("webhook_module", before?.Module),
            Event = Required("webhook_event", before?.Event),
            Url = address,
            Method = given.Text("request_method") ?? before?.Method ?? "POST",
            ContentType = given.Text("content_type") ?? before?.ContentType ?? "application/json",
            Headers = given.ContainsKey("headers")
                ? given["headers"]?.ToJsonString(JsonSerializerOptions.Default)
                : before?.Headers,
        };
    }
}
