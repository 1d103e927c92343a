using IntacctSync.Core.Storage;

namespace IntacctSync.Web.Health;

/// <summary>Whether the store answers a read.</summary>
internal sealed class StoreReadiness(ITable table) : IReadinessCheck
{
    private const string Key = "readiness";

    public string Name => "store";

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        await table.GetAsync(Key, Key, cancellationToken);
        return null;
    }
}
