using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Flows;

/// <summary>Says to which record a counterpart in a company belongs already, whichever connection linked it.</summary>
public sealed class CounterpartLinks(ConnectionStore connections, KeyMapStore keyMap)
{
    /// <returns>The records by target id in upper case; those of other connections are named with them.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyCollection<string> targetIds,
        CancellationToken cancellationToken
    )
    {
        var links = new Dictionary<string, string>(
            await keyMap.FindByTargetsAsync(connection.Id, flow, targetIds, cancellationToken),
            StringComparer.Ordinal
        );
        foreach (
            var other in (await connections.ListAsync(cancellationToken)).Where(c =>
                c.Id != connection.Id && c.Company == connection.Company
            )
        )
        {
            foreach (
                var (targetId, record) in await keyMap.FindByTargetsAsync(other.Id, flow, targetIds, cancellationToken)
            )
                links.TryAdd(targetId, $"{other.Id}/{record}");
        }

        return links;
    }
}
