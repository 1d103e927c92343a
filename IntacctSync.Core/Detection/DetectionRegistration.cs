using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Detection;

/// <summary>Adds what puts envelopes on the queue: a webhook, a sweep, a backfill, a person.</summary>
internal static class DetectionRegistration
{
    public static IServiceCollection AddDetection(this IServiceCollection services) =>
        services
            .AddSettings<PollingOptions, PollingOptionsValidator>()
            .Configure<IServiceProvider>((o, p) => o.ReadTimes(p.GetService<IConfiguration>()))
            .Services.AddPlain<PollingOptions>()
            .AddSingleton<WebhooksInHand>()
            .AddSingleton<NotedWebhooks>()
            .AddSingleton<WebhookSecrets>()
            .AddSingleton<WebhookReceiver>()
            .AddSingleton<WebhookRefusals>()
            .AddSingleton<IPurgeable>(p => p.GetRequiredService<WebhookRefusals>())
            .AddSingleton<AcceptedWebhooks>()
            .AddSingleton<Poller>()
            .AddSingleton<PersonRequests>()
            .AddSingleton<KnownSources>()
            .AddSingleton<ShadowCatchUp>()
            .AddSingleton<FlowCatchUp>()
            .AddSingleton<ChunkSizer>()
            .AddSingleton<Backfill>()
            .AddSingleton<FeedOutput>()
            .AddSingleton<IntacctLists>()
            .AddSingleton<ListReadings>()
            .AddSingleton<SharedReadings>()
            .AddSingleton<IntacctSweep>()
            .AddSingleton<DeletedRecords>()
            .AddSingleton<IntacctDeletions>();
}
