using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Local.Sandbox;
using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Simulators.Upflow;

namespace IntacctSync.Tests.Local.Sandbox;

public sealed class UpflowVerdictTests : IAsyncLifetime
{
    private readonly IntacctSimulator _intacct = new(
        new IntacctSimulatorOptions
        {
            SampleData = false,
            Companies =
            [
                SimulatedCompany.Sandbox with
                {
                    MultiCurrency = true,
                    DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal)
                    {
                        ["JPY"] = 0.0067m,
                        ["KWD"] = 3.25m,
                    },
                },
            ],
        },
        TimeProvider.System
    );
    private readonly UpflowSimulator _upflow = new(
        new UpflowSimulatorOptions { SampleData = false },
        TimeProvider.System
    );
    private RunningSimulator _server = null!;

    public async Task InitializeAsync()
    {
        _server = await SimulatorHost.StartAsync(_upflow, 0, CancellationToken.None);
        _intacct.Screens.AddCustomer("C-1", "Harbor");
        await SendAsync("customers", new() { ["externalId"] = "C-1", ["name"] = "Harbor" });
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("USD", 12.34, 1234)]
    [InlineData("JPY", 1200, 1200)]
    [InlineData("KWD", 12.34, 12340)]
    public async Task The_same_amount_is_counted_by_the_currencys_smallest_unit(string currency, double due, long open)
    {
        var no = _intacct.Screens.PostInvoice("C-1", "INV-1", (decimal)due, currency: currency);
        await SendInvoiceAsync(no, currency, open);
        Assert.Empty(Differences());
    }

    [Fact]
    public async Task Another_amount_is_named_and_the_balance_with_it()
    {
        await SendInvoiceAsync(_intacct.Screens.PostInvoice("C-1", "INV-1", 100), "USD", 9000);
        Assert.Equal(
            [
                "INV-1 is open by 10000 in Intacct, and by 9000 in Upflow.",
                "C-1 owes 10000 USD in Intacct, and 9000 in Upflow.",
            ],
            Differences()
        );
    }

    [Fact]
    public void What_is_missing_is_wrong()
    {
        _intacct.Screens.PostInvoice("C-1", "INV-1", 100);
        _intacct.Screens.PostCreditMemo("C-1", "CM-1", 30);
        _intacct.Screens.PostInvoice("C-1", "DRAFT-1", 100, draft: true);
        Assert.Equal(
            ["INV-1 is not in Upflow.", "CM-1 is not in Upflow.", "C-1 owes 7000 USD in Intacct, and 0 in Upflow."],
            Differences()
        );
    }

    [Fact]
    public void A_payment_that_is_missing_shows_in_the_balance_and_so_does_a_customer()
    {
        _intacct.Screens.AddCustomer("C-2", "North");
        _intacct.Screens.Advance("C-1", 40);
        _intacct.Screens.Advance("C-2", 40);
        Assert.Equal(["C-1 owes -4000 USD in Intacct, and 0 in Upflow.", "C-2 is not in Upflow."], Differences());
    }

    private IReadOnlyList<string> Differences() => UpflowVerdict.Between(_intacct.Company, _upflow.Screens);

    private Task SendInvoiceAsync(int recordNo, string currency, long gross) =>
        SendAsync(
            "invoices",
            new()
            {
                ["externalId"] = FormattableString.Invariant($"ARINVOICE-{recordNo}"),
                ["customId"] = "INV-1",
                ["issuedAt"] = "2026-03-01",
                ["dueDate"] = "2026-03-31",
                ["currency"] = currency,
                ["grossAmount"] = gross,
                ["netAmount"] = gross,
                ["customer"] = new JsonObject { ["externalId"] = "C-1" },
            }
        );

    private async Task SendAsync(string list, JsonObject body)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, $"v1/{list}"));
        request.Headers.Add("X-Api-Key", "sandbox-upflow-key");
        request.Headers.Add("X-Api-Secret", "sandbox-upflow-secret");
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, CancellationToken.None);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(CancellationToken.None));
    }
}
