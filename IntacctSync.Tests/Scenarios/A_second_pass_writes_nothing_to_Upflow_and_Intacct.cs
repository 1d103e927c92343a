using IntacctSync.Core.Upflow;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// Where nothing has changed, nothing is written to either system: by polls, by a backfill of every flow, and by
/// both again. PDFs, custom fields and receipts are on.
/// </summary>
public sealed class A_second_pass_writes_nothing_to_Upflow_and_Intacct : ReceivablesRoadTest
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
    public async Task Whatever_there_is()
    {
        MakeCustomFields();
        await ConnectUpflowAsync(s =>
            s with
            {
                SyncPdfs = true,
                SyncReceipts = true,
                Receipts = new ReceiptSettings { BankAccountId = "BANK" },
                CustomFields = new()
                {
                    Customers = Fields(("REGION", "Area")),
                    Invoices = Fields(("PO_NO", "PO")),
                    CreditNotes = Fields(("REASON", "Why")),
                },
            }
        );
        MakeBooks();
        await PollAsync();
        Upflow.Screens.PayInPortal([("INV-4", 1000)], reference: "pi_1");
        Upflow.Screens.Refund(Upflow.Screens.PayInPortal([("INV-5", null)], reference: "pi_2"));
        Clock.Advance(TimeSpan.FromHours(3));
        await PollAsync();
        await PollAsync();

        AssertCarried();
        var before = (Writes, Changes);
        Assert.True(before is { Writes: > 10, Changes: > 0 });
        await PollAsync();
        Clock.Advance(TimeSpan.FromHours(3));
        await PollAsync();
        Assert.Equal(before, (Writes, Changes));
        for (var i = 0; i < 2; i++)
            await BackfillAsync([.. UpflowFlows.All.Select(f => f.Name)]);
        Assert.Equal(before, (Writes, Changes));
        await RestartAsync();
        await BackfillAsync([.. UpflowFlows.All.Select(f => f.Name)]);
        await PollAsync();
        Assert.Equal(before, (Writes, Changes));
    }

    private void MakeCustomFields()
    {
        foreach (var field in new[] { "CUSTOMER.REGION", "ARINVOICE.PO_NO", "ARADJUSTMENT.REASON" })
            IntacctOptions.CustomFields.Add(field);
        Upflow.Screens.AddCustomField("Area", "CUSTOMER");
        Upflow.Screens.AddCustomField("PO", "INVOICE");
        Upflow.Screens.AddCustomField("Why", "CREDIT_NOTE");
    }

    /// <summary>That there is something that could be written again.</summary>
    private void AssertCarried()
    {
        Assert.NotNull(Upflow.Screens.Pdf("INV-7"));
        foreach (var (list, name, value) in new[] { ("customers", "C-1", "South"), ("invoices", "INV-7", "4711") })
            Assert.Equal(value, (string?)Upflow.Screens.Record(list, name)!["customFields"]![0]!["value"]);
        Assert.Contains(Upflow.Screens.Records("payments"), p => (long)p["amount"]! == 9000);
        Assert.Equal(1200, (long)Upflow.Screens.Record("invoices", "YEN-1")!["grossAmount"]!);
    }

    private void Set(string kind, int recordNo, string field, string value) =>
        Intacct.Company.Change(context =>
        {
            var table = context.Table(kind);
            var record = table.Find(recordNo)!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal) { [field] = value };
            return context.Books.Update(table, record, values, context.Stamp).RecordNo;
        });

    /// <summary>What was written to Intacct, or tried to be.</summary>
    private int Changes =>
        Intacct.Counters.Creates + Intacct.Counters.Updates + Intacct.Counters.Deletes + Intacct.Counters.Refused;

    private void MakeBooks()
    {
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        Intacct.Screens.AddCustomer("C-2", "North", "ap@harbor.example", "C-1");
        Intacct.Screens.AddCustomer("C-3", "South");
        foreach (var number in Enumerable.Range(1, 7))
            Intacct.Screens.PostInvoice("C-1", $"INV-{number}", 100 * number);
        Intacct.Screens.PostInvoice("C-2", "NEG-1", -30);
        Intacct.Screens.PostInvoice("C-2", "DRAFT-1", 30, draft: true);
        Intacct.Screens.PostInvoice("C-3", "INV-8", 30);
        Intacct.Screens.DeleteInvoice("INV-8");
        Intacct.Screens.Deactivate("C-3");
        var debit = Intacct.Screens.PostDebitMemo("C-1", "DM-1", 45);
        Intacct.Screens.ReverseAdjustment(debit);
        var memo = Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        var advance = Intacct.Screens.Advance("C-1", 80);
        var payment = Intacct.Screens.Receive("C-1", [new PaymentRow("INV-1", 60, 5)], total: 75);
        Intacct.Screens.ApplyCredit(payment, [("INV-2", 10m)]);
        Intacct.Screens.ApplyCredit(advance, [("INV-2", 30m)]);
        Intacct.Screens.ApplyCreditMemo(memo, [("INV-2", 10m)]);
        Intacct.Screens.ReversePayment(Intacct.Screens.Pay("C-1", [("INV-3", 50m)]));
        Intacct.Screens.Receive("C-1", [new PaymentRow("INV-3", 10)], draft: true);
        Intacct.Screens.ReverseInvoice("INV-6");
        Intacct.Screens.Deposit("C-1", 90);
        Intacct.Screens.TakeDiscount("C-1", "INV-3", 20, 30);
        Intacct.Screens.PostInvoice("C-1", "YEN-1", 1200, currency: "JPY");
        Intacct.Company.Edit("CUSTOMER", "C-1", Fields(("REGION", "South")));
        Set("ARINVOICE", Intacct.Screens.InvoiceNo("INV-7"), "PO_NO", "4711");
        Set("ARADJUSTMENT", memo, "REASON", "Goodwill");
    }
}
