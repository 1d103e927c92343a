using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Waiting;

/// <summary>Adds what sends for the records that wait for another one.</summary>
internal static class WaitingRegistration
{
    public static IServiceCollection AddWaiting(this IServiceCollection services) =>
        services
            .AddSingleton<ParentFlows>()
            .AddSingleton<ParentGate>()
            .AddSingleton<WaitingChildren>()
            .AddSingleton<ReleasedChildren>();
}
