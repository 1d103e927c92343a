using System.Net;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IntacctSync.Core.Intacct;

/// <summary>Puts the Intacct client together.</summary>
public static class IntacctRegistration
{
    /// <summary>The named client of <see cref="IHttpClientFactory"/> that goes to Intacct.</summary>
    public const string HttpClientName = "intacct";

    /// <summary>Adds Intacct: its client, and the count of what was asked of it.</summary>
    public static IServiceCollection AddIntacct(this IServiceCollection services) =>
        services.AddIntacctClient().AddSingleton<TransactionTally>();

    /// <summary>
    /// Adds <see cref="IntacctClient"/>, with its settings, checked at the host's start.
    /// </summary>
    public static IServiceCollection AddIntacctClient(this IServiceCollection services)
    {
        services.AddSettings<IntacctOptions, IntacctOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, GuidIdSource>();
        services.TryAddSingleton<RemotePipelines>();
        services.TryAddSingleton<IntacctClient>();
        // The client writes its own log lines, ends requests by the pipelines, and keeps handlers for good: connections
        // are renewed instead.
        services
            .AddHttpClient(HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(Handler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }

    /// <summary>Follows no redirect, since it could carry passwords elsewhere, and keeps no cookies.</summary>
    private static SocketsHttpHandler Handler() =>
        new()
        {
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(30),
        };
}
