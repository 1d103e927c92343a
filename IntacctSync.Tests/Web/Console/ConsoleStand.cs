using IntacctSync.Core.Connections;
using IntacctSync.Core.Zuper;
using IntacctSync.Local;
using IntacctSync.Local.Sandbox;
using IntacctSync.Local.Settings;
using IntacctSync.Tests.Support;
using IntacctSync.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Web.Console;

/// <summary>
/// The host of one machine, whole, between the simulators with their samples; nothing is connected yet.
/// </summary>
internal sealed class ConsoleStand : IAsyncDisposable
{
    public const string Key = "the-operations-key";

    private readonly TemporaryFolder _folder;
    private readonly WebApplication _host;

    private ConsoleStand(SandboxSystems world, TemporaryFolder folder, WebApplication host) =>
        (World, _folder, _host) = (world, folder, host);

    public SandboxSystems World { get; }

    public Uri Address =>
        new(_host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<ConsoleStand> StartAsync(bool sampleData = true)
    {
        var world = await SandboxSystems.StartAsync(sampleData, TimeProvider.System, CancellationToken.None);
        var folder = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder([
            "--sandbox=off",
            "--urls=http://127.0.0.1:0",
            $"--Storage:Path={folder.File("data.db")}",
            $"--Secrets:Path={folder.File("secrets")}",
        ]);
        builder.Configuration.AddInMemoryCollection(world.Settings);
        builder.Logging.ClearProviders();
        builder.Services.AddHttpClient(SandboxSetup.HttpClientName);
        builder.Services.AddSingleton<SandboxSetup>();
        var host = LocalApp.Build(
            builder,
            LocalSettings.Read(builder.Configuration),
            () => new OperationsAccess(Key, WithoutKey.Refuse)
        );
        await host.StartAsync(CancellationToken.None);
        return new ConsoleStand(world, folder, host);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Connects the sample's account as the sandbox does, and asks for everything once.</summary>
    public async Task<Connection> ConnectAsync()
    {
        var setup = Get<SandboxSetup>();
        var connection = await setup.PutConnectionAsync(CancellationToken.None);
        foreach (var flow in ZuperFlows.All)
            await setup.StartFirstSyncAsync(connection, flow.Name, CancellationToken.None);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
        await World.DisposeAsync();
        _folder.Dispose();
    }
}
