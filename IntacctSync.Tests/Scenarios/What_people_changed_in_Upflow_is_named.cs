using System.Globalization;
using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// A record that Intacct still has as it was carried over, and Upflow has otherwise, was changed by hand in Upflow.
/// </summary>
public sealed class What_people_changed_in_Upflow_is_named : ReceivablesRoadTest
{
    [Fact]
    public async Task Of_each_kind_of_record_as_changed_by_hand()
    {
        var payment = await FillAsync();
        Assert.Equal([], await CompareAsync());

        Upflow.Screens.Rename("C-1", "Harbour");
        Upflow.Screens.Edit("invoices", "INV-1", number: "INV-1a", date: new DateOnly(2026, 3, 9), amount: 21000);
        Upflow.Screens.Edit("credit_notes", "CM-1", number: "CM-1a", amount: 2500);
        Upflow.Screens.Edit("payments", $"ARPYMT-{Text(payment)}", date: new DateOnly(2026, 3, 9), customer: "C-2");
        Assert.Equal(
            [
                "upflow-credit-notes CM-1 number 'CM-1' 'CM-1a' changedByHand",
                "upflow-credit-notes CM-1 total '20.00' '25.00' changedByHand",
                "upflow-credit-notes CM-1 unapplied '20.00' '25.00' paidOtherwise",
                "upflow-customers C-1 Harbor balance '110.00 USD' '125.00 USD' paidOtherwise",
                "upflow-customers C-1 Harbor name 'Harbor' 'Harbour' changedByHand",
                "upflow-customers C-2 Pier balance '0.00' '-10.00 USD' paidOtherwise",
                $"upflow-invoices INV-1 date '{Day}' '2026-03-09' changedByHand",
                "upflow-invoices INV-1 number 'INV-1' 'INV-1a' changedByHand",
                "upflow-invoices INV-1 open '140.00' '150.00' paidOtherwise",
                "upflow-invoices INV-1 total '200.00' '210.00' changedByHand",
                "upflow-payments P-1 customer 'C-1' 'C-2' changedByHand",
                $"upflow-payments P-1 date '{Day}' '2026-03-09' changedByHand",
            ],
            await CompareAsync()
        );
    }

    /// <summary>By the due date Upflow reminds people.</summary>
    [Fact]
    public async Task The_day_on_which_an_invoice_is_due_is_compared_as_well()
    {
        await FillAsync();
        Upflow.Screens.Edit("invoices", "INV-1", due: new DateOnly(2027, 3, 9));
        var difference = Assert.Single(await CompareAsync());
        Assert.StartsWith("upflow-invoices INV-1 due ", difference, StringComparison.Ordinal);
        Assert.Contains("'2027-03-09'", difference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task And_not_so_where_Intacct_has_changed_since()
    {
        await FillAsync();
        Upflow.Screens.Edit("invoices", "INV-1", number: "INV-1a", date: new DateOnly(2026, 3, 9));
        Change("ARINVOICE", "INV-1", ("RECORDID", "INV-1b"));
        Assert.Equal(
            [
                $"upflow-invoices INV-1b date '{Day}' '2026-03-09' changedByHand",
                "upflow-invoices INV-1b number 'INV-1b' 'INV-1a' waiting",
            ],
            await CompareAsync()
        );
        await PollAsync();
        Assert.Equal([], await CompareAsync());
    }

    [Fact]
    public async Task And_not_so_while_the_change_is_on_its_way()
    {
        await FillAsync();
        Change("ARINVOICE", "INV-1", ("RECORDID", "INV-1b"));
        Refuse("POST /v1/invoices", fault: UpflowFaults.ResetBefore);
        Clock.Advance(TimeSpan.FromMinutes(15));
        await Process.Get<Poller>().TickAsync([UpflowFlows.Invoices], Clock.GetUtcNow(), Forever);
        await RestAsync(TimeSpan.FromSeconds(30));
        var row = await RowAsync(UpflowFlows.Invoices, Text(Intacct.Screens.InvoiceNo("INV-1b")));
        Assert.Equal((RecordState.InDoubt, "INV-1b"), (row.State, row.Title));
        Assert.Equal(["upflow-invoices INV-1b number 'INV-1b' 'INV-1' waiting"], await CompareAsync());
    }

    private string Day => Clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<int> FillAsync()
    {
        await ConnectUpflowAsync();
        var screens = Intacct.Screens;
        screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        screens.AddCustomer("C-2", "Pier", "ap@pier.example");
        screens.PostInvoice("C-1", "INV-1", 200);
        screens.PostInvoice("C-2", "INV-2", 70);
        screens.PostCreditMemo("C-1", "CM-1", 20);
        await PollAsync();
        var payment = screens.Receive("C-1", [new PaymentRow("INV-1", 60)], total: 70, reference: "P-1");
        screens.Receive("C-2", [new PaymentRow("INV-2", 70)], reference: "P-2");
        await PollAsync();
        return payment;
    }

    private void Change(string kind, string number, params (string Name, string Value)[] fields) =>
        Intacct.Company.Change(context =>
        {
            var table = context.Table(kind);
            var record = table.Find(Intacct.Screens.InvoiceNo(number))!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal);
            foreach (var (name, value) in fields)
                values[name] = value;
            context.Books.Update(table, record, values, context.Stamp);
            return 0;
        });

    private async Task<IReadOnlyList<string>> CompareAsync() =>
        (await Process.ReconcileAsync(await ConnectionAsync(), PassAsync)).Differences;
}
