using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Local.Settings;

namespace IntacctSync.Local;

/// <summary>Looks whether connections are stored where the settings say.</summary>
internal static class StoredConnections
{
    public static async Task<bool> AnyAsync(LocalSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Tables is null && !File.Exists(settings.StoragePath))
            return false;
        var table = LocalStore.OpenTable(settings, TimeProvider.System);
        try
        {
            return (
                    await new ConnectionStore(table, IntacctSyncRegistration.Apps, TimeProvider.System).ListAsync(
                        cancellationToken
                    )
                ).Count > 0;
        }
        finally
        {
            if (table is IAsyncDisposable file)
                await file.DisposeAsync();
        }
    }
}
