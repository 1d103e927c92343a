using Azure.Messaging.ServiceBus;
using IntacctSync.Core;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Secrets.KeyVault;
using IntacctSync.Core.Storage.AzureTables;
using IntacctSync.Functions.Broker;
using IntacctSync.Web.Health;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Functions;

/// <summary>Adds what the pipeline needs from its host: tables, secrets and the queue of Azure.</summary>
internal static class AzureRegistration
{
    public static IServiceCollection AddAzure(this IServiceCollection services, AzureSettings settings)
    {
        services.AddAzureTable(settings.Tables!);
        services.AddSingleton<ISecretStore>(p =>
            KeyVaultSecretStore.At(settings.Vault!, AzureIdentity.Credential, p.GetRequiredService<TimeProvider>())
        );

        // Made by factories, so that the container closes them when the host stops.
        services.AddSingleton(_ => ServiceBusClients.Of(settings));
        services.AddSingleton(p => p.GetRequiredService<ServiceBusClient>().CreateSender(ServiceBusNames.Queue));
        services.AddSingleton<ServiceBusEnvelopeQueue>();
        services.AddSingleton<IEnvelopeQueue>(p => p.GetRequiredService<ServiceBusEnvelopeQueue>());
        return services.AddSingleton<IReadinessCheck, ServiceBusReadiness>();
    }
}
