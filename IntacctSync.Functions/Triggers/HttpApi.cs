using IntacctSync.Web;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IntacctSync.Functions.Triggers;

/// <summary>
/// All that is served by HTTP as one delegate that is built once, so that calls are routed by the same code as in the
/// other host.
/// </summary>
public sealed class HttpApi
{
    private readonly RequestDelegate _serve;

    public HttpApi(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseAnswerHeaders();
        app.UseProblemsForMissingAnswers();
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapIntacctSync());
        _serve = app.Build();
    }

    /// <summary>Answers a call that the trigger has brought; what is not served is answered 404.</summary>
    public async Task<IResult> ServeAsync(HttpContext http)
    {
        // The trigger's own route has matched already, and routing skips a request that has an endpoint.
        http.SetEndpoint(null);
        http.Request.RouteValues = [];

        // What is too long is refused by each call, with its own answer. A limit of the server would instead break the
        // connection to the Functions host, which then answers 500.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        await _serve(http);
        return Results.Empty;
    }
}
