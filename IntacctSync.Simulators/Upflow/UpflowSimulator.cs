using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Api;
using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow;

/// <summary>
/// An imitation of Upflow's REST API, as strict as the real one where its behaviour is known: customers with contacts,
/// invoices and credit notes with PDFs, payments, refunds, the links between them, custom fields, the limits. What no
/// public source states is marked [assumed], and is a switch of <see cref="UpflowSimulatorOptions"/>. It may be looked
/// into and changed while it is served. Thread-safe.
/// </summary>
public sealed class UpflowSimulator : ISimulator
{
    private readonly MinuteLimiter _limiter;
    private World _world;

    public UpflowSimulator(UpflowSimulatorOptions options, TimeProvider clock)
    {
        (Options, Clock, Faults) = (options, clock, new FaultRules(UpflowFaults.All, options.Seed));
        _limiter = new MinuteLimiter(clock);
        _world = NewWorld();
    }

    public string Name => "upflow";

    public string Path => "/v1";

    public TimeProvider Clock { get; }

    public RequestJournal Journal { get; } = new();

    /// <inheritdoc/>
    public RequestsUnderWay UnderWay { get; } = new();

    public FaultRules Faults { get; }

    public UpflowCounters Counters { get; } = new();

    public UpflowSimulatorOptions Options { get; }

    /// <summary>What people do in Upflow's own screens and in its portal.</summary>
    public UpflowScreens Screens => new(_world.Organization);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPortal(this);
        endpoints.Map("/{**path}", context => _world.Gateway.HandleAsync(context));
    }

    /// <inheritdoc/>
    /// <remarks>Kinds are the lists of the API, such as <c>credit_notes</c>, and <c>links</c>.</remarks>
    public JsonNode? State(string kind)
    {
        var organization = _world.Organization;
        lock (organization.Gate)
        {
            var json = new RecordJson(organization, "");
            var name = kind.ToLowerInvariant();
            return name switch
            {
                "_counters" => Counters.ToJson(),
                "customers" => Rows(organization.Customers.All.Select(json.Customer)),
                "contacts" => Rows(organization.Contacts.All.Select(json.Contact)),
                "links" => Rows(organization.Links.All.Select(RecordJson.Link)),
                "users" => Rows(organization.Users.Select(SetupRoutes.Json)),
                "bank_accounts" => Rows(organization.BankAccounts.Select(SetupRoutes.Json)),
                "dunning_plans" => Rows(organization.DunningPlans.Select(SetupRoutes.Json)),
                "custom_fields" => Rows(organization.CustomFields.Select(SetupRoutes.Json)),
                _ when DocumentKind.All.FirstOrDefault(k => k.Path == name) is { } found => Rows(
                    organization.Of(found).All.Select(json.Document)
                ),
                _ => null,
            };
        }
    }

    public void Reset()
    {
        Faults.Clear();
        Journal.Clear();
        Counters.Clear();
        _limiter.Clear();
        _world = NewWorld();
    }

    private static JsonArray Rows(IEnumerable<JsonObject> rows) => new([.. rows]);

    private World NewWorld()
    {
        var organization = new UpflowOrganization(Options, Clock);
        UpflowSetup.Fill(organization);
        var lists = new ListRoutes(organization);
        IReadOnlyList<UpflowRoute> routes =
        [
            .. new CustomerRoutes(organization, lists).All(),
            .. DocumentKind.All.SelectMany(k => new DocumentRoutes(organization, lists, k).All()),
            .. new ReconcileRoutes(organization).All(),
            .. new SetupRoutes(organization, lists).All(),
        ];
        return new World(
            organization,
            new UpflowGateway(Options, Clock, organization, _limiter, Faults, Journal, UnderWay, Counters, routes)
        );
    }

    private sealed record World(UpflowOrganization Organization, UpflowGateway Gateway);
}
