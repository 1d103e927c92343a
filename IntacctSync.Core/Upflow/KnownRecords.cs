using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Upflow.Client;
using IntacctSync.Core.Upflow.Records;

namespace IntacctSync.Core.Upflow;

/// <summary>
/// Tells by what it shows whether a new pair of keys is one of the organisation that a connection's records are linked
/// in: another organisation does not know them.
/// </summary>
public sealed class KnownRecords(UpflowClient upflow, KeyMapStore keyMap)
{
    /// <summary>How many of a kind are asked for: some may have been deleted in Upflow by hand.</summary>
    private const int Most = 5;

    private static readonly IReadOnlyList<(FlowName Flow, UpflowKind Kind)> Kinds =
    [
        (UpflowFlows.Customers, UpflowKind.Customer),
        (UpflowFlows.Invoices, UpflowKind.Invoice),
    ];

    /// <summary>
    /// Whether any linked record is shown, or none is linked at all. A record counts in whatever state it is: also
    /// where all need a person, they are linked in one organisation.
    /// </summary>
    /// <exception cref="UpflowException">A call failed.</exception>
    public async Task<bool> AreShownAsync(
        Connection connection,
        UpflowAccount account,
        CancellationToken cancellationToken
    )
    {
        var asked = false;
        foreach (var (flow, kind) in Kinds)
        {
            foreach (var target in await TargetsAsync(connection, flow, cancellationToken))
            {
                asked = true;
                var record = new UpflowReference(target);
                if (await upflow.FindAsync(account, kind, record, RequestPriority.Live, cancellationToken) is not null)
                    return true;
            }
        }

        return !asked
            && (
                await keyMap.SomeLinkedAsync(
                    connection.Id,
                    UpflowFlows.Receipts,
                    static _ => true,
                    1,
                    cancellationToken
                )
            ).Count == 0;
    }

    /// <summary>Those that are synced come first: the others are likelier to have been deleted.</summary>
    private async Task<IReadOnlyList<string>> TargetsAsync(
        Connection connection,
        FlowName flow,
        CancellationToken cancellationToken
    )
    {
        var synced = await keyMap.SomeSyncedAsync(connection.Id, flow, static _ => true, Most, cancellationToken);
        var rows = await keyMap.GetManyAsync(connection.Id, flow, synced, cancellationToken);
        var others = await keyMap.SomeLinkedAsync(
            connection.Id,
            flow,
            e => !rows.ContainsKey(e.Key.SourceId),
            Most - synced.Count,
            cancellationToken
        );
        return [.. rows.Values.Concat(others).Select(r => r.TargetId).OfType<string>()];
    }
}
