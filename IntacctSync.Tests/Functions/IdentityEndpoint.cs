using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Functions;

/// <summary>The endpoint at which an app in Azure gets the tokens of its managed identity, over loopback.</summary>
/// <remarks>Source: learn.microsoft.com, App Service: use managed identities, REST endpoint reference.</remarks>
internal sealed class IdentityEndpoint : IAsyncDisposable
{
    public const string Header = "canary-identity-header";

    private readonly WebApplication _app;

    private IdentityEndpoint(WebApplication app) => _app = app;

    /// <summary>For what, and as whom, tokens were asked for.</summary>
    public List<(string Resource, string Client)> Asked { get; } = [];

    public string Address =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
        + "/msi/token";

    public static async Task<IdentityEndpoint> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var endpoint = new IdentityEndpoint(app);
        app.MapGet("/msi/token", endpoint.Answer);
        await app.StartAsync(CancellationToken.None);
        return endpoint;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Answer(HttpRequest request)
    {
        var query = request.Query;
        if (request.Headers["X-IDENTITY-HEADER"] != Header || query["api-version"] != "2019-08-01")
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        Asked.Add((query["resource"].ToString(), query["client_id"].ToString()));
        return Results.Json(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["access_token"] = "stub-of-identity",
                ["expires_on"] = "4102444800",
                ["resource"] = query["resource"].ToString(),
                ["token_type"] = "Bearer",
                ["client_id"] = query["client_id"].ToString(),
            }
        );
    }
}
