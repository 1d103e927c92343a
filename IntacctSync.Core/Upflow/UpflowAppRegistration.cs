using IntacctSync.Core.Apps;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Comparing;
using IntacctSync.Core.Upflow.CreditNotes;
using IntacctSync.Core.Upflow.Customers;
using IntacctSync.Core.Upflow.CustomFields;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Core.Upflow.Payments;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Standings;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Upflow;

/// <summary>Adds Upflow: its client, its feeds and its flows, parents before what refers to them.</summary>
internal static class UpflowAppRegistration
{
    public static IServiceCollection AddUpflow(this IServiceCollection services) =>
        services
            .AddUpflowClient()
            .AddSingleton<IApp, UpflowApp>()
            .AddSingleton<UpflowChoices>()
            .AddSingleton<UpflowAccounts>()
            .AddSingleton<UpflowFieldCatalog>()
            .AddSingleton<HandLinks>()
            .AddComparisons()
            .AddSingleton<GoneCounterparts>()
            .AddSingleton<KnownRecords>()
            .AddSingleton<ShownRecords>()
            .AddSingleton<TakenIds>()
            .AddCustomers()
            .AddInvoices()
            .AddStandings()
            .AddCreditNotes()
            .AddPayments()
            .AddReceipts();

    private static IServiceCollection AddComparisons(this IServiceCollection services) =>
        services
            .AddSingleton<UpflowComparisons>()
            .AddSingleton<OpenPayments>()
            .AddSingleton<OpenDocuments>()
            .AddSingleton<BookedPayments>();

    private static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services
            .AddSingleton<IRecordFlow, UpflowCustomerFlow>()
            .AddSingleton<CustomerReader>()
            .AddSingleton<CustomerAncestors>()
            .AddSingleton<CustomerParents>()
            .AddSingleton<CustomersOfContacts>()
            .AddSingleton<CustomerWrites>()
            .AddSingleton<EmailHolders>();

    private static IServiceCollection AddInvoices(this IServiceCollection services) =>
        services
            .AddSingleton<IRecordFlow, UpflowInvoiceFlow>()
            .AddSingleton<ReceivableReader>()
            .AddSingleton<NetAmounts>()
            .AddSingleton<ReplacedInvoices>()
            .AddSingleton<ShownInvoices>()
            .AddSingleton<UpflowInvoiceWrites>()
            .AddSingleton<InvoiceContents>()
            .AddSingleton<PdfCircuit>()
            .AddSingleton<InvoicePdfs>();

    private static IServiceCollection AddStandings(this IServiceCollection services) =>
        services
            .AddSingleton<StandingChanges>()
            .AddSingleton<StandingLookup>()
            .AddSingleton<StandingWriter>()
            .AddSingleton<LostLinks>()
            .AddSingleton<EarlierPaymentPages>()
            .AddSingleton<ShownStandings>()
            .AddSingleton<RoomWaits>();

    private static IServiceCollection AddCreditNotes(this IServiceCollection services) =>
        services.AddSingleton<IRecordFlow, CreditNoteFlow>().AddSingleton<CreditReader>();

    private static IServiceCollection AddPayments(this IServiceCollection services) =>
        services
            .AddSingleton<IRecordFlow, PaymentFlow>()
            .AddSingleton<AppliedMoney>()
            .AddSingleton<PaymentReader>()
            .AddSingleton<PaymentOriginals>();

    private static IServiceCollection AddReceipts(this IServiceCollection services) =>
        services
            .AddSingleton<IRecordFlow, ReceiptFlow>()
            .AddSingleton<ReceiptLists>()
            .AddSingleton<ReceiptReader>()
            .AddSingleton<MissingReceipts>()
            .AddSingleton<PostedReader>()
            .AddSingleton<TakenLists>()
            .AddSingleton<TakenPayments>()
            .AddSingleton<OpenInvoices>()
            .AddSingleton<ReceiptAdoption>()
            .AddSingleton<EnteredReceipts>()
            .AddSingleton<ReceiptFeed>()
            .AddSingleton<PostedReceipts>();
}
