using IntacctSync.Core.Cursors;
using IntacctSync.Core.Leases;
using IntacctSync.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Core.Runs;

/// <summary>Adds the stores of cursors, runs and leases, and what removes old or purged state.</summary>
internal static class RunsRegistration
{
    public static IServiceCollection AddRuns(this IServiceCollection services) =>
        services
            .AddSettings<LeaseOptions, LeaseOptionsValidator>()
            .Services.AddPlain<LeaseOptions>()
            .AddSingleton<CursorStore>()
            .AddSingleton<CompanyLeases>()
            .AddSingleton<RunStore>()
            .AddSingleton<RunReports>()
            .AddSingleton<LongRuns>()
            .AddSingleton<ActivityTally>()
            .AddSingleton<IPurgeable>(p => p.GetRequiredService<ActivityTally>())
            .AddSingleton<IPurgeable, PurgedCounts>()
            .AddSingleton<Housekeeping>()
            .AddSingleton<ConnectionPurge>();
}
