using System.Net;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Adds the Zuper client.</summary>
public static class ZuperRegistration
{
    public static IServiceCollection AddZuperClient(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSettings<ZuperOptions, ZuperOptionsValidator>();
        services.TryAddSingleton(p => p.GetRequiredService<IOptions<ZuperOptions>>().Value.Hosts);
        services.TryAddSingleton<RequestBudgets>();
        services.TryAddSingleton<RemotePipelines>();
        services.TryAddSingleton<ZuperClient>();
        services
            .AddHttpClient(ZuperClient.HttpClientName)
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
