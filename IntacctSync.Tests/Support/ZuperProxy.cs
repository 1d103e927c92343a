using System.Net;
using System.Net.Http.Headers;
using IntacctSync.Simulators;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Support;

/// <summary>
/// Stands on a port of its own before a simulator, and answers in its place where the test says so: for what no
/// simulator does, such as half an answer.
/// </summary>
internal sealed class ZuperProxy : IAsyncDisposable
{
    private readonly HttpMessageInvoker _behind = new(new SocketsHttpHandler());
    private readonly WebApplication _server;
    private readonly Uri _target;

    private ZuperProxy(WebApplication server, Uri target) => (_server, _target) = (server, target);

    /// <summary>What it has taken and not answered yet.</summary>
    public RequestsUnderWay UnderWay { get; } = new();

    public Uri Address => new(_server.Urls.Single());

    /// <summary>Answers a request and says so; false lets the simulator answer.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    /// <summary>Changes what the simulator answered.</summary>
    public Func<string, string> Change { get; set; } = answer => answer;

    public static async Task<ZuperProxy> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var proxy = new ZuperProxy(builder.Build(), target);
        proxy._server.Run(http => proxy.UnderWay.ServeAsync(http, proxy.AnswerAsync));
        await proxy._server.StartAsync(CancellationToken.None);
        return proxy;
    }

    /// <summary>Half an answer, and then silence until the caller has had enough.</summary>
    public static async Task<bool> HalfAsync(HttpContext http, RequestsUnderWay? underWay = null)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = 1000;
        await http.Response.WriteAsync("""{"type": "success", "data": {"orga""", CancellationToken.None);
        await http.Response.Body.FlushAsync(CancellationToken.None);
        await (underWay ?? new RequestsUnderWay()).UntilGivenUpAsync(http);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _behind.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (await Instead(http))
            return;
        var from = http.Request;
        using var request = new HttpRequestMessage(
            HttpMethod.Parse(from.Method),
            new Uri(_target, from.Path.ToUriComponent() + from.QueryString)
        );
        request.Headers.TryAddWithoutValidation("x-api-key", from.Headers["x-api-key"].ToString());
        if (from.ContentLength > 0)
        {
            request.Content = new StreamContent(from.Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(from.ContentType!);
        }

        using var answer = await _behind.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await http.Response.WriteAsync(
            Change(await answer.Content.ReadAsStringAsync(http.RequestAborted)),
            http.RequestAborted
        );
    }
}
