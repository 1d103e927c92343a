using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Simulators.Intacct.Settings;

namespace IntacctSync.Simulators.Intacct;

/// <summary>
/// Imitates Sage Intacct's XML gateway (DTD 3.0): customers and contacts, receivables, Order Entry, items and
/// dimensions, sessions, queries, and its ways to fail. What is known of the real one comes from developer.intacct.com,
/// its published request schema and recorded answers; what had to be guessed is marked [assumed] or [inferred] where it
/// is decided.
/// </summary>
public sealed class IntacctSimulator : ISimulator
{
    private readonly Lock _lock = new();
    private readonly SessionStore _sessions;
    private readonly XmlGateway _gateway;
    private Random _random;
    private int _supportIds;

    public IntacctSimulator(IntacctSimulatorOptions options, TimeProvider clock)
    {
        Options = options;
        Clock = clock;
        Faults = new FaultRules(IntacctFaults.All, options.Seed);
        Companies = options.Companies.ToDictionary(
            c => c.CompanyId,
            c => new IntacctCompany(c, options, clock),
            StringComparer.OrdinalIgnoreCase
        );
        Company = Companies[options.Companies[0].CompanyId];
        _random = new Random(options.Seed);
        _sessions = new SessionStore(options, clock);
        _gateway = new XmlGateway(
            this,
            _sessions,
            new SignIn(_sessions, Companies, Faults),
            new OperationRunner(options, clock, _sessions, Faults, NextSupportId)
        );
    }

    public string Name => "intacct";

    public string Path => "/ia/xml/xmlgw.phtml";

    public IntacctSimulatorOptions Options { get; }

    public TimeProvider Clock { get; }

    public RequestJournal Journal { get; } = new();

    /// <inheritdoc/>
    public RequestsUnderWay UnderWay { get; } = new();

    public FaultRules Faults { get; }

    /// <summary>The companies by id, in any case.</summary>
    public IReadOnlyDictionary<string, IntacctCompany> Companies { get; }

    /// <summary>The first company, in most uses the only one.</summary>
    public IntacctCompany Company { get; }

    /// <inheritdoc cref="IntacctCompany.Screens"/>
    public IntacctScreens Screens => Company.Screens;

    /// <inheritdoc cref="IntacctSimulatorOptions.Latency"/>
    public Latency Latency
    {
        get => Options.Latency;
        set => Options.Latency = value;
    }

    /// <inheritdoc cref="IntacctSimulatorOptions.MaxConcurrency"/>
    public int MaxConcurrency
    {
        get => Options.MaxConcurrency;
        set => Options.MaxConcurrency = value;
    }

    /// <inheritdoc cref="IntacctCompany.MaxConcurrencySeen"/>
    public int MaxConcurrencySeen => Company.MaxConcurrencySeen;

    /// <inheritdoc cref="IntacctCompany.Counters"/>
    public TransactionCounters Counters => Company.Counters;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.Map(Path, (RequestDelegate)_gateway.ServeAsync);
        endpoints.MapSettings(this);
        endpoints.MapScreens(this);
    }

    /// <inheritdoc/>
    /// <remarks><c>COMPANY:OBJECT</c> names a company that is not the first.</remarks>
    public JsonNode? State(string kind)
    {
        var (company, name) = kind.Split(':') is [var id, var rest]
            ? (Companies.GetValueOrDefault(id), rest)
            : (Company, kind);
        if (company is null)
            return null;
        if (name == "_counters")
            return CounterState.Of(company);
        return company.Books.Table(name) is null
            ? null
            : new JsonArray([
                .. company
                    .Records(name)
                    .Select(r => new JsonObject(r.Select(v => KeyValuePair.Create<string, JsonNode?>(v.Key, v.Value)))),
            ]);
    }

    /// <summary>All sessions are over, as after a restart of Intacct.</summary>
    public void EndSessions() => _sessions.Clear();

    /// <inheritdoc/>
    public void Reset()
    {
        Faults.Clear();
        Journal.Clear();
        _sessions.Clear();
        lock (_lock)
            _random = new Random(Options.Seed);
        foreach (var company in Companies.Values)
            company.Begin();
    }

    internal Task WaitAsync(HttpContext http, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
            wait = Options.Latency.Next(_random);
        return UnderWay.PauseAsync(http, wait, Clock, cancellationToken);
    }

    /// <summary>In the form of live ones, an escaped tilde included.</summary>
    private string NextSupportId() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"sim{Interlocked.Increment(ref _supportIds):00000}%7EZEckUDEkV9t5KUU5mpPrrQAAAAk"
        );
}
