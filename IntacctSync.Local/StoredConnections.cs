using IntacctSync.Core.Connections;
using IntacctSync.Core.Storage.Sqlite;

namespace IntacctSync.Local;

/// <summary>Looks whether this machine has connections of its own.</summary>
internal static class StoredConnections
{
    public static async Task<bool> AnyAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return false;
        await using var table = new SqliteTable(path);
        return (await new ConnectionStore(table, TimeProvider.System).ListAsync(cancellationToken)).Count > 0;
    }
}
