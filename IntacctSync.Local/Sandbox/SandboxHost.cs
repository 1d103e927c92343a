using IntacctSync.Core.Detection;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;
using IntacctSync.Local.Logs;
using IntacctSync.Local.Settings;
using IntacctSync.Web.Access;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace IntacctSync.Local.Sandbox;

/// <summary>
/// Runs the host against simulators: the simulators start, the host starts, the demo connection is put, and is synced
/// until the process ends.
/// </summary>
internal static class SandboxHost
{
    public static async Task<int> RunAsync(
        WebApplicationBuilder builder,
        SandboxMode mode,
        TextWriter output,
        TextWriter errors
    )
    {
        using var folder = SandboxFolder.Take(SandboxFolder.DefaultPath);
        await using var world = await SandboxSystems.StartAsync(TimeProvider.System, CancellationToken.None);
        var settings = Configure(builder, folder, world, errors);
        await using var app = LocalApp.Build(
            builder,
            settings,
            () => new OperationsAccess(settings.AdminApiKey, WithoutKey.LoopbackOnly)
        );
        await app.StartAsync(CancellationToken.None);
        var stopping = app.Lifetime.ApplicationStopping;
        var result = 0;
        try
        {
            var address = HostAddress.ForCallersHere(
                app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            );
            var show = new SandboxDisplay(app.Services, folder, world, address, SandboxConsole.On(output));
            result = await show.RunAsync(mode, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            result = mode == SandboxMode.Once ? 1 : 0;
            await output.WriteLineAsync(
                mode == SandboxMode.Once ? "Stopped before the first sync was done." : "Stopped."
            );
        }

        // The work in hand is finished or given back before the simulators stop.
        await app.StopAsync(CancellationToken.None);
        return result;
    }

    private static LocalSettings Configure(
        WebApplicationBuilder builder,
        SandboxFolder folder,
        SandboxSystems world,
        TextWriter errors
    )
    {
        builder.Configuration.AddInMemoryCollection(world.Settings);
        builder.Configuration.AddInMemoryCollection([
            new(LocalStorageOptions.PathKey, folder.StoragePath),
            new(LocalSecretsOptions.PathKey, folder.SecretsPath),
            // It has a log of its own.
            new("Log:Days", "0"),
            // The sandbox touches nothing but its own folder, whatever else is configured.
            new(StorageOptions.ProviderKey, null),
            new(StorageOptions.ConnectionStringKey, null),
            new(StorageOptions.EndpointKey, null),
            new(SecretsOptions.ProviderKey, null),
            new(SecretsOptions.VaultKey, null),
            // Its timers are its own; their flat names would say something else beside them.
            .. world
                .Settings.Keys.Where(k => k.StartsWith(PollingOptions.Section, StringComparison.Ordinal))
                .Select(k => KeyValuePair.Create(PollingOptions.Flat(k), (string?)null)),
        ]);
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("IntacctSync", LogLevel.Information);
        builder
            .Services.AddSingleton(_ => new LogFile(folder.LogPath, errors, TimeProvider.System))
            .AddSingleton<ILoggerProvider>(p => p.GetRequiredService<LogFile>())
            .AddSingleton<IPurgeable>(p => p.GetRequiredService<LogFile>());
        builder.Services.AddHttpClient(SandboxSetup.HttpClientName).RemoveAllLoggers();
        builder
            .Services.AddSingleton<SandboxSetup>()
            .AddSingleton<FirstSync>()
            .AddSingleton<SampleVerdict>()
            .AddSingleton<UpflowVerdict>()
            .AddSingleton<RecordFeed>();
        return LocalSettings.Read(builder.Configuration);
    }
}
