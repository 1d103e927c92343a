using IntacctSync.Core.Apps;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Upflow;

/// <summary>Adds Upflow: its client, its feeds and its flows, parents before what refers to them.</summary>
internal static class UpflowAppRegistration
{
    public static IServiceCollection AddUpflow(this IServiceCollection services) =>
        services.AddUpflowClient().AddSingleton<IApp, UpflowApp>().AddSingleton<UpflowAccounts>().AddCustomers();

    private static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services.AddSingleton<CustomersOfContacts>();
}
