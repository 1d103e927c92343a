using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Simulators.Zuper;

/// <summary>Takes webhooks on a port of its own and remembers them in the order they came.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedHook> _received = new();

    private HookReceiver(WebApplication app) => _app = app;

    public Uri Address => new(new Uri(_app.Urls.Single()), "hooks");

    public IReadOnlyList<ReceivedHook> Received => [.. _received];

    public IEnumerable<string> Events => Received.Select(h => h.Event);

    /// <summary>The status to answer with.</summary>
    public Func<ReceivedHook, int> Answer { get; set; } = _ => StatusCodes.Status202Accepted;

    public static async Task<HookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new HookReceiver(builder.Build());
        receiver._app.MapPost(
            "/hooks",
            async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var hook = new ReceivedHook(
                    await reader.ReadToEndAsync(context.RequestAborted),
                    context.Request.Headers["x-hook-secret"].ToString(),
                    context.Request.ContentType ?? ""
                );
                receiver._received.Enqueue(hook);
                context.Response.StatusCode = receiver.Answer(hook);
            }
        );
        await receiver._app.StartAsync(CancellationToken.None);
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
