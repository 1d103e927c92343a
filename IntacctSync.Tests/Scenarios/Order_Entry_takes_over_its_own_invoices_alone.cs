using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// An invoice that Order Entry made anew takes the place of the former one in Upflow: of the same customer, once that
/// one is known to be gone. Not to be shown is not to be gone.
/// </summary>
public sealed class Order_Entry_takes_over_its_own_invoices_alone : ReceivablesRoadTest
{
    internal override IntacctSimulatorOptions IntacctOptions { get; } =
        new()
        {
            SampleData = false,
            InvoiceNumbersPerCustomer = true,
            Companies = [SimulatedCompany.Sandbox],
        };

    [Fact]
    public async Task An_order_of_another_customer_does_not_take_an_invoice_that_is_hidden()
    {
        await OpenAsync();
        var first = Intacct.Screens.PostInvoice("C-1", "SI-1", 100);
        await PollAsync();
        Hide(first);
        Intacct.Screens.PostOrder("C-2", "SI-1", "VISIT", 50);
        await PollAsync();
        Wire.Change = null;
        Assert.Equal(
            ((string?)Customer("C-1")["id"], 10000L),
            ((string?)Invoice(first)["customerId"], (long)Invoice(first)["amountOutstanding"]!)
        );
        Assert.Equal(10000, Upflow.Screens.Balance("C-1", "USD"));
        Assert.Equal(5000, Upflow.Screens.Balance("C-2", "USD"));
    }

    [Fact]
    public async Task An_order_does_not_take_an_invoice_that_was_not_made_by_Order_Entry()
    {
        await OpenAsync();
        var first = Intacct.Screens.PostInvoice("C-1", "SI-1", 100);
        await PollAsync();
        Hide(first);
        Intacct.Screens.PostOrder("C-1", "SI-2", "VISIT", 50);
        await PollAsync();
        Wire.Change = null;
        Assert.Equal(10000, (long)Invoice(first)["amountOutstanding"]!);
        Assert.Equal(15000, Upflow.Screens.Balance("C-1", "USD"));
    }

    /// <summary>
    /// Another one of the same customer and number stands beside an invoice that is hidden for some minutes: that one
    /// is looked for again before anything is taken from it.
    /// </summary>
    [Fact]
    public async Task An_invoice_of_Order_Entry_that_is_hidden_for_a_moment_keeps_its_place()
    {
        await OpenAsync();
        var first = Intacct.Screens.PostOrder("C-1", "SI-1", "VISIT", 100);
        Intacct.Screens.PostInvoice("C-1", "INV-9", 10);
        await PollAsync();
        var id = (string?)Invoice(first)["id"];
        Hide(first);
        var second = Intacct.Screens.PostOrder("C-1", "SI-2", "VISIT", 50);
        await PollAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("not-shown", await WaitsForAsync(second));
        Assert.Equal(id, (string?)Invoice(first)["id"]);
        Hide(null);
        await RestAsync(TimeSpan.FromHours(1));
        Assert.Equal((id, 10000L), ((string?)Invoice(first)["id"], (long)Invoice(first)["amountOutstanding"]!));
        Assert.Equal(5000, (long)Invoice(second)["amountOutstanding"]!);
    }

    private async Task OpenAsync()
    {
        await ConnectUpflowAsync();
        Intacct.Company.Add(
            "ITEM",
            Fields(
                ("ITEMID", "VISIT"),
                ("NAME", "Visit"),
                ("ITEMTYPE", "Non-Inventory (Sales only)"),
                ("BASEUOM", "Each")
            )
        );
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.AddCustomer("C-2", "Pier", "ap@pier.example");
        await PollAsync();
    }

    /// <summary>
    /// Intacct no longer shows an invoice, and shows that of the order SI-2 with the number SI-1.
    /// </summary>
    private void Hide(int? invoice) =>
        Wire.Change = (sent, answer) =>
            (
                invoice is { } hidden && HiddenRecords.IsReadOf(sent, "ARINVOICE")
                    ? HiddenRecords.Hide(answer, "ARINVOICE", Text(hidden))
                    : answer
            ).Replace(">SI-2<", ">SI-1<", StringComparison.Ordinal);

    private async Task PollAsync(TimeSpan rest)
    {
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process
            .Get<Core.Detection.Poller>()
            .TickAsync([.. UpflowFlows.All.Select(f => f.Name)], Clock.GetUtcNow(), Forever);
        await RestAsync(rest);
    }

    private async Task<string?> WaitsForAsync(int invoice)
    {
        var row = await RowAsync(UpflowFlows.Invoices, Text(invoice));
        Assert.Equal(RecordState.Pending, row.State);
        return row.Timeline[^1].Detail.Contains("Order Entry may have made", StringComparison.Ordinal)
            ? "not-shown"
            : row.Timeline[^1].Detail;
    }
}
