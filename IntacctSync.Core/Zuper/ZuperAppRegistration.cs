using IntacctSync.Core.Apps;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Comparing;
using IntacctSync.Core.Zuper.Customers;
using IntacctSync.Core.Zuper.CustomFields;
using IntacctSync.Core.Zuper.Detection;
using IntacctSync.Core.Zuper.Doctor;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Organizations;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Core.Zuper.Products;
using IntacctSync.Core.Zuper.SageIds;
using IntacctSync.Core.Zuper.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Zuper;

/// <summary>Adds Zuper: its client, its feeds and its flows, parents before what refers to them.</summary>
internal static class ZuperAppRegistration
{
    public static IServiceCollection AddZuper(this IServiceCollection services) =>
        services
            .AddZuperClient()
            .AddSingleton<IApp, ZuperApp>()
            .AddSingleton<ZuperAccounts>()
            .AddSingleton<KnownRecords>()
            .AddSingleton<ZuperComparisons>()
            .AddSingleton<ZuperWebhookRegistry>()
            .AddSingleton<ZuperChoices>()
            .AddSingleton<ZuperWebhookCheck>()
            .AddSingleton<ZuperLists>()
            .AddSingleton<ZuperSweep>()
            .AddSingleton<SageIdWriteBack>()
            .AddSingleton<CustomFieldCatalog>()
            .AddOrganizations()
            .AddCustomers()
            .AddInvoices()
            .AddProducts()
            .AddPayments();

    private static IServiceCollection AddOrganizations(this IServiceCollection services) =>
        services
            .AddSingleton<IRecordFlow, OrganizationFlow>()
            .AddSingleton<OrganizationReader>()
            .AddSingleton<GoneCustomers>()
            .AddSingleton<MergedCustomers>()
            .AddSingleton<OrganizationPlanner>()
            .AddSingleton<CustomerMatcher>()
            .AddSingleton<Namesakes>()
            .AddSingleton<NamesakeLists>()
            .AddSingleton<CustomerLookup>();

    private static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services
            .AddSingleton<IRecordFlow, CustomerFlow>()
            .AddSingleton<CustomerParents>()
            .AddSingleton<GoneContacts>()
            .AddSingleton<ContactMatcher>()
            .AddSingleton<ContactLookup>()
            .AddSingleton<ContactAttacher>();

    private static IServiceCollection AddInvoices(this IServiceCollection services) =>
        services
            .AddSingleton<IRecordFlow, InvoiceFlow>()
            .AddSingleton<InvoiceBooks>()
            .AddSingleton<ReceivableBook>()
            .AddSingleton<OrderEntryBook>()
            .AddSingleton<InvoiceCustomFields>()
            .AddSingleton<InvoiceContexts>()
            .AddSingleton<InvoiceCustomers>()
            .AddSingleton<InvoiceCustomerReader>()
            .AddSingleton<ContactFallback>()
            .AddSingleton<InvoiceItemLookup>()
            .AddSingleton<ArTermNames>()
            .AddSingleton<InvoiceAdoption>()
            .AddSingleton<InvoicesOfMerged>()
            .AddSingleton<ShownInvoices>()
            .AddSingleton<GoneInvoices>()
            .AddSingleton<InvoiceWrites>()
            .AddSingleton<InvoiceCreates>()
            .AddSingleton<InvoiceLinkCheck>();

    private static IServiceCollection AddProducts(this IServiceCollection services) =>
        services
            .AddSingleton<IRecordFlow, ProductFlow>()
            .AddSingleton<ItemReader>()
            .AddSingleton<GoneProducts>()
            .AddSingleton<ProductMatcher>();

    private static IServiceCollection AddPayments(this IServiceCollection services) =>
        services
            .AddSingleton<IRecordFlow, PaymentFlow>()
            .AddSingleton<WholePayments>()
            .AddSingleton<PaymentReader>()
            .AddSingleton<InvoiceLinks>()
            .AddSingleton<DocumentLinks>()
            .AddSingleton<ShownPayments>()
            .AddSingleton<PaymentWriter>()
            .AddSingleton<PaymentOriginals>()
            .AddSingleton<PaidInvoices>()
            .AddSingleton<EarlierPayments>()
            .AddSingleton<EarlierPaymentPages>()
            .AddSingleton<PaymentEnvelopes>()
            .AddSingleton<WaitingPayments>();
}
