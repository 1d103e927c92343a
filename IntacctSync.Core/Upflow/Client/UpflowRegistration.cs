using System.Net;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IntacctSync.Core.Upflow.Client;

/// <summary>Adds the Upflow client.</summary>
public static class UpflowRegistration
{
    public static IServiceCollection AddUpflowClient(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSettings<UpflowOptions, UpflowOptionsValidator>();
        services.TryAddSingleton<RequestBudgets>();
        services.TryAddSingleton<RemotePipelines>();
        services.TryAddSingleton<UpflowClient>();
        services
            .AddHttpClient(UpflowClient.HttpClientName)
            .ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler(static (handler, _) => Configure(handler))
            .RemoveAllLoggers();
        return services;
    }

    /// <summary>
    /// A redirect could lead to a host that is not allowed, a cookie could tie calls of two accounts together.
    /// </summary>
    private static void Configure(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate;
        handler.ConnectTimeout = TimeSpan.FromSeconds(15);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
    }
}
