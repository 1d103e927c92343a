using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Simulators.Zuper;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Tests.Scenarios.Road;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Scenarios.Azure;

/// <summary>
/// Two connections, each with a Zuper account and an Intacct company of its own, whose organizations, customers and
/// invoices are synced.
/// </summary>
public abstract class TwoCompaniesTest : TwinsTest
{
    internal static readonly ConnectionId Other = ConnectionId.Parse("beta");

    private const string OtherCompany = "beta-company";

    private RunningSimulator _otherServer = null!;

    internal ZuperSimulator OtherZuper { get; private set; } = null!;

    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            Companies = [SimulatedCompany.Sandbox, SimulatedCompany.Sandbox with { CompanyId = OtherCompany }],
        };

    internal IReadOnlyList<(ConnectionId Connection, ZuperSimulator Zuper, IntacctCompany Company)> Sides =>
        [(Id, Zuper, Intacct.Company), (Other, OtherZuper, Intacct.Companies[OtherCompany])];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        OtherZuper = new ZuperSimulator(
            new ZuperSimulatorOptions { SampleData = false, RequestsPerMinute = 0 },
            Clock,
            new StubClients(new WebhookWire(() => Process?.Get<WebhookReceiver>()))
        );
        _otherServer = await SimulatorHost.StartAsync(OtherZuper, 0, Forever);
        Wire.Watch(OtherZuper.UnderWay);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _otherServer.DisposeAsync();
        await OtherZuper.DisposeAsync();
    }

    internal override async Task WebhooksRestingAsync()
    {
        await base.WebhooksRestingAsync();
        await OtherZuper.WebhooksRestingAsync(Forever);
    }

    internal async Task ConnectBothAsync()
    {
        await ConnectAsync(s => s with { Invoice = s.Invoice with { GlAccountNo = "4000" } });
        var settings = (await ConnectionAsync()).Zuper();
        await Process
            .Get<ConnectionStore>()
            .PutAsync(
                Other,
                settings with
                {
                    Intacct = settings.Intacct with { CompanyId = OtherCompany },
                    Zuper = settings.Zuper! with { ApiUrl = _otherServer.Address.ToString() },
                },
                Forever
            );
        var secrets = Process.Get<ConnectionSecrets>();
        var changes = new Dictionary<string, SecretChange>(StringComparer.Ordinal);
        foreach (var field in ZuperSecrets.Fields.All)
        {
            if (await secrets.GetAsync(Id, field, Forever) is { } secret)
                changes[field] = SecretChange.To(secret);
        }

        await secrets.ApplyAsync(Other, changes, Forever);
        OtherZuper.WebhooksEnabled = true;
        foreach (var (connection, zuper, company) in Sides)
        {
            company.Add(
                "GLACCOUNT",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["ACCOUNTNO"] = "4000",
                    ["TITLE"] = "Revenue",
                    ["ACCOUNTTYPE"] = "incomestatement",
                    ["NORMALBALANCE"] = "credit",
                }
            );
            string[] events =
                connection == Id
                    ? ["customer.create", "invoice.new", "invoice.status_update"]
                    : ["organization.new", "customer.create", "invoice.new", "invoice.status_update"];
            zuper.Screens.Subscribe(new Uri($"http://road.test/api/webhooks/{connection}"), HookSecret, events);
        }
    }

    /// <summary>As many organizations in each account, each with a customer and an invoice.</summary>
    internal List<SyncKey> FillBoth(int each)
    {
        var keys = new List<SyncKey>();
        for (var i = 0; i < each; i++)
        {
            foreach (var (connection, zuper, _) in Sides)
            {
                var organization = zuper.Screens.Create(
                    ZuperModules.Organization,
                    new JsonObject { ["organization_name"] = $"Company {i}" }
                );
                var customer = zuper.Screens.Create(
                    ZuperModules.Customer,
                    new JsonObject
                    {
                        ["customer_first_name"] = "Ada",
                        ["customer_last_name"] = $"Keller {i}",
                        ["customer_organization"] = organization,
                    }
                );
                var invoice = zuper.Screens.Create(
                    ZuperModules.Invoice,
                    new JsonObject
                    {
                        ["organization"] = organization,
                        ["invoice_date"] = "2026-03-02",
                        ["due_date"] = "2026-04-01",
                        ["line_items"] = new JsonArray(
                            new JsonObject
                            {
                                ["name"] = "Tune-up",
                                ["quantity"] = 1,
                                ["unit_price"] = 129,
                            }
                        ),
                    }
                );
                zuper.Screens.SetStatus(invoice, "AWAIT_PAYMENT");
                keys.AddRange([
                    new(connection, ZuperFlows.Organizations, organization),
                    new(connection, ZuperFlows.Customers, customer),
                    new(connection, ZuperFlows.Invoices, invoice),
                ]);
            }
        }

        return keys;
    }

    /// <summary>Everything is synced, and each company has as much of everything as its account, once.</summary>
    internal async Task AssertNothingDoubledAsync(IReadOnlyList<SyncKey> keys)
    {
        var entries = Process.Get<KeyMapStore>();
        foreach (var key in keys)
        {
            var entry = await entries.GetAsync(key, Forever);
            Assert.True(
                entry?.State == RecordState.Synced,
                $"{key} is {entry?.State}: {entry?.Problem} "
                    + $"{string.Join("; ", entry?.Timeline.Select(t => t.What + " " + t.Detail) ?? [])}"
            );
        }

        foreach (var (connection, _, company) in Sides)
        {
            int Of(FlowName flow) => keys.Count(k => k.Connection == connection && k.Flow == flow);
            Assert.Equal(
                Of(ZuperFlows.Organizations),
                company.Records("CUSTOMER").Select(c => c["NAME"]).Distinct(StringComparer.Ordinal).Count()
            );
            Assert.Equal(Of(ZuperFlows.Organizations), company.Records("CUSTOMER").Count);
            Assert.Equal(
                Of(ZuperFlows.Customers),
                company.Records("CONTACT").Count(c => c.GetValueOrDefault("FIRSTNAME") == "Ada")
            );
            Assert.Equal(Of(ZuperFlows.Invoices), company.Records("ARINVOICE").Count);
            Assert.Equal(
                Of(ZuperFlows.Invoices),
                company.Records("ARINVOICE").Select(c => c["RECORDID"]).Distinct(StringComparer.Ordinal).Count()
            );
        }
    }
}
