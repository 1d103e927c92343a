using IntacctSync.Web;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Functions.Triggers;

/// <summary>
/// The HTTP API as one delegate that is built once, so that calls are routed by the same code as in the other host.
/// </summary>
public sealed class HttpApi
{
    private readonly RequestDelegate _serve;

    public HttpApi(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseAnswerHeaders();
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapIntacctSync());
        _serve = app.Build();
    }

    /// <summary>Answers a call that a trigger has brought; a call that is none of the API's is answered 404.</summary>
    public async Task<IResult> ServeAsync(HttpContext http)
    {
        // The trigger's own route has matched already, and routing skips a request that has an endpoint.
        http.SetEndpoint(null);
        http.Request.RouteValues = [];
        await _serve(http);
        return Results.Empty;
    }
}
