using IntacctSync.Core.Connections.Document;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Connections;

/// <summary>Adds what keeps connections.</summary>
internal static class ConnectionsRegistration
{
    public static IServiceCollection AddStoredConnections(this IServiceCollection services) =>
        services
            .AddSingleton<ConnectionStore>()
            .AddSingleton<ConnectionSecrets>()
            .AddSingleton<SharedAccounts>()
            .AddSingleton<ConnectionPut>()
            .AddSingleton<ConnectionTimeline>()
            .AddSingleton<ConnectionRules>()
            .AddSingleton<UserTimes>();
}
