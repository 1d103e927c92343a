using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Detection.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Detection;

/// <summary>Adds what puts envelopes on the queue: a webhook, a sweep, a backfill, a person.</summary>
internal static class DetectionRegistration
{
    public static IServiceCollection AddDetection(this IServiceCollection services) =>
        services
            .AddSingleton<WebhooksInHand>()
            .AddSingleton<WebhookReceiver>()
            .AddSingleton<WebhookRefusals>()
            .AddSingleton<AcceptedWebhooks>()
            .AddSingleton<Poller>()
            .AddSingleton<PersonRequests>()
            .AddSingleton<ShadowCatchUp>()
            .AddSingleton<ChunkSizer>()
            .AddSingleton<Backfill>()
            .AddSingleton<FeedOutput>()
            .AddSingleton<IntacctLists>()
            .AddSingleton<ListReadings>()
            .AddSingleton<SharedReadings>()
            .AddSingleton<IntacctSweep>()
            .AddSingleton<IntacctDeletions>();
}
