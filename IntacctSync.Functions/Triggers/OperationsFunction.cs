using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace IntacctSync.Functions.Triggers;

/// <summary>Everything else under <c>/api</c>: operations, which ask for their own key, and health.</summary>
public sealed class OperationsFunction(HttpApi api)
{
    [Function("Operations")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "post", "delete", Route = "{*path}")]
            HttpRequest request
    ) => api.ServeAsync(request.HttpContext);
}
