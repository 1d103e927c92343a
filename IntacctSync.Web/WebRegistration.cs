using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using IntacctSync.Web.Console;
using IntacctSync.Web.Description;
using IntacctSync.Web.Health;
using IntacctSync.Web.Operations;
using IntacctSync.Web.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Web;

/// <summary>Puts the HTTP API together, once for every host.</summary>
public static class WebRegistration
{
    /// <summary>
    /// Adds what <see cref="IntacctSyncEndpoints.MapIntacctSync"/> serves, beside <c>AddIntacctSync</c>. The store is
    /// among the readiness checks; a host adds its queue's as a further <see cref="IReadinessCheck"/>.
    /// </summary>
    public static IServiceCollection AddIntacctSyncWeb(this IServiceCollection services, OperationsAccess access)
    {
        services.AddRouting();
        services.AddDescription();
        services
            .AddSingleton(access)
            .AddSingleton<Origins>()
            .AddSingleton<OperationsGate>()
            .AddSingleton<WrongKeys>()
            .AddSingleton<Audit>()
            .AddSingleton<AddressLimit>()
            .AddSingleton<FailureFilter>();
        services
            .AddSingleton<ConnectionEndpoints>()
            .AddSingleton<SameAccounts>()
            .AddSingleton<RunEndpoints>()
            .AddSingleton<StatusEndpoints>()
            .AddSingleton<BudgetEndpoints>()
            .AddSingleton<ChoiceEndpoints>()
            .AddSingleton<ReviewEndpoints>()
            .AddSingleton<ReportEndpoints>()
            .AddSingleton<WebhookListEndpoints>()
            .AddSingleton<RecordEndpoints>();
        services.AddSingleton<RecordCounting>().AddSingleton<RecordListing>();
        services.AddSingleton<WebhookEndpoints>();
        services.AddConsole();
        services
            .AddSingleton<HealthEndpoints>()
            .AddSingleton<IReadinessCheck, StoreReadiness>()
            .AddSingleton<IReadinessCheck, SecretsReadiness>();
        return services;
    }
}
