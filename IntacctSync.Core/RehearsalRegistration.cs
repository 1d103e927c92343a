using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Review;
using IntacctSync.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core;

/// <summary>
/// Puts a second road together for a rehearsal, of the same parts as the real one. What it remembers is a copy that is
/// thrown away (<see cref="RehearsedTable"/>), its queue takes nothing, and its clients refuse to write.
/// </summary>
internal static class RehearsalRegistration
{
    /// <summary>
    /// The parts that both roads share: what the machine gives, and what an account's limits and sessions hang on.
    /// </summary>
    private static readonly HashSet<Type> Shared =
    [
        typeof(TimeProvider),
        typeof(IIdSource),
        typeof(AppProfiles),
        typeof(NotedTimes),
        typeof(ConnectionSecrets),
        typeof(UserTimes),
        typeof(RequestBudgets),
        typeof(Secrets.ISecretStore),
        typeof(IHttpClientFactory),
        typeof(ILoggerFactory),
    ];

    /// <param name="services">The real road, whole when a rehearsal is opened.</param>
    public static IServiceCollection AddRehearsal(this IServiceCollection services) =>
        services.AddSingleton<OpenRehearsal>(real => () => Open(services, real));

    private static RehearsedRoad Open(IServiceCollection services, IServiceProvider real)
    {
        var rehearsal = new Rehearsal();
        var second = new ServiceCollection();
        second.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        foreach (var own in services.Where(s => IsOwn(s.ServiceType)))
            ((ICollection<ServiceDescriptor>)second).Add(own);

        // They are given as finished objects: the second container disposes only of what it makes itself.
        foreach (var type in services.Select(s => SharedTypeOf(s.ServiceType)).OfType<Type>().Distinct())
            second.AddSingleton(type, real.GetRequiredService(type));
        second
            .AddSingleton(rehearsal)
            .AddSingleton<ITable>(_ => new RehearsedTable(real.GetRequiredService<ITable>()))
            .AddSingleton<IEnvelopeQueue>(new SilentQueue())
            .AddSingleton(real.GetRequiredService<IntacctClient>().Rehearsing(rehearsal))
            .AddSingleton(p => new RemotePipelines(
                p.GetRequiredService<TimeProvider>(),
                p.GetRequiredService<ILogger<RemotePipelines>>()
            )
            {
                ReadsOnly = true,
            });
        var provider = second.BuildServiceProvider();
        return new RehearsedRoad(
            provider.GetServices<IRecordFlow>(),
            provider.GetRequiredService<KeyMapStore>(),
            rehearsal,
            provider.GetRequiredService<TimeProvider>(),
            provider
        );
    }

    /// <summary>Everything of this program that is neither shared nor a setting.</summary>
    private static bool IsOwn(Type type) => IsOfCore(type) && !Shared.Contains(type) && !IsSettings(type);

    /// <summary>What is taken over from the real road for a part of it; null for nothing.</summary>
    private static Type? SharedTypeOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConfigureOptions<>)
            ? typeof(IOptions<>).MakeGenericType(type.GetGenericArguments())
        : Shared.Contains(type) || (IsOfCore(type) && IsSettings(type)) ? type
        : null;

    private static bool IsOfCore(Type type) => type.Assembly == typeof(RehearsalRegistration).Assembly;

    private static bool IsSettings(Type type) => type.Name.EndsWith("Options", StringComparison.Ordinal);

    private sealed class SilentQueue : IEnvelopeQueue
    {
        public Task<IReadOnlyList<SendOutcome>> SendAsync(
            IReadOnlyList<OutgoingEnvelope> envelopes,
            CancellationToken cancellationToken
        ) => Task.FromResult<IReadOnlyList<SendOutcome>>([.. envelopes.Select(_ => SendOutcome.Accepted)]);
    }
}
