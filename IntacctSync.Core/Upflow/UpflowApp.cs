using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Apps.Choices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Comparing;
using IntacctSync.Core.Upflow.Customers;
using IntacctSync.Core.Upflow.Doctor;
using IntacctSync.Core.Upflow.Receipts;
using IntacctSync.Core.Upflow.Standings;

namespace IntacctSync.Core.Upflow;

/// <summary>Upflow, as the general code sees it.</summary>
internal sealed class UpflowApp(
    UpflowAccounts accounts,
    UpflowClient client,
    CustomersOfContacts customersOfContacts,
    IntacctLists lists,
    IntacctSweep sweep,
    HandLinks links,
    UpflowComparisons comparisons,
    CustomerParents parents,
    RoomWaits room,
    PostedReceipts receipts,
    ReceiptFeed receiptFeed,
    UpflowChoices choices,
    EarlierPaymentPages earlier,
    SharedAccounts shared,
    KnownRecords known
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
            [UpflowFeeds.Payments, UpflowFeeds.Advances, IntacctFeed.Applications],
            lists,
            sweep
        )
        {
            Earlier = earlier,
        },
        receiptFeed,
    ];

    public async Task<AppAccount> GetAccountAsync(Connection connection, CancellationToken cancellationToken) =>
        await accounts.GetAsync(connection, cancellationToken);

    public Task ProbeAsync(AppAccount account, CancellationToken cancellationToken) =>
        client.ProbeAsync((UpflowAccount)account, cancellationToken);

    /// <remarks>
    /// No call of Upflow is known that names the organisation. A pair of keys belongs to one organisation
    /// (docs.upflow.io, Integrating with the Upflow API), so the key stands for it; of a new key,
    /// <see cref="IsSameAsync"/> tells more.
    /// </remarks>
    public Task<string?> IdentityAsync(AppAccount account, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(((UpflowAccount)account).Name);

    public Task<bool> IsSameAsync(Connection connection, AppAccount account, CancellationToken cancellationToken) =>
        known.AreShownAsync(connection, (UpflowAccount)account, cancellationToken);

    public TimeSpan BulkWait(AppAccount account) => client.BulkWait((UpflowAccount)account);

    public Failure? FailureOfProbe(Exception exception) =>
        exception is UpflowException refused ? UpflowFailures.OfProbe(refused) : null;

    public AppChecks Checks(Connection connection) =>
        new(
            UpflowSettingsChecks.Of(connection.Upflow()),
            new UpflowChecks(accounts, client, shared).Of(connection),
            UpflowCheckNames.Keys,
            UpflowIntacctChecks.Of(connection.Upflow())
        );

    public IReadOnlyList<RoleNeed> Role(ConnectionSettings settings) => UpflowRole.For(settings.Upflow());

    public IReadOnlyDictionary<string, string> PermissionOf => UpflowPermissions.ByObject;

    public IReadOnlyList<IFlowComparison> Comparisons => comparisons.All;

    public IReadOnlyList<ChoiceList> Choices => choices.All;

    public RecordPlaces PlacesOf(Connection connection, KeyMapEntry entry, KeyMapEntry? party) =>
        UpflowPages.Of(entry, party);

    /// <remarks>Upflow sends no webhooks.</remarks>
    public WebhookHint ReadWebhook(ReadOnlySpan<byte> body) => new WebhookHint.NotOurs("none");

    public string? WhyNoLinks(FlowName flow) =>
        flow == UpflowFlows.Payments || flow == UpflowFlows.CreditNotes
            ? "What was made in Upflow by others can't be changed from here: a link would make a second one beside "
                + "it. If it is the same, ignore this record. If it is not to be there, delete it in Upflow, then "
                + "retry this record."
            : null;

    public async Task<LinkCheck?> CheckLinkAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        string targetId,
        ConnectionAccessSource access,
        CancellationToken cancellationToken
    )
    {
        return KindOf(flow) is { } kind
            ? await links.CheckAsync(
                await accounts.GetAsync(connection, cancellationToken),
                kind,
                targetId,
                cancellationToken
            )
            : null;
    }

    private static UpflowKind? KindOf(FlowName flow) =>
        flow == UpflowFlows.Customers ? UpflowKind.Customer
        : flow == UpflowFlows.Invoices ? UpflowKind.Invoice
        : null;

    public Task AfterBatchAsync(EndedBatch batch, CancellationToken cancellationToken) =>
        batch.Flow == UpflowFlows.Customers ? parents.TellNewAsync(batch, cancellationToken)
        : batch.Flow == UpflowFlows.Receipts ? receipts.TellAsync(batch, cancellationToken)
        : room.ReleaseAsync(batch, cancellationToken);
}
