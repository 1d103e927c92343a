using IntacctSync.Core.Apps;
using IntacctSync.Core.Apps.Comparing;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Recoverability;
using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Review;

/// <summary>
/// Takes a person's word for what a record's counterpart is, once both sides were looked at. The counterpart must be
/// there, and what is stored is its own id, however the person wrote it.
/// </summary>
public sealed class RecordLinks(
    AppCatalog apps,
    ConnectionAccessSource access,
    LeasedReading turn,
    PersonRequests requests
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="connection">Whose record.</param>
    /// <param name="flow">Its flow.</param>
    /// <param name="sourceId">Its id at the source.</param>
    /// <param name="named">What the person says is its counterpart.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<LinkOutcome> LinkAsync(
        Connection connection,
        FlowName flow,
        string sourceId,
        string named,
        CancellationToken cancellationToken
    )
    {
        using var purpose = TransactionPurpose.Enter(flow.Value);
        var app = apps.Of(connection);
        if (app.WhyNoLinks(flow) is { } refusal)
            return new LinkOutcome(false, null, refusal);
        var comparison = app.Comparisons.FirstOrDefault(c => c.Flow == flow);
        try
        {
            var check =
                await app.CheckLinkAsync(connection, flow, sourceId, named, access, cancellationToken)
                ?? await FindAsync(
                    connection,
                    comparison,
                    new SyncKey(connection.Id, flow, sourceId),
                    named,
                    cancellationToken
                );
            return check.TargetId is { } targetId
                ? await requests.LinkAsync(
                    connection,
                    flow,
                    sourceId,
                    targetId,
                    owner => IsOutAsync(connection, comparison, owner, cancellationToken),
                    cancellationToken
                )
                : new LinkOutcome(false, null, check.Refusal);
        }
        catch (CompanyBusyException e)
        {
            return new LinkOutcome(false, null, e.Message);
        }
        catch (Exception e)
            when (e is IntacctException or RemoteException or SecretMissingException or UnreadableValueException)
        {
            return new LinkOutcome(false, null, $"The two can't be looked at: {Failures.Of(e).Problem.Message}");
        }
    }

    /// <summary>The counterpart by its id, as its system spells that.</summary>
    private async Task<LinkCheck> FindAsync(
        Connection connection,
        IFlowComparison? comparison,
        SyncKey key,
        string named,
        CancellationToken cancellationToken
    )
    {
        if (comparison is null)
            return LinkCheck.Fits(named);
        var found = await LookAsync(
            connection,
            scope =>
                comparison.FindTargetsAsync(
                    scope,
                    [new KeyMapEntry { Key = key, TargetId = named }],
                    cancellationToken
                ),
            cancellationToken
        );
        return found.GetValueOrDefault(key.SourceId) switch
        {
            null => LinkCheck.Refused(
                $"The other system has no record with the id '{named}': open the right one there, and copy its id."
            ),
            { Unread: { } unread } => LinkCheck.Refused($"'{named}' can't be looked at: {unread.Message}"),
            var target => LinkCheck.Fits(target.Id),
        };
    }

    /// <summary>
    /// Whether a record is deleted, cancelled or not in use at its source. What can't be looked at keeps its
    /// counterpart.
    /// </summary>
    private async Task<bool> IsOutAsync(
        Connection connection,
        IFlowComparison? comparison,
        string sourceId,
        CancellationToken cancellationToken
    )
    {
        if (comparison is null)
            return false;
        try
        {
            var source = await LookAsync(
                connection,
                scope => comparison.FindSourceAsync(scope, sourceId, cancellationToken),
                cancellationToken
            );
            return source is { IsOut: true, Unread: null };
        }
        catch (Exception e) when (e is IntacctException or RemoteException or UnreadableValueException)
        {
            return false;
        }
    }

    private async Task<T> LookAsync<T>(
        Connection connection,
        Func<ComparedScope, Task<T>> look,
        CancellationToken cancellationToken
    )
    {
        var scope = new ComparedScope(connection, await access.GetAsync(connection, cancellationToken));
        return await turn.WithAsync(connection.Company, Patience, () => look(scope), cancellationToken);
    }
}
