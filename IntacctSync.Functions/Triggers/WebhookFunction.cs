using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Triggers;

/// <summary>Webhooks. They authenticate themselves, so the trigger asks for no key of its own.</summary>
public sealed class WebhookFunction(HttpApi api)
{
    [Function("Webhook")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "webhooks/{id}")] HttpRequest request
    ) => api.ServeAsync(request.HttpContext);
}
