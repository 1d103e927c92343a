using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper.Invoices;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>129 EUR are not 129 USD, though number, customer and amount are the same.</summary>
public class An_invoice_in_another_currency_is_another_one : InvoiceRoadTest
{
    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            Companies =
            [
                SimulatedCompany.Sandbox with
                {
                    MultiCurrency = true,
                    DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["EUR"] = 1.1m },
                },
            ],
        };

    [Theory]
    [InlineData(true, "EUR", null, "sage-id-differs")]
    [InlineData(false, "EUR", null, "number-taken")]
    [InlineData(true, "", "EUR", "sage-id-differs")]
    [InlineData(false, "", "EUR", "number-taken")]
    [InlineData(true, "EUR", "EUR", null)]
    [InlineData(false, "EUR", "EUR", null)]
    [InlineData(true, "", null, null)]
    [InlineData(false, "", null, null)]
    public async Task One_that_Intacct_has_already_is_adopted_in_its_own_currency_alone(
        bool bySageId,
        string booked,
        string? connections,
        string? code
    )
    {
        var recordNo = await PostedAsync(booked, connections);
        var uid = MakeInvoice(i =>
        {
            if (bySageId)
                i["custom_fields"] = Showing(recordNo);
        });
        await SweepLaterAsync();
        var entry = await InvoiceEntryAsync(uid);
        Assert.Equal((code is null ? recordNo : null, code), (entry.TargetId, entry.Problem?.Code));
        if (code is not null)
            Assert.Contains("129.00 EUR", entry.Problem!.Message, StringComparison.Ordinal);
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task One_is_not_taken_for_a_booking_that_got_no_answer()
    {
        await BooksAsync();
        Intacct.Faults.Add(new() { Fault = "resetBefore", Match = CreateInvoice });
        var uid = MakeInvoice();
        await RestAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(RecordState.InDoubt, (await InvoiceEntryAsync(uid)).State);
        Intacct.Screens.PostInvoice(SageId(Organization)!, "INV-2001", 129, currency: "EUR");
        await RestAsync();
        await AssertNeedsAsync(uid, "number-taken");
        Assert.Contains("129.00 EUR", (await InvoiceEntryAsync(uid)).Problem!.Message, StringComparison.Ordinal);
        Assert.Single(Invoices);
    }

    [Fact]
    public async Task One_is_neither_linked_by_hand_nor_by_a_rebuild()
    {
        var recordNo = await PostedAsync("EUR", null);
        var uid = MakeInvoice(i => i["custom_fields"] = Showing(recordNo));
        var connection = (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;
        var check = await PassAsync(() =>
            Process
                .Get<InvoiceLinkCheck>()
                .CheckAsync(connection, uid, recordNo, Process.Get<ConnectionAccessSource>(), Forever)
        );
        Assert.Contains("129.00 EUR", check.Refusal, StringComparison.Ordinal);
        Assert.Contains("is in USD", check.Refusal, StringComparison.Ordinal);

        await PassAsync(async () =>
        {
            var (started, _) = await Process.Get<Rebuild>().StartAsync(connection, Forever);
            await Process.Get<LongRuns>().EndOfAsync(started.RunId, Forever);
            return started;
        });
        await SweepLaterAsync();
        await AssertNeedsAsync(uid, "sage-id-differs");
    }

    [Fact]
    public async Task One_that_a_cancelled_invoice_shows_is_not_asked_about()
    {
        var recordNo = await PostedAsync("EUR", null);
        var uid = MakeInvoice(i =>
        {
            i["custom_fields"] = Showing(recordNo);
            i["invoice_status"] = "CANCELED";
        });
        await SweepLaterAsync();
        Assert.Equal(RecordState.Skipped, (await InvoiceEntryAsync(uid)).State);
    }

    /// <summary>The RECORDNO of an invoice of 129 that stands in Intacct alone.</summary>
    private async Task<string> PostedAsync(string currency, string? connections)
    {
        await BooksAsync(s =>
            WithInvoice(
                s,
                i =>
                    i with
                    {
                        Currency = connections,
                        ExchangeRateType = connections is null ? null : "Intacct Daily Rate",
                    }
            )
        );
        Zuper.WebhooksEnabled = false;
        return Intacct
            .Screens.PostInvoice(SageId(Organization)!, "INV-2001", 129, currency: currency)
            .ToString(CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string> CreateInvoice { get; } =
        new(StringComparer.Ordinal) { ["function"] = "create_invoice" };

    private static JsonArray Showing(string recordNo) =>
        new(
            new JsonObject
            {
                ["label"] = "Sage Invoice ID",
                ["value"] = recordNo,
                ["type"] = "SINGLE_LINE",
            }
        );

    private async Task SweepLaterAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(20));
        await SweepAsync();
    }
}
