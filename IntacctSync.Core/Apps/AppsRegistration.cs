using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Apps;

/// <summary>Adds what finds a connection's app; the apps add themselves.</summary>
internal static class AppsRegistration
{
    public static IServiceCollection AddApps(this IServiceCollection services) =>
        services.AddSingleton<AppCatalog>().AddSingleton<ConnectionAccessSource>();
}
