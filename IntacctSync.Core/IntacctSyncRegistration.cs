using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Upflow;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper;
using IntacctSync.Core.Zuper.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IntacctSync.Core;

/// <summary>The road, in its order. The apps are named here and nowhere else.</summary>
public static class IntacctSyncRegistration
{
    /// <summary>The apps that Intacct can be kept equal with.</summary>
    public static AppProfiles Apps { get; } = new(ZuperProfile.Instance, UpflowProfile.Instance);

    /// <summary>The configuration keys that say when feeds are due.</summary>
    public static IReadOnlyList<string> Timers { get; } = Apps.Timers;

    /// <summary>The configuration keys of the apps.</summary>
    internal static IReadOnlyList<string> AppKeys { get; } =
    [
        ZuperOptions.AccountsEndpointKey,
        ZuperOptions.TimeoutKey,
        UpflowOptions.EndpointKey,
        ZuperOptions.AllowedHostsKey,
        .. Timers,
    ];

    /// <summary>
    /// Adds the pipeline, each part with its settings. The host supplies where it stores (<see
    /// cref="Storage.ITable"/>), what it queues in (<see cref="Envelopes.IEnvelopeQueue"/>) and where its secrets are
    /// (<see cref="Secrets.ISecretStore"/>).
    /// </summary>
    public static IServiceCollection AddIntacctSync(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, GuidIdSource>();
        services.AddSingleton(Apps);
        services.AddSingleton<NotedTimes>();
        return services
            // A change is noticed, and an envelope put on the queue.
            .AddDetection()
            // The envelopes of a company are gathered and worked off, parents before what waits for them.
            .AddPipeline()
            .AddWaiting()
            // A flow reads its records, maps them and writes each once.
            .AddFlows()
            // The systems on both sides.
            .AddApps()
            .AddZuper()
            .AddUpflow()
            .AddIntacct()
            // What is known afterwards, and who is told.
            .AddKeyMap()
            .AddRuns()
            .AddStoredConnections()
            .AddNotifications()
            // A person asks whether a connection would work.
            .AddDoctor()
            // A person asks what would be done, and whether both sides are equal.
            .AddReview()
            .AddRehearsal();
    }
}
