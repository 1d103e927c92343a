using IntacctSync.Core.Domain;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>Puts the table in Azure together.</summary>
public static class AzureTableRegistration
{
    /// <summary>The named client of <see cref="IHttpClientFactory"/> that goes to Azure Tables.</summary>
    public const string HttpClientName = "azure-tables";

    /// <summary>As many connections as Azure's own clients open to one host.</summary>
    private const int MaxConnections = 50;

    /// <summary>Adds <see cref="ITable"/> as a table of this account.</summary>
    public static IServiceCollection AddAzureTable(this IServiceCollection services, TableAccount account)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, GuidIdSource>();

        // The pipeline of Azure's client ends tries by its own clock. It keeps its handler for good: connections are
        // renewed instead.
        services
            .AddHttpClient(HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(Handler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services.AddSingleton<ITable>(p => new AzureTable(
            account,
            p.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName),
            p.GetRequiredService<IIdSource>()
        ));
    }

    /// <summary>Follows no redirect, since it could carry a signature elsewhere, and keeps no cookies.</summary>
    private static SocketsHttpHandler Handler() =>
        new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = MaxConnections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
}
