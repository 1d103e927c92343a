using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Core.Secrets;
using IntacctSync.Functions;
using IntacctSync.Functions.Triggers;
using IntacctSync.Tests.Secrets.KeyVault;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Support.Azurite;
using IntacctSync.Tests.Support.Broker;
using IntacctSync.Tests.Support.Broker.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Functions;

/// <summary>
/// The host of IntacctSync.Functions, made by the worker's own builder and started in this process, over the real
/// clients: tables in Azurite, the queue at the loopback broker, secrets in the scripted vault. What is missing is the
/// Functions host: its call of the HTTP function is made by a small server here, and that of a timer by the test.
/// </summary>
public sealed class StartedFunctions : IAsyncLifetime
{
    public const string Key = "canary-admin-key-of-tests";

    private readonly RunningVault _vault = new();
    private RunningAzurite _azurite = null!;
    private IHost _host = null!;
    private WebApplication _front = null!;

    public TestClock Clock { get; } = new();

    public LoopbackBroker Broker { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    internal IServiceProvider Services => _host.Services;

    /// <summary>Settings as they are when everything is right.</summary>
    internal static string[] Settings(string tables, string queue) =>
        [
            $"--Storage:ConnectionString={tables}",
            $"--ServiceBus={queue}",
            "--Secrets:VaultUri=https://acme.vault.azure.net",
            $"--Admin:ApiKey={Key}",
            "--POLLING_ZUPER=0 */5 * * * *",
        ];

    /// <summary>The worker's host in this process, not started.</summary>
    /// <exception cref="InvalidOperationException">A setting is wrong.</exception>
    internal static IHost BuildHost(string[] settings, Action<IServiceCollection> more)
    {
        // The Functions host says so to its worker, which reads its functions there.
        Environment.SetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY", BuiltFunctions());
        List<string> problems = [];
        return FunctionsHost.Build(
                settings,
                problems,
                services =>
                {
                    more(services);
                    RemoveWhatNeedsTheFunctionsHost(services);
                    services.AddLogging(l => l.ClearProviders());
                }
            ) ?? throw new InvalidOperationException(string.Join('\n', problems));
    }

    public async Task InitializeAsync()
    {
        _azurite = await RunningAzurite.StartAsync();
        Broker = new LoopbackBroker(new StrictBroker(Clock));
        var secrets = await _vault.OpenAsync();
        _host = BuildHost(
            Settings(_azurite.ConnectionString, Broker.ConnectionString),
            services =>
            {
                services.AddSingleton<TimeProvider>(Clock);
                services.AddSingleton(secrets);
            }
        );
        await _host.StartAsync(CancellationToken.None);
        await OpenFrontAsync();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _front.DisposeAsync();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        await Broker.DisposeAsync();
        await _vault.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    /// <summary>A function's class with all that it asks for.</summary>
    public T Function<T>()
        where T : notnull => ActivatorUtilities.CreateInstance<T>(_host.Services);

    /// <summary>Calls an operation by the key.</summary>
    public async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "x-api-key", Key } } };
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await Client.SendAsync(request);
    }

    /// <summary>Makes a connection.</summary>
    public async Task PutAsync(string id, Action<JsonObject>? change = null)
    {
        using var put = await CallAsync(HttpMethod.Put, $"/api/connections/{id}", Some.ConnectionDocument(change));
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
    }

    /// <summary>Where the build that the tests refer to has put the functions and what it says of them.</summary>
    private static string BuiltFunctions()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(
            RepositoryFiles.Root,
            "IntacctSync.Functions",
            "bin",
            "without-triggers",
            here.Parent!.Name,
            here.Name
        );
    }

    /// <summary>
    /// The worker's service that calls the Functions host, which is not here, and the server that this would call,
    /// whose port is the same for all that are in one process.
    /// </summary>
    private static void RemoveWhatNeedsTheFunctionsHost(IServiceCollection services)
    {
        foreach (var name in new[] { "WorkerHostedService", "GenericWebHostService" })
            services.Remove(
                services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Name == name)
            );
    }

    private async Task OpenFrontAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddHttpClient();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _front = builder.Build();
        var function = Function<ApiFunction>();
        _front.Run(async http =>
        {
            http.RequestServices = _host.Services;
            await function.RunAsync(http.Request);
        });
        await _front.StartAsync(CancellationToken.None);
        var addresses = _front.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Client = _front.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        Client.BaseAddress = new Uri(addresses.Addresses.Single());
    }

    /// <summary>The scripted vault as this host opens it.</summary>
    private sealed class RunningVault : IAsyncDisposable
    {
        private ScriptedVault? _vault;

        public async Task<ISecretStore> OpenAsync() => (_vault = await ScriptedVault.StartAsync()).Open();

        public ValueTask DisposeAsync() => _vault?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
