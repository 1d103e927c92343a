using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.Sqlite;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Support;
using IntacctSync.Web;
using IntacctSync.Web.Access;
using IntacctSync.Web.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Tests.Web;

/// <summary>
/// The HTTP API served by Kestrel on loopback over real stores; the queue only records. No answer and no log line of
/// any of these tests may hold a planted secret.
/// </summary>
public abstract class ApiTest : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _answers = new();
    private readonly CollectingLoggerProvider _log = new();
    private SqliteTable _file = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    protected TestClock Clock { get; } = new();

    protected RecordingQueue Queue { get; } = new();

    protected SwitchableTable Table { get; private set; } = null!;

    /// <summary>What the log holds so far, of every level.</summary>
    protected IEnumerable<string> LogLines => _log.Lines.Select(line => line.Text);

    /// <summary>Where the API is served.</summary>
    protected Uri Address => _client.BaseAddress!;

    /// <summary>Who may call; set before the test begins.</summary>
    protected virtual OperationsAccess Access => new(null, WithoutKey.LoopbackOnly);

    /// <summary>Where secrets are kept; one that misbehaves is put there before the test begins.</summary>
    protected virtual ISecretStore Secrets { get; } = new StubSecrets();

    /// <summary>Where callers seem to call from; null for where they do.</summary>
    protected IPAddress? From { get; set; }

    public async Task InitializeAsync()
    {
        _file = new SqliteTable(_folder.File("tables.db"));
        Table = new SwitchableTable(_file);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(_log).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        AddTo(builder.Services);
        _app = builder.Build();
        _app.Use(
            (context, next) =>
            {
                context.Connection.RemoteIpAddress = From ?? context.Connection.RemoteIpAddress;
                return next(context);
            }
        );
        Serve(_app);
        await _app.StartAsync(CancellationToken.None);
        _client = new StubClients(new SocketsHttpHandler()).CreateClient("");
        _client.BaseAddress = new Uri(
            _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
        );
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        await _file.DisposeAsync();
        _folder.Dispose();
        Assert.DoesNotContain(_answers, text => text.Contains("canary", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Text.Contains("canary", StringComparison.Ordinal));
    }

    /// <summary>How a host serves the API: here as the one of one machine does.</summary>
    protected virtual void Serve(WebApplication app)
    {
        app.UseAnswerHeaders();
        app.UseProblemsForMissingAnswers();
        app.MapIntacctSync();
    }

    /// <summary>What the API is made of here.</summary>
    protected void AddTo(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Clock).AddSingleton<IIdSource, CountingIds>();
        services.AddSingleton<ITable>(Table).AddSingleton<IEnvelopeQueue>(Queue).AddSingleton(Secrets);
        services.AddIntacctSync().AddIntacctSyncWeb(Access);
        AddMore(services);
    }

    /// <summary>What the host of a test has beside that.</summary>
    protected virtual void AddMore(IServiceCollection services) { }

    protected T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    protected async Task<Answer> CallAsync(
        string method,
        string path,
        JsonNode? body = null,
        Action<HttpRequestMessage>? change = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        change?.Invoke(request);
        using var response = await _client.SendAsync(request, CancellationToken.None);
        var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
        _answers.Enqueue($"{response.Headers}{text}");
        return new Answer(
            (int)response.StatusCode,
            text,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers
        );
    }

    protected Task<Answer> PutAsync(Action<JsonObject>? change = null, string id = "acme") =>
        CallAsync("PUT", $"/api/connections/{id}", Some.ConnectionDocument(change));

    protected Task<Answer> HookAsync(
        string body,
        string id = "acme",
        string? secret = Some.WebhookSecret,
        string type = "application/json",
        string? eventId = null
    ) =>
        CallAsync(
            "POST",
            $"/api/webhooks/{id}",
            null,
            request =>
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                if (secret is not null)
                    request.Headers.Add("x-hook-secret", secret);
                if (eventId is not null)
                    request.Headers.Add("webhook-id", eventId);
            }
        );

    /// <summary>Puts a record into the key map as a worker would.</summary>
    protected async Task RememberAsync(
        string sourceId,
        Func<KeyMapEntry, KeyMapEntry> change,
        FlowName? flow = null,
        string connection = "acme"
    )
    {
        var entry = new KeyMapEntry
        {
            Key = new SyncKey(ConnectionId.Parse(connection), flow ?? ZuperFlows.Organizations, sourceId),
        };
        Assert.Single(await Get<KeyMapStore>().SaveAsync([change(entry)], CancellationToken.None));
    }

    /// <summary>The connection stands still, as after a refused sign-in.</summary>
    protected Task StopAsync() =>
        Get<ConnectionStore>()
            .ChangeAsync(
                ConnectionId.Parse("acme"),
                c => c with { Stop = ConnectionStop.First("intacct", Some.SignInRefused, Clock.GetUtcNow()) },
                CancellationToken.None
            );

    protected static Problem FailedRecord(string code = "no-name") =>
        new(code, "The organization has no name.", "Give it one in Zuper, then retry.");
}
