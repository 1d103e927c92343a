using IntacctSync.Core.Connections;
using IntacctSync.Core.Cursors;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Doctor;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Flows.Writing;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Pipeline;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Customers;
using IntacctSync.Core.Zuper.Detection;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Invoices.Books;
using IntacctSync.Core.Zuper.Organizations;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Core.Zuper.Products;
using IntacctSync.Core.Zuper.SageIds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IntacctSync.Core;

/// <summary>The road, in its order.</summary>
public static class IntacctSyncRegistration
{
    /// <summary>
    /// Adds the pipeline. The host supplies where it stores (<see cref="Storage.ITable"/>), what it queues in
    /// (<see cref="Envelopes.IEnvelopeQueue"/>) and where its secrets are (<see cref="Secrets.ISecretStore"/>).
    /// </summary>
    public static IServiceCollection AddIntacctSync(this IServiceCollection services, IntacctSyncOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, GuidIdSource>();
        services.AddSingleton<NotedTimes>();
        services
            .AddSingleton(options.Leases)
            .AddSingleton(options.Writing)
            .AddSingleton(options.Polling)
            .AddSingleton(options.Email);

        // Detect: a webhook, a sweep, a backfill or a person puts envelopes on the queue.
        services
            .AddSingleton<WebhookReceiver>()
            .AddSingleton<Poller>()
            .AddSingleton<PersonRequests>()
            .AddSingleton<WaitingChildren>()
            .AddSingleton<ShadowCatchUp>();
        services
            .AddSingleton<ZuperLists>()
            .AddSingleton<ZuperSweep>()
            .AddSingleton<IntacctLists>()
            .AddSingleton<IntacctSweep>()
            .AddSingleton<IntacctDeletions>();
        services.AddSingleton<FeedOutput>().AddSingleton<Backfill>();

        // Pipeline: the gate gathers what a session delivers, the runner works it off.
        services.AddSingleton<SessionGate>().AddSingleton<FlowRunner>();
        services
            .AddSingleton<ConnectionGuard>()
            .AddSingleton<RecordStage>()
            .AddSingleton<ReleasedChildren>()
            .AddSingleton<FailureReport>()
            .AddSingleton<DetectionStage>()
            .AddSingleton<RunCounter>()
            .AddSingleton<DeadLetters>()
            .AddSingleton<RecordGauges>();

        // Flows: read, map, write once, write back.
        services.AddSingleton<IRecordFlow, OrganizationFlow>();
        services
            .AddSingleton<OrganizationReader>()
            .AddSingleton<OrganizationPlanner>()
            .AddSingleton<CustomerMatcher>()
            .AddSingleton<CustomerLookup>();
        services.AddSingleton<IRecordFlow, CustomerFlow>();
        services
            .AddSingleton<CustomerParents>()
            .AddSingleton<ContactMatcher>()
            .AddSingleton<ContactLookup>()
            .AddSingleton<ContactAttacher>();
        services.AddSingleton<CounterpartLinks>();
        services.AddSingleton<IRecordFlow, InvoiceFlow>();
        services.AddSingleton<InvoiceBooks>().AddSingleton<ReceivableBook>().AddSingleton<OrderEntryBook>();
        services
            .AddSingleton<InvoiceContexts>()
            .AddSingleton<InvoiceCustomers>()
            .AddSingleton<InvoicePersons>()
            .AddSingleton<InvoiceItemLookup>()
            .AddSingleton<ArTermNames>();
        services.AddSingleton<InvoiceAdoption>().AddSingleton<InvoiceCreates>();
        services.AddSingleton(p => new InvoiceLinkCheck(
            p.GetRequiredService<InvoiceBooks>(),
            p.GetRequiredService<ConnectionAccessSource>(),
            p.GetRequiredService<ZuperClient>(),
            p.GetRequiredService<KeyMapStore>(),
            p.GetRequiredService<CompanyLeases>(),
            p.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<IRecordFlow, ProductFlow>().AddSingleton<ItemReader>().AddSingleton<ProductMatcher>();
        services
            .AddSingleton<IRecordFlow, PaymentFlow>()
            .AddSingleton<PaymentReader>()
            .AddSingleton<InvoiceLinks>()
            .AddSingleton<PaymentWriter>();
        services.AddSingleton<PaymentSender>().AddSingleton<WaitingPayments>();
        services.AddSingleton<AppWriter>();
        services
            .AddSingleton<IntacctWriter>()
            .AddSingleton<IntentSettler>()
            .AddSingleton<RequestSizer>()
            .AddSingleton<SageIdWriteBack>();
        services.AddSingleton<ParentGate>();

        // Tell: what needs a person reaches one.
        services.AddSingleton<NoticeStore>().AddSingleton<FailureMails>().AddSingleton<SmtpSender>();

        // Remember: everything over the one table.
        services.AddSingleton<KeyMapStore>().AddSingleton<RecordQuery>().AddSingleton<Installation>();
        services
            .AddSingleton<CursorStore>()
            .AddSingleton<RunStore>()
            .AddSingleton<Housekeeping>()
            .AddSingleton<CompanyLeases>()
            .AddSingleton<TransactionTally>();
        services
            .AddSingleton<ConnectionStore>()
            .AddSingleton<ConnectionSecrets>()
            .AddSingleton<ConnectionTimeline>()
            .AddSingleton<ConnectionAccessSource>();
        services.AddSingleton<ConnectionPurge>().AddSingleton<UserTimes>();

        // A person asks whether a connection would work.
        services.AddSingleton<ConnectionDoctor>();

        // The two systems.
        return services.AddIntacctClient().AddZuperClient();
    }
}
