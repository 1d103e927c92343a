using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Zuper.Client;

/// <summary>
/// The real client as it is registered, over a handler that answers as the test says, with a clock that stands still
/// and a log that is kept.
/// </summary>
internal sealed class ZuperStand : IDisposable
{
    private readonly ServiceProvider _provider;
    private readonly Handler _handler;

    /// <param name="answer">Answers a request; its body is read already.</param>
    /// <param name="configure">Changes the options.</param>
    public ZuperStand(
        Func<ZuperAsked, CancellationToken, Task<HttpResponseMessage>> answer,
        Action<ZuperOptions>? configure = null
    )
    {
        _handler = new Handler(this, answer);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new LogKeeper(Log)));
        services.AddZuperClient();
        services.AddHttpClient(ZuperClient.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => _handler);
        services.Configure<ZuperOptions>(options => configure?.Invoke(options));
        _provider = services.BuildServiceProvider();
    }

    public ZuperStand(Func<ZuperAsked, HttpResponseMessage> answer, Action<ZuperOptions>? configure = null)
        : this((asked, _) => Task.FromResult(answer(asked)), configure) { }

    public TestClock Clock { get; } = new();

    public List<string> Log { get; } = [];

    public List<ZuperAsked> Asked { get; } = [];

    public ZuperClient Client => _provider.GetRequiredService<ZuperClient>();

    public static HttpResponseMessage Json(JsonNode body, HttpStatusCode status = HttpStatusCode.OK) =>
        Answer(body.ToJsonString(), status, "application/json");

    public static HttpResponseMessage Html(string body, HttpStatusCode status) => Answer(body, status, "text/html");

    public static HttpResponseMessage Answer(string body, HttpStatusCode status, string type) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, type) };

    public void Dispose()
    {
        _provider.Dispose();
        _handler.Dispose();
    }

    private sealed class Handler(
        ZuperStand stand,
        Func<ZuperAsked, CancellationToken, Task<HttpResponseMessage>> answer
    ) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            var asked = new ZuperAsked(
                request.Method.Method,
                request.RequestUri!,
                request.Headers.TryGetValues("x-api-key", out var keys) ? keys.Single() : null,
                body
            );
            lock (stand.Asked)
                stand.Asked.Add(asked);
            return await answer(asked, cancellationToken);
        }
    }

    private sealed class LogKeeper(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (lines)
                lines.Add($"{logLevel}: {formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}
