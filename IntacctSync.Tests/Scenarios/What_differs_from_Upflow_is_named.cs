using System.Text.Json.Nodes;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Review;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>The comparison of both sides, where Upflow is one.</summary>
public sealed class What_differs_from_Upflow_is_named : ReceivablesRoadTest
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
                    DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["JPY"] = 0.0067m },
                },
            ],
        };

    [Fact]
    public async Task Nothing_where_all_that_is_open_is_the_same_on_both_sides()
    {
        await FillAsync();
        var before = Writes;
        var (summary, differences) = await ReconcileAsync();
        Assert.Equal([], differences);
        Assert.True(summary["equal"]!.GetValue<bool>(), summary.ToJsonString());
        Assert.Equal(
            ["upflow-customers", "upflow-invoices", "upflow-credit-notes", "upflow-payments"],
            summary["flows"]!.AsArray().Select(f => f!["flow"]!.ToString())
        );
        Assert.All(summary["flows"]!.AsArray(), f => Assert.True(f!["linked"]!.GetValue<int>() > 0, f.ToJsonString()));
        Assert.Equal(before, Writes);
    }

    [Fact]
    public async Task A_payment_whose_link_was_taken_off_in_Upflow()
    {
        var books = await FillAsync();
        Upflow.Screens.Unlink($"ARPYMT-{Text(books.Payment)}", $"ARINVOICE-{Text(books.Invoice)}");
        Assert.Equal(
            [
                $"upflow-invoices {Text(books.Invoice)} open 140.00 200.00",
                $"upflow-payments {Text(books.Payment)} unapplied 0.00 60.00",
            ],
            (await ReconcileAsync()).Differences
        );
    }

    [Fact]
    public async Task Money_that_was_put_to_a_customer_in_Upflow_by_hand()
    {
        await FillAsync();
        Upflow.Screens.TakePayment("C-1", 1000);
        var (summary, differences) = await ReconcileAsync();
        var balance = Assert.Single(differences);
        Assert.StartsWith("upflow-customers C-1 balance ", balance, StringComparison.Ordinal);
        Assert.Equal(
            1,
            summary["flows"]!.AsArray().Single(f => f!["flow"]!.ToString() == "upflow-payments")![
                "onlyAtTarget"
            ]!.GetValue<int>()
        );
    }

    [Fact]
    public async Task A_credit_note_that_was_deleted_in_Upflow()
    {
        var books = await FillAsync();
        Upflow.Screens.Delete("credit_notes", $"ARADJUSTMENT-{Text(books.Memo)}");
        var differences = (await ReconcileAsync()).Differences;
        Assert.Contains($"upflow-credit-notes ARADJUSTMENT-{Text(books.Memo)}   ", differences);
        Assert.Contains(differences, d => d.StartsWith("upflow-customers C-1 balance ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_Intacct_has_applied_and_no_poll_has_seen()
    {
        var books = await FillAsync();
        Intacct.Screens.ApplyCreditMemo(books.Memo, [("INV-2", 5m)]);
        var (_, differences) = await ReconcileAsync();
        Assert.Equal(
            [
                $"upflow-credit-notes ARADJUSTMENT-{Text(books.Memo)} unapplied 15.00 20.00",
                $"upflow-invoices {Text(Intacct.Screens.InvoiceNo("INV-2"))} open 65.00 70.00",
            ],
            differences.Where(d => !d.StartsWith("upflow-payments", StringComparison.Ordinal))
        );
        await PollAsync();
        Assert.Equal([], (await ReconcileAsync()).Differences);
    }

    [Fact]
    public async Task An_older_invoice_that_was_carried_over_on_request_and_is_paid_otherwise_in_Upflow()
    {
        await FillAsync();
        var old = Text(Intacct.Screens.InvoiceNo("OLD-1"));
        await Process.Get<PersonRequests>().RetryAsync(await ConnectionAsync(), UpflowFlows.Invoices, old, Forever);
        await RestAsync();
        Assert.Equal([], (await ReconcileAsync()).Differences);
        Upflow.Screens.PayInPortal([("OLD-1", 10000)]);
        Assert.Contains($"upflow-invoices {old} open 500.00 400.00", (await ReconcileAsync()).Differences);
    }

    [Fact]
    public async Task A_payment_that_failed_in_Upflow_counts_nothing()
    {
        await FillAsync();
        Upflow.Screens.Fail(Upflow.Screens.PayInPortal([("INV-2", null)]));
        Assert.Equal([], (await ReconcileAsync()).Differences);
    }

    [Fact]
    public async Task Nothing_of_what_was_reversed_on_a_later_day()
    {
        await FillAsync();
        Clock.Advance(TimeSpan.FromDays(40));
        var later = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        Intacct.Screens.ReverseInvoice("INV-2", later);
        await PollAsync();
        Assert.Equal([], (await ReconcileAsync()).Differences);
        Assert.Equal([], (await ReconcileAsync(later.AddDays(-5))).Differences);
    }

    [Fact]
    public async Task An_explanation_shows_what_is_unapplied_of_a_payment_and_a_customers_balance()
    {
        var books = await FillAsync();
        var payment = await ExplainAsync(UpflowFlows.Payments, Text(books.Overpayment));
        Assert.Equal("10.00", payment.Mapped!["unapplied"]!.ToString());
        Assert.Empty(payment.Differences);
        var customer = await ExplainAsync(UpflowFlows.Customers, "C-1");
        Assert.Empty(customer.Differences);
        Assert.Contains("JPY", customer.Mapped!["balance"]!.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A company in which there is something of each kind, all of it carried over.</summary>
    private async Task<(int Invoice, int Payment, int Overpayment, int Memo)> FillAsync()
    {
        await ConnectUpflowAsync(s => s with { StartDate = new DateOnly(2026, 2, 1) });
        var screens = Intacct.Screens;
        screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        screens.AddCustomer("C-2", "Pier", "ap@pier.example");
        screens.PostInvoice("C-1", "OLD-1", 500, date: new DateOnly(2026, 1, 5));
        var invoice = screens.PostInvoice("C-1", "INV-1", 200);
        screens.PostInvoice("C-1", "INV-2", 70);
        screens.PostInvoice("C-1", "INV-3", 1200, currency: "JPY");
        screens.PostInvoice("C-2", "INV-4", 90);
        screens.PostInvoice("C-2", "INV-5", 40);
        screens.PostInvoice("C-2", "INV-6", 100);
        screens.PostDebitMemo("C-2", "DM-1", 15);
        var memo = screens.PostCreditMemo("C-1", "CM-1", 20);
        screens.PostInvoice("C-2", "NEG-1", -30);
        await PollAsync();
        var payment = screens.Receive("C-1", [new PaymentRow("INV-1", 60)], reference: "P-1");
        var overpayment = screens.Receive("C-2", [new PaymentRow("INV-4", 50)], total: 60, reference: "P-2");
        screens.TakeDiscount("C-2", "INV-6", 98, 2);
        var advance = screens.Advance("C-2", 25, reference: "A-1");
        await PollAsync();
        screens.ApplyCredit(advance, [("INV-4", 5m)]);
        screens.ApplyNegativeInvoice("NEG-1", [("INV-4", 10m)]);
        screens.ReverseInvoice("INV-5");
        var bounced = screens.Receive("C-2", [new PaymentRow("DM-1", 15)], reference: "P-3");
        await PollAsync();
        screens.ReversePayment(bounced);
        await PollAsync();
        return (invoice, payment, overpayment, memo);
    }

    private async Task<RecordExplanation> ExplainAsync(FlowName flow, string sourceId) =>
        (await Process.Get<Explainer>().ExplainAsync(await ConnectionAsync(), flow, sourceId, Forever))!;

    private async Task<(JsonNode Summary, IReadOnlyList<string> Differences)> ReconcileAsync(DateOnly? since = null)
    {
        var run = await PassAsync(async () =>
        {
            var (started, _) = await Process
                .Get<Reconciliation>()
                .StartAsync(await ConnectionAsync(), since, null, null, tells: false, Forever);
            await Process.Get<LongRuns>().EndOfAsync(started.RunId, Forever);
            return started;
        });
        var ended = (await Process.Get<RunStore>().GetAsync(Id, run.RunId, Forever))!;
        Assert.True(ended.State == RunState.Done, $"{ended.State}: {ended.Report}");
        var differences = new List<string>();
        await foreach (var line in Process.Get<RunReports>().ReadAsync(Id, run.RunId, Forever))
        {
            var record = JsonNode.Parse(line)!;
            differences.Add(
                $"{record["flow"]} {record["sourceId"]} {record["field"]} {record["source"]} {record["target"]}"
            );
        }

        return (JsonNode.Parse(ended.Report!)!, [.. differences.Order(StringComparer.Ordinal)]);
    }
}
