using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Flows;

/// <summary>Adds what the flows of every app are made with; each app adds its flows itself.</summary>
internal static class FlowsRegistration
{
    public static IServiceCollection AddFlows(this IServiceCollection services) =>
        services
            .AddSettings<WritingOptions, WritingOptionsValidator>()
            .Services.AddPlain<WritingOptions>()
            .AddSingleton<CounterpartLinks>()
            .AddSingleton<Counterparts>()
            .AddSingleton<IntacctWriter>()
            .AddSingleton<AppWriter>()
            .AddSingleton<IntentSettler>()
            .AddSingleton<RequestSizer>();
}
