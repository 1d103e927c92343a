using IntacctSync.Core.Storage;

namespace IntacctSync.Web.Health;

/// <summary>Whether the store takes a write, and nothing of it was found damaged.</summary>
internal sealed class StoreReadiness(ITable table) : IReadinessCheck
{
    private const string Key = "readiness";

    public string Name => "store";

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        await table.WriteAsync(
            TableWrite.Upsert(new TableRow(Key, Key, new Dictionary<string, object?>(StringComparer.Ordinal))),
            cancellationToken
        );
        return table.Damage;
    }
}
