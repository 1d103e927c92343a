using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Runs;

/// <summary>
/// Lets the process forget that the counts of a purged connection were begun; they went with its rows.
/// </summary>
internal sealed class PurgedCounts(KeyMapStore keyMap) : IPurgeable
{
    public Task PurgeAsync(
        ConnectionId connection,
        IReadOnlyCollection<CompanyId> companies,
        CancellationToken cancellationToken
    )
    {
        keyMap.Forget(connection);
        return Task.CompletedTask;
    }
}
