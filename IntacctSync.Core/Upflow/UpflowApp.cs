using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Customers;
using IntacctSync.Core.Upflow.Doctor;

namespace IntacctSync.Core.Upflow;

/// <summary>Upflow, as the general code sees it.</summary>
internal sealed class UpflowApp(
    UpflowAccounts accounts,
    UpflowClient client,
    CustomersOfContacts customersOfContacts,
    IntacctLists lists,
    IntacctSweep sweep
) : IApp
{
    public IAppProfile Profile => UpflowProfile.Instance;

    public IReadOnlyList<IChangeFeed> Feeds { get; } =
    [
        new IntacctChangeFeed(
            UpflowFlows.Customers,
            [UpflowFeeds.Customers, UpflowFeeds.Contacts(customersOfContacts.FindAsync)],
            lists,
            sweep
        ),
        new IntacctChangeFeed(UpflowFlows.Invoices, [UpflowFeeds.Invoices, UpflowFeeds.DebitMemos], lists, sweep),
        new IntacctChangeFeed(
            UpflowFlows.CreditNotes,
            [UpflowFeeds.NegativeInvoices, UpflowFeeds.CreditMemos],
            lists,
            sweep
        ),
        new IntacctChangeFeed(
            UpflowFlows.Payments,
            [IntacctFeed.Payments, UpflowFeeds.Advances, IntacctFeed.Applications],
            lists,
            sweep
        ),
    ];

    public async Task<AppAccount> GetAccountAsync(Connection connection, CancellationToken cancellationToken) =>
        await accounts.GetAsync(connection, cancellationToken);

    public Task ProbeAsync(AppAccount account, CancellationToken cancellationToken) =>
        client.ProbeAsync((UpflowAccount)account, cancellationToken);

    /// <remarks>No call of Upflow is known that names the organisation.</remarks>
    public Task<string?> IdentityAsync(AppAccount account, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    public Failure? FailureOfProbe(Exception exception) =>
        exception is UpflowException refused ? UpflowFailures.OfProbe(refused) : null;

    public AppChecks Checks(Connection connection) =>
        new([], new UpflowChecks(accounts, client).Of(connection), UpflowChecks.Key, []);

    /// <remarks>Upflow sends no webhooks.</remarks>
    public WebhookHint ReadWebhook(ReadOnlySpan<byte> body) => new WebhookHint.NotOurs("none");

    public Task<string?> LinkRefusalAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        string targetId,
        ConnectionAccessSource access,
        CancellationToken cancellationToken
    ) => Task.FromResult<string?>(null);

    public Task AfterBatchAsync(EndedBatch batch, CancellationToken cancellationToken) => Task.CompletedTask;
}
