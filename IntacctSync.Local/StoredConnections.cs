using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Local.Settings;
using Microsoft.Extensions.Logging.Abstractions;

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
            var noted = new NotedTimes(TimeProvider.System, NullLogger<NotedTimes>.Instance);
            return (await new ConnectionStore(table, TimeProvider.System, noted).ListAsync(cancellationToken)).Count
                > 0;
        }
        finally
        {
            if (table is IAsyncDisposable file)
                await file.DisposeAsync();
        }
    }
}
