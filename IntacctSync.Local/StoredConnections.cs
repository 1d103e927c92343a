using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using IntacctSync.Local.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntacctSync.Local;

/// <summary>Looks whether any connection is stored.</summary>
internal static class StoredConnections
{
    public static async Task<bool> AnyAsync(LocalSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Tables is null && !File.Exists(settings.StoragePath))
            return false;
        await using var services = new ServiceCollection().AddTable(settings).BuildServiceProvider();
        var connections = new ConnectionStore(
            services.GetRequiredService<ITable>(),
            IntacctSyncRegistration.Apps,
            TimeProvider.System,
            new NotedTimes(TimeProvider.System, NullLogger<NotedTimes>.Instance)
        );
        return (await connections.ListAsync(cancellationToken)).Count > 0;
    }
}
