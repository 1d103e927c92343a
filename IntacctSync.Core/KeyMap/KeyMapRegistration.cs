using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.KeyMap;

/// <summary>Adds what remembers each record.</summary>
internal static class KeyMapRegistration
{
    public static IServiceCollection AddKeyMap(this IServiceCollection services) =>
        services
            .AddSingleton<KeyMapStore>()
            .AddSingleton<RecordQuery>()
            .AddSingleton<RecordCauses>()
            .AddSingleton<PartyNames>()
            .AddSingleton<Installation>();
}
