using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Zuper;
using IntacctSync.Local;
using IntacctSync.Local.Settings;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Benchmarks.Road;

/// <summary>
/// The whole host of one machine between the two simulators: the real store, queue and secrets in files, real HTTP over
/// loopback, the real clock.
/// </summary>
internal sealed class RoadWorld : IAsyncDisposable
{
    /// <summary>No timer comes due while something is measured.</summary>
    private const string OnceAYear = "0 0 0 1 1 *";

    private readonly DirectoryInfo _folder;
    private readonly RunningSimulator _intacct;
    private readonly RunningSimulator _zuper;
    private readonly WebApplication _host;

    private RoadWorld(DirectoryInfo folder, RunningSimulator intacct, RunningSimulator zuper, WebApplication host) =>
        (_folder, _intacct, _zuper, _host) = (folder, intacct, zuper, host);

    public IntacctSimulator Intacct => (IntacctSimulator)_intacct.Simulator;

    public ZuperSimulator Zuper => (ZuperSimulator)_zuper.Simulator;

    /// <param name="latency">How long Intacct takes for each request.</param>
    /// <param name="time">The clock of all parts.</param>
    /// <param name="cancellationToken">Ends the wait for the start.</param>
    public static Task<RoadWorld> StartAsync(
        TimeSpan latency,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => StartAsync(latency, time, WithoutKey.Refuse, cancellationToken);

    /// <param name="latency">How long Intacct takes for each request.</param>
    /// <param name="time">The clock of all parts.</param>
    /// <param name="callers">Who may call it.</param>
    /// <param name="cancellationToken">Ends the wait for the start.</param>
    public static async Task<RoadWorld> StartAsync(
        TimeSpan latency,
        TimeProvider time,
        WithoutKey callers,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("intacctsync-road-");
        var intacct = await SimulatorHost.StartAsync(
            new IntacctSimulator(
                new IntacctSimulatorOptions { SampleData = false, Latency = new Latency(latency) },
                time
            ),
            0,
            cancellationToken
        );
        var zuper = await SimulatorHost.StartAsync(
            new ZuperSimulator(new ZuperSimulatorOptions { SampleData = false, RequestsPerMinute = 0 }, time),
            0,
            cancellationToken
        );

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(time);
        builder.Configuration.AddInMemoryCollection(Settings(folder.FullName, intacct, zuper));
        var host = LocalApp.Build(
            builder,
            LocalSettings.Read(builder.Configuration),
            () => new OperationsAccess(null, callers)
        );
        await host.StartAsync(cancellationToken);
        return new RoadWorld(folder, intacct, zuper, host);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async Task<Connection> ConnectAsync(CancellationToken cancellationToken)
    {
        var id = ConnectionId.Parse("road");
        var settings = new ZuperConnectionSettings
        {
            Intacct = new IntacctSettings
            {
                SenderId = "sandbox-sender",
                CompanyId = "sandbox",
                UserId = "sandbox-user",
            },
            Zuper = new ZuperSettings { CompanyName = "sandbox", ApiUrl = _zuper.Address.AbsoluteUri },
        };
        var secrets = new Dictionary<string, SecretChange>(StringComparer.Ordinal)
        {
            [SecretField.SenderPassword] = SecretChange.To("sandbox-sender-password"),
            [SecretField.UserPassword] = SecretChange.To("sandbox-user-password"),
            [ZuperSecrets.ApiKey] = SecretChange.To("sandbox-zuper-key"),
        };
        await Get<ConnectionSecrets>().ApplyAsync(id, secrets, cancellationToken);
        return (await Get<ConnectionStore>().PutAsync(id, settings, cancellationToken)).Connection;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
        await _zuper.DisposeAsync();
        await Zuper.DisposeAsync();
        await _intacct.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Dictionary<string, string?> Settings(
        string folder,
        RunningSimulator intacct,
        RunningSimulator zuper
    ) =>
        new(StringComparer.Ordinal)
        {
            ["urls"] = "http://127.0.0.1:0",
            [LocalStorageOptions.PathKey] = Path.Combine(folder, "intacctsync.db"),
            [LocalSecretsOptions.PathKey] = Path.Combine(folder, "secrets"),
            [IntacctOptions.EndpointKey] = intacct.Endpoint.AbsoluteUri,
            ["Intacct:AllowedHosts"] = intacct.Address.Authority,
            ["Zuper:AccountsEndpoint"] = zuper.Address.GetLeftPart(UriPartial.Authority),
            ["Apps:AllowedHosts"] = zuper.Address.Authority,
            ["Polling:Zuper"] = OnceAYear,
            ["Polling:Products"] = OnceAYear,
            ["Polling:Payments"] = OnceAYear,
            ["Polling:Upflow"] = OnceAYear,
        };
}
