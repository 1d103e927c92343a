using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Waiting;

/// <summary>Adds what puts waiting records on the queue.</summary>
internal static class WaitingRegistration
{
    public static IServiceCollection AddWaiting(this IServiceCollection services) =>
        services
            .AddSingleton<ParentFlows>()
            .AddSingleton<ParentGate>()
            .AddSingleton<WaitingChildren>()
            .AddSingleton<ReleasedChildren>()
            .AddSingleton<NamedWaits>();
}
