using IntacctSync.Core.Apps.Checks;
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

    /// <summary>Puts together with what a connection's account is called.</summary>
    /// <exception cref="SecretMissingException">A secret that is required has no value.</exception>
    /// <exception cref="Exception">The app's own: what had to be looked up was refused.</exception>
    Task<AppAccount> GetAccountAsync(Connection connection, CancellationToken cancellationToken);

    /// <summary>Makes a call that any key of the account may make; returns when the key is accepted.</summary>
    /// <exception cref="Exception">The app's own: what <see cref="FailureOfProbe"/> tells.</exception>
    Task ProbeAsync(AppAccount account, CancellationToken cancellationToken);

    /// <summary>
    /// Which account it is, as the app itself says: the same for every key of the account, and of no other account. It
    /// may be shown to people.
    /// </summary>
    /// <returns>Null where the app does not tell. Nothing is concluded from that.</returns>
    /// <exception cref="Exception">The app's own: what <see cref="FailureOfProbe"/> tells.</exception>
    Task<string?> IdentityAsync(AppAccount account, CancellationToken cancellationToken);

    /// <summary>
    /// What it means that a probe, or making an account, was refused: where that is refused, everything is.
    /// </summary>
    /// <returns>Null for an exception that is not the app's own.</returns>
    Failure? FailureOfProbe(Exception exception);

    /// <summary>What the doctor looks at, for a connection as it is.</summary>
    AppChecks Checks(Connection connection);

    /// <summary>Reads the body of a webhook whose sender is known. Pure.</summary>
    WebhookHint ReadWebhook(ReadOnlySpan<byte> body);

    /// <summary>Why a person's link may not be taken; null when it may.</summary>
    /// <param name="connection">Whose record.</param>
    /// <param name="flow">Its flow.</param>
    /// <param name="sourceId">Its id at the source.</param>
    /// <param name="targetId">What the person says is its counterpart.</param>
    /// <param name="access">Gives what the two systems are called with, if they are looked at.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    Task<string?> LinkRefusalAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        string targetId,
        ConnectionAccessSource access,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Looks after what waits for the records of a batch, once its flow has ended. Must be safe to repeat: a delivery
    /// that is repeated after a crash makes good what the crash cut off.
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
