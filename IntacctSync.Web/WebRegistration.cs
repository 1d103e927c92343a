using IntacctSync.Web.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Web;

/// <summary>Puts the HTTP API together, once for every host.</summary>
public static class WebRegistration
{
    /// <summary>
    /// Adds what <see cref="IntacctSyncEndpoints.MapIntacctSync"/> serves, beside <c>AddIntacctSync</c>. The store is among the readiness
    /// checks; a host adds its queue's as a further <see cref="Health.IReadinessCheck"/>.
    /// </summary>
    public static IServiceCollection AddIntacctSyncWeb(this IServiceCollection services, OperationsAccess access)
    {
        services.AddSingleton(access);
        return services;
    }
}
