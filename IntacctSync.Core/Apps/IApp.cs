using System.Collections.ObjectModel;
using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Apps.Choices;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Apps;

/// <summary>
/// A system that is kept equal with Intacct, as the general code sees it. Its flows are registered beside it, each as
/// an <c>IRecordFlow</c>.
/// </summary>
public interface IApp
{
    IAppProfile Profile { get; }

    /// <summary>One for each flow.</summary>
    IReadOnlyList<IChangeFeed> Feeds { get; }

    /// <summary>Puts together what is needed to call a connection's account.</summary>
    /// <exception cref="SecretMissingException">A secret that is required has no value.</exception>
    /// <exception cref="Exception">An exception of the app's own: a call that the account needs was
    /// refused.</exception>
    Task<AppAccount> GetAccountAsync(Connection connection, CancellationToken cancellationToken);

    /// <summary>Makes a call that any key of the account may make; returns when the key is accepted.</summary>
    /// <exception cref="Exception">The app's own: what <see cref="FailureOfProbe"/> tells.</exception>
    Task ProbeAsync(AppAccount account, CancellationToken cancellationToken);

    /// <summary>
    /// Which account it is: as the app itself says, or where it does not tell, a name of the key. The same for no other
    /// account. It may be shown to people.
    /// </summary>
    /// <returns>Null where it can't be told: <see cref="ShowsLinkedAsync"/> is then asked.</returns>
    /// <exception cref="Exception">The app's own: what <see cref="FailureOfProbe"/> tells.</exception>
    Task<string?> IdentityAsync(AppAccount account, CancellationToken cancellationToken);

    /// <summary>
    /// Whether an account of another identity than the one that is kept is the same all the same: asked only for an app
    /// whose identity may differ between two keys of an account.
    /// </summary>
    /// <exception cref="Exception">The app's own: what <see cref="FailureOfProbe"/> tells.</exception>
    Task<bool> IsSameAsync(Connection connection, AppAccount account, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <summary>
    /// Names a key without showing it, so that the same key is not asked anew where its account can't be told; null for
    /// an app that always tells.
    /// </summary>
    string? KeyNameOf(AppAccount account) => null;

    /// <summary>
    /// Whether an account whose identity can't be told shows any record that is linked, or none is linked at all.
    /// </summary>
    /// <exception cref="Exception">The app's own: what <see cref="FailureOfProbe"/> tells.</exception>
    Task<bool> ShowsLinkedAsync(Connection connection, AppAccount account, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    /// <summary>
    /// The failure that a refused probe, or a refused look-up of the account, stands for. Such a refusal concerns every
    /// call of the connection.
    /// </summary>
    /// <returns>Null for an exception that is not the app's own.</returns>
    Failure? FailureOfProbe(Exception exception);

    /// <summary>
    /// How long a backfill is to wait before it finds more records, as the app takes no more for now; zero for not at
    /// all. What is found too soon would only wait, and be old when its turn comes.
    /// </summary>
    TimeSpan BulkWait(AppAccount account) => TimeSpan.Zero;

    /// <summary>The least that the role of Intacct's user must give for what is switched on. Pure.</summary>
    IReadOnlyList<RoleNeed> Role(ConnectionSettings settings) => [];

    /// <summary>Which permission of a role an object of Intacct is seen and written by, in upper case.</summary>
    IReadOnlyDictionary<string, string> PermissionOf => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What compares the two sides of its flows; a flow without one is not compared.</summary>
    IReadOnlyList<IFlowComparison> Comparisons => [];

    /// <summary>What the fields of its form can be chosen from, read from both systems.</summary>
    IReadOnlyList<ChoiceList> Choices => [];

    /// <summary>Its webhooks, where they can be registered by a call; null where they can't.</summary>
    IWebhookRegistry? Webhooks => null;

    /// <summary>Where people find both sides of a record. Pure.</summary>
    /// <param name="connection">Whose record.</param>
    /// <param name="entry">The record.</param>
    /// <param name="party">The record of its customer; null where none is known.</param>
    RecordPlaces PlacesOf(Connection connection, KeyMapEntry entry, KeyMapEntry? party) => RecordPlaces.None;

    /// <summary>What the doctor looks at, for a connection as it is.</summary>
    AppChecks Checks(Connection connection);

    /// <summary>Reads the body of a webhook whose sender is known. Pure.</summary>
    WebhookHint ReadWebhook(ReadOnlySpan<byte> body);

    /// <summary>
    /// Why a person can link no record of a flow, and what helps instead, in words; null where records can be linked.
    /// Pure.
    /// </summary>
    string? WhyNoLinks(FlowName flow) => null;

    /// <summary>Looks at a link that a person asks for, of a flow whose records can be linked.</summary>
    /// <param name="connection">Whose record.</param>
    /// <param name="flow">Its flow.</param>
    /// <param name="sourceId">Its id at the source.</param>
    /// <param name="targetId">What the person says is its counterpart.</param>
    /// <param name="access">Gives what is needed to call the two systems, if the app has to look.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>Null where nothing but the counterpart's being there matters.</returns>
    /// <exception cref="Exception">Anything thrown says that the two can't be looked at, and refuses the
    /// link.</exception>
    Task<LinkCheck?> CheckLinkAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        string targetId,
        ConnectionAccessSource access,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Puts on the queue what waits for the records of a batch, once its flow has ended. It must be safe to repeat,
    /// since a delivery after a crash calls it again.
    /// </summary>
    Task AfterBatchAsync(EndedBatch batch, CancellationToken cancellationToken);
}

/// <summary>Records of one flow that were worked off.</summary>
/// <param name="Connection">Whose records.</param>
/// <param name="Flow">Their flow.</param>
/// <param name="Before">Their rows before the batch.</param>
/// <param name="Repeated">The source ids of those whose events had been handled already.</param>
public sealed record EndedBatch(
    Connection Connection,
    FlowName Flow,
    IReadOnlyCollection<KeyMapEntry> Before,
    IReadOnlySet<string> Repeated
);
