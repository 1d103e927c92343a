using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Triggers;

/// <summary>
/// Everything that comes by HTTP, whatever its path and method: webhooks, operations, health and pages. Each of them
/// asks for its own proof, so the trigger asks for none.
/// </summary>
public sealed class ApiFunction(HttpApi api)
{
    [Function("Api")]
    public Task<IResult> RunAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "get",
            "head",
            "post",
            "put",
            "patch",
            "delete",
            "options",
            Route = "{*path}"
        )]
            HttpRequest request
    ) => api.ServeAsync(request.HttpContext);
}
