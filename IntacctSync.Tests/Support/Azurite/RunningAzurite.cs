using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage.AzureTables;
using IntacctSync.Tests.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Support.Azurite;

/// <summary>
/// Azurite's table service as a process of its own on a free port of this machine, ended with its test.
/// </summary>
internal sealed class RunningAzurite : IAsyncDisposable
{
    private const string Started = "successfully started";

    /// <summary>Long enough that it ends only a start that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Source = RepositoryFiles.Tests("Support", "Azurite");

    private readonly List<ServiceProvider> _clients = [];
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<bool> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningAzurite(Process process, int port)
    {
        (_process, Port) = (process, port);
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _started.TrySetResult(false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public string ConnectionString =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"AccountName={TableAccount.EmulatorName};AccountKey={TableAccount.EmulatorKey};"
                + $"TableEndpoint=http://127.0.0.1:{Port}/{TableAccount.EmulatorName}"
        );

    /// <param name="folder">Where its data outlives it; null keeps them in its memory.</param>
    /// <param name="port">The port of an earlier one that is to come back; null takes a free one.</param>
    public static async Task<RunningAzurite> StartAsync(string? folder = null, int? port = null)
    {
        var package = await NodePackage.InstallAsync(Source);
        for (var tries = 1; ; tries++)
        {
            var running = Launch(package, folder, port ?? FreePort());
            if (await running._started.Task.WaitAsync(Patience))
                return running;

            // Another program may have taken the port since it was found to be free.
            await running.DisposeAsync();
            Assert.True(tries < 3, $"Azurite did not start:\n{running._output}");
        }
    }

    /// <summary>A table of its own within it.</summary>
    /// <param name="name">The name of a table that is to be opened again.</param>
    /// <param name="handler">Stands on the wire; null for the plain one.</param>
    /// <param name="account">As whom it is entered; null for its key.</param>
    public AzureTable Table(string? name = null, HttpMessageHandler? handler = null, TableAccount? account = null)
    {
        var ids = new GuidIdSource(TimeProvider.System);
        var options = new AzureTableOptions { Table = name ?? $"t{ids.NewId()}" };
        options.Retry.Delay = TimeSpan.FromMilliseconds(10);
        options.Retry.MaxRetries = 2;
        return new AzureTable(
            account ?? TableAccount.OfConnectionString(ConnectionString),
            Client(handler),
            ids,
            options
        );
    }

    /// <summary>Ends it at once, as a power cut does.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        foreach (var clients in _clients)
            await clients.DisposeAsync();
    }

    private HttpClient Client(HttpMessageHandler? handler)
    {
        var services = new ServiceCollection();
        services
            .AddHttpClient("azurite")
            .ConfigurePrimaryHttpMessageHandler(() => handler ?? new SocketsHttpHandler())
            .RemoveAllLoggers();
        var clients = services.BuildServiceProvider();
        lock (_clients)
            _clients.Add(clients);
        return clients.GetRequiredService<IHttpClientFactory>().CreateClient("azurite");
    }

    private static RunningAzurite Launch(string package, string? folder, int port)
    {
        string[] where = folder is null ? ["--inMemoryPersistence"] : ["--location", folder];
        return new RunningAzurite(
            NodePackage.Start(
                package,
                "node",
                [
                    Path.Combine("node_modules", "azurite", "dist", "src", "table", "main.js"),
                    "--tableHost",
                    "127.0.0.1",
                    "--tablePort",
                    port.ToString(CultureInfo.InvariantCulture),
                    "--silent",
                    "--skipApiVersionCheck",
                    "--disableTelemetry",
                    .. where,
                ]
            ),
            port
        );
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        if (line.Contains(Started, StringComparison.Ordinal))
            _started.TrySetResult(true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
