using IntacctSync.Core.Cursors;
using IntacctSync.Core.Leases;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Runs;

/// <summary>Adds how far feeds and runs are, who is at work, and what forgets all that.</summary>
internal static class RunsRegistration
{
    public static IServiceCollection AddRuns(this IServiceCollection services) =>
        services
            .AddSingleton<CursorStore>()
            .AddSingleton<CompanyLeases>()
            .AddSingleton<RunStore>()
            .AddSingleton<Housekeeping>()
            .AddSingleton<ConnectionPurge>();
}
