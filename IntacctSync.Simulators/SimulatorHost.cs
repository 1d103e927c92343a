using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IntacctSync.Simulators;

/// <summary>Serves a simulator over HTTP on loopback.</summary>
public static class SimulatorHost
{
    /// <summary>Largest request body that is read, in bytes.</summary>
    private const long MaxBody = 64 * 1024 * 1024;

    /// <param name="simulator">What to serve; it may be looked into and changed while it runs.</param>
    /// <param name="port">TCP port; 0 = any free one.</param>
    /// <param name="cancellationToken">Ends the wait for the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<RunningSimulator> StartAsync(
        ISimulator simulator,
        int port,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = MaxBody;
            o.Limits.MinRequestBodyDataRate = null;
            o.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        // The process that hosts a simulator decides when it ends; a simulator must not take the signals for itself.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.Use(next => context => simulator.UnderWay.ServeAsync(context, next));
        app.MapControl(simulator);
        app.MapGet("/", () => Results.Text(Hello(simulator)));
        simulator.Map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new RunningSimulator(app, simulator, new Uri(app.Urls.Single()));
    }

    /// <summary>For who opens the address in a browser.</summary>
    private static string Hello(ISimulator simulator) =>
        $"""
            This is the simulator of {simulator.Name}. Its API is under {simulator.Path}.

            What it was asked:  /_sim/requests
            What it holds:      /_sim/state/OBJECT, such as /_sim/state/ARINVOICE in the simulator of intacct
            """;

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
