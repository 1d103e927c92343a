using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Apps.Choices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection.Intacct;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Comparing;
using IntacctSync.Core.Zuper.Detection;
using IntacctSync.Core.Zuper.Doctor;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Core.Zuper.Payments;
using IntacctSync.Core.Zuper.Webhooks;

namespace IntacctSync.Core.Zuper;

/// <summary>Zuper, as the general code sees it.</summary>
internal sealed class ZuperApp(
    ZuperAccounts accounts,
    ZuperClient client,
    ZuperLists lists,
    ZuperSweep sweep,
    IntacctLists intacctLists,
    IntacctSweep intacctSweep,
    InvoiceLinkCheck invoices,
    ZuperComparisons comparisons,
    ZuperWebhookRegistry webhooks,
    ZuperChoices choices,
    ZuperWebhookCheck webhookCheck,
    WaitingPayments payments,
    EarlierPaymentPages earlier,
    KnownRecords known
) : IApp
{
    public IAppProfile Profile => ZuperProfile.Instance;

    public IReadOnlyList<IChangeFeed> Feeds { get; } =
    [
        new ZuperChangeFeed(ZuperFlows.Organizations, lists, sweep),
        new ZuperChangeFeed(ZuperFlows.Customers, lists, sweep),
        new ZuperChangeFeed(ZuperFlows.Invoices, lists, sweep),
        new IntacctChangeFeed(ZuperFlows.Products, [IntacctFeed.Items], intacctLists, intacctSweep),
        new IntacctChangeFeed(
            ZuperFlows.Payments,
            [IntacctFeed.Payments, IntacctFeed.Applications],
            intacctLists,
            intacctSweep
        )
        {
            Earlier = earlier,
        },
    ];

    public async Task<AppAccount> GetAccountAsync(Connection connection, CancellationToken cancellationToken) =>
        await accounts.GetAsync(connection, cancellationToken);

    public Task ProbeAsync(AppAccount account, CancellationToken cancellationToken) =>
        client.ProbeAsync((ZuperAccount)account, cancellationToken);

    public Task<string?> IdentityAsync(AppAccount account, CancellationToken cancellationToken) =>
        client.FindCompanyUidAsync((ZuperAccount)account, cancellationToken);

    public string? KeyNameOf(AppAccount account) => ((ZuperAccount)account).BudgetKey;

    public Task<bool> ShowsLinkedAsync(
        Connection connection,
        AppAccount account,
        CancellationToken cancellationToken
    ) => known.AreShownAsync(connection, (ZuperAccount)account, cancellationToken);

    public Failure? FailureOfProbe(Exception exception) =>
        exception is ZuperException refused ? ZuperFailures.OfProbe(refused) : null;

    public AppChecks Checks(Connection connection) =>
        new(
            FlowSettingsChecks.Of(connection.Zuper()),
            new ZuperChecks(accounts, client, webhookCheck).Of(connection),
            ZuperCheckNames.Key,
            BookCheck.Of(connection.Zuper())
        );

    public IReadOnlyList<RoleNeed> Role(ConnectionSettings settings) => ZuperRole.For(settings.Zuper());

    public IReadOnlyDictionary<string, string> PermissionOf => ZuperPermissions.ByObject;

    public IReadOnlyList<IFlowComparison> Comparisons => comparisons.All;

    public RecordPlaces PlacesOf(Connection connection, KeyMapEntry entry, KeyMapEntry? party) =>
        ZuperPages.Of(entry, connection.Zuper().Invoice.Document);

    public IReadOnlyList<ChoiceList> Choices => choices.All;

    public IWebhookRegistry Webhooks => webhooks;

    public WebhookHint ReadWebhook(ReadOnlySpan<byte> body) => ZuperWebhookBody.Read(body);

    public string? WhyNoLinks(FlowName flow) =>
        flow == ZuperFlows.Payments
            ? "A payment is recorded on the invoices that it pays, and found there by its reference: link those "
                + "invoices, then retry the payment."
            : null;

    public async Task<LinkCheck?> CheckLinkAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        string targetId,
        ConnectionAccessSource access,
        CancellationToken cancellationToken
    ) =>
        flow == ZuperFlows.Invoices
            ? await invoices.CheckAsync(connection, sourceId, targetId, access, cancellationToken)
            : null;

    public Task AfterBatchAsync(EndedBatch batch, CancellationToken cancellationToken) =>
        batch.Flow == ZuperFlows.Invoices
            ? payments.SendForAsync(batch.Connection, batch.Before, batch.Repeated, cancellationToken)
            : Task.CompletedTask;
}
