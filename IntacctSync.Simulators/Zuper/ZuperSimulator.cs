using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Api;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Simulators.Zuper.Sample;
using IntacctSync.Simulators.Zuper.Webhooks;

namespace IntacctSync.Simulators.Zuper;

/// <summary>
/// An imitation of Zuper, as strict as the real one where its behaviour is known: organizations, customers, products,
/// categories, invoices with their payments, custom fields, webhooks with retries, the limiter. It may be looked into
/// and changed while it is served; what is done by code is done as a person in Zuper's screens does it, and webhooks
/// tell of it. Thread-safe.
/// </summary>
public sealed class ZuperSimulator : ISimulator, IAsyncDisposable
{
    private readonly ServiceProvider? _ownClients;
    private readonly ZuperSimulatorOptions _options;
    private readonly MinuteLimiter _limiter;
    private readonly WebhookHistory _history = new();
    private readonly IHttpClientFactory _http;
    private World _world;

    /// <param name="options">The account to play.</param>
    /// <param name="clock">For the records' times, the limiter, delays and retries.</param>
    /// <param name="http">Where webhooks go out by; null = over the network, without following redirects.</param>
    public ZuperSimulator(ZuperSimulatorOptions options, TimeProvider clock, IHttpClientFactory? http = null)
    {
        (_options, Clock, Faults) = (options, clock, new FaultRules(ZuperFaults.All, options.Seed));
        _limiter = new MinuteLimiter(clock) { Limit = options.RequestsPerMinute };
        _ownClients = http is null ? Clients() : null;
        _http = http ?? _ownClients!.GetRequiredService<IHttpClientFactory>();
        _world = NewWorld();
    }

    public string Name => "zuper";

    public string Path => "/api";

    public TimeProvider Clock { get; }

    public RequestJournal Journal { get; } = new();

    /// <inheritdoc/>
    public RequestsUnderWay UnderWay { get; } = new();

    public FaultRules Faults { get; }

    public ZuperCounters Counters { get; } = new();

    /// <summary>The header values that a caller needs, and what the look-up knows.</summary>
    public ZuperSimulatorOptions Options => _options;

    /// <summary>How long each answer takes; none at the start.</summary>
    public Latency Latency
    {
        get => _world.Gateway.Latency;
        set => _world.Gateway.Latency = value;
    }

    /// <summary>Requests a minute; 0 = no limit.</summary>
    public int RequestsPerMinute
    {
        get => _limiter.Limit;
        set => _limiter.Limit = value;
    }

    /// <summary>Off = nothing that happens from now on is told by webhook.</summary>
    public bool WebhooksEnabled
    {
        get => _world.Dispatcher.Enabled;
        set => _world.Dispatcher.Enabled = value;
    }

    /// <summary>The attempts to deliver webhooks, oldest first.</summary>
    public IReadOnlyList<WebhookAttempt> Deliveries => _history.All;

    /// <summary>Whether rows of lists carry the custom fields.</summary>
    public bool ListRowsCarryCustomFields { get; set; } = true;

    /// <summary>
    /// Whether some invoices are shown as old and odd ones look: without ids and types of lines, with money as text,
    /// with section rows.
    /// </summary>
    public bool Untidy
    {
        get => _world.Company.Untidy;
        set => _world.Company.Untidy = value;
    }

    /// <summary>
    /// What a person in Zuper's own screens does: webhooks tell of it, with that person as who did it.
    /// </summary>
    public ZuperScreens Screens => new(_world.Company, _world.Registry);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints
            .ServiceProvider.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopping.Register(() => _ = _world.Dispatcher.GiveUpAsync());
        endpoints.Map("/{**path}", context => _world.Gateway.HandleAsync(context));
    }

    /// <summary>
    /// Ends when every webhook was delivered or given up, those included that still wait for a retry.
    /// </summary>
    public Task WebhooksIdleAsync(CancellationToken cancellationToken) =>
        _world.Dispatcher.Tally.IdleAsync(cancellationToken);

    /// <summary>
    /// Ends when no webhook is on its way; some may wait for the clock, for a retry or because a fault delays them.
    /// </summary>
    public Task WebhooksRestingAsync(CancellationToken cancellationToken) =>
        _world.Dispatcher.Tally.RestingAsync(cancellationToken);

    public JsonNode? State(string kind)
    {
        var company = _world.Company;
        lock (company.Gate)
            return kind.ToUpperInvariant() switch
            {
                "_COUNTERS" => Counters.ToJson(),
                "WEBHOOK" => new JsonArray([.. _world.Registry.All.Select(w => w.ToJson())]),
                "WEBHOOK_HISTORY" => new JsonArray([.. _history.All.Select(a => a.ToJson())]),
                _ when ZuperModules.Named(kind) is { } module => new JsonArray([
                    .. company.Of(module).All.Select(r => company.View(module, r)),
                ]),
                _ => null,
            };
    }

    public void Reset()
    {
        var before = _world;
        Faults.Clear();
        Journal.Clear();
        Counters.Clear();
        _history.Clear();
        _limiter.Clear();
        _limiter.Limit = _options.RequestsPerMinute;
        _world = NewWorld();
        _ = before.Dispatcher.DisposeAsync().AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        await _world.Dispatcher.DisposeAsync();
        if (_ownClients is not null)
            await _ownClients.DisposeAsync();
    }

    private World NewWorld()
    {
        ListRowsCarryCustomFields = _options.ListRowsCarryCustomFields;
        var ids = new ZuperIds(_options.Seed);
        var registry = new WebhookRegistry(Clock, ids);
        var dispatcher = new WebhookDispatcher(_options, Clock, _http, registry, _history, Faults, Counters);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(_options.TimeZone);
        var company = new ZuperCompany(Clock, ids, _options.Strict, zone, dispatcher.Raise)
        {
            Untidy = _options.Untidy,
        };
        ZuperCategories.Fill(company);
        if (_options.SampleData)
            ZuperSample.Fill(company, _options.SampleFirstDay ?? ZuperSample.FirstDay(Clock, zone));
        bool WithFields() => ListRowsCarryCustomFields;
        IReadOnlyList<ZuperRoute> routes =
        [
            .. ConfigRoutes.For(_options),
            .. AccountRoutes.For(_options),
            .. new OrganizationRoutes(company, WithFields).All(),
            .. new CustomFieldRoutes(company).All(),
            .. new CustomerRoutes(company, WithFields).All(),
            .. new ProductRoutes(company, WithFields).All(),
            .. new InvoiceRoutes(company, WithFields).All(),
            .. new PaymentRoutes(company).All(),
            .. new WebhookRoutes(registry, _history, dispatcher).All(),
        ];
        return new World(
            company,
            registry,
            dispatcher,
            new ZuperGateway(_options, Clock, company, _limiter, Faults, Journal, UnderWay, Counters, routes)
        );
    }

    private static ServiceProvider Clients()
    {
        var services = new ServiceCollection();
        services
            .AddHttpClient(WebhookDispatcher.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        return services.BuildServiceProvider();
    }

    private sealed record World(
        ZuperCompany Company,
        WebhookRegistry Registry,
        WebhookDispatcher Dispatcher,
        ZuperGateway Gateway
    );
}
