using IntacctSync.Core.Connections;
using IntacctSync.Core.Upflow;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

public sealed class Settings_of_Upflow_count : ReceivablesRoadTest
{
    [Theory]
    [InlineData("nothing", "customers, invoices, credit_notes, payments, ARPYMT")]
    [InlineData("customers", "")]
    [InlineData("invoices", "customers, credit_notes")]
    [InlineData("credit notes", "customers, invoices, payments, ARPYMT")]
    [InlineData("payments", "customers, invoices, credit_notes, ARPYMT")]
    [InlineData("receipts", "customers, invoices, credit_notes, payments")]
    public async Task What_is_not_synced_is_left_alone(string off, string there)
    {
        await ConnectUpflowAsync(s =>
            s with
            {
                SyncCustomers = off != "customers",
                SyncInvoices = off != "invoices",
                SyncCreditNotes = off != "credit notes",
                SyncPayments = off != "payments",
                SyncReceipts = off != "receipts",
                Receipts = new ReceiptSettings { BankAccountId = "BANK" },
            }
        );
        Open();
        Intacct.Screens.PostCreditMemo("C-1", "CM-1", 20);
        Intacct.Screens.Pay("C-1", [("INV-1", 40m)]);
        await PollAsync();
        var paid = Invoice("INV-1") is not null;
        if (paid)
            Upflow.Screens.PayInPortal([("INV-1", 5000)], reference: "pi_77");
        var taken = Upflow.Screens.Records("payments").Count - (paid ? 1 : 0);
        await PollAsync();
        string[] stands =
        [
            .. ((string[])["customers", "invoices", "credit_notes"]).Where(l => Upflow.Screens.Records(l).Count > 0),
            .. taken > 0 ? ["payments"] : Array.Empty<string>(),
            .. Intacct.Company.Records("ARPYMT").Count > 1 ? ["ARPYMT"] : Array.Empty<string>(),
        ];
        Assert.Equal(there, string.Join(", ", stands));
    }

    [Fact]
    public async Task In_shadow_mode_nothing_is_written()
    {
        await ConnectUpflowAsync(s => s with { Mode = SyncMode.Shadow });
        Open();
        await PollAsync();
        Assert.Equal(0, Writes);
        Assert.Contains("Shadow mode", await StoryAsync(UpflowFlows.Customers, "C-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_names_no_currency_is_in_the_default_one()
    {
        await ConnectUpflowAsync(s => s with { DefaultCurrency = "JPY" });
        var no = Open();
        Intacct.Company.Change(context =>
        {
            var table = context.Table("ARINVOICE");
            var record = table.Find(no)!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal) { ["CURRENCY"] = "" };
            return context.Books.Update(table, record, values, context.Stamp).RecordNo;
        });
        await PollAsync();
        Assert.Equal(("JPY", 100L), ((string?)Invoice(no)["currency"], (long)Invoice(no)["grossAmount"]!));
    }

    [Fact]
    public async Task Money_that_is_not_deposited_goes_to_its_account() =>
        Assert.Equal(
            ("1050", "Credit Card"),
            await PostedAsync(new ReceiptSettings { UndepositedFundsAccountNo = "1050" })
        );

    [Fact]
    public async Task A_method_of_payment_is_the_one_that_is_set() =>
        Assert.Equal(
            ("", "Cash"),
            await PostedAsync(new ReceiptSettings { BankAccountId = "BANK", PaymentMethods = Fields(("CARD", "Cash")) })
        );

    [Fact]
    public async Task The_address_that_is_set_is_called()
    {
        await ConnectUpflowAsync(s => s with { Upflow = new UpflowSettings { ApiUrl = "http://127.0.0.1:9/v1" } });
        Open();
        await PollAsync();
        Assert.Empty(Upflow.Screens.Records("customers"));
        await ChangeSettingsAsync(s => s with { Upflow = new UpflowSettings() });
        await RestAsync(TimeSpan.FromHours(2));
        Assert.Single(Upflow.Screens.Records("customers"));
    }

    [Theory]
    [InlineData(UpflowSecrets.ApiKey)]
    [InlineData(UpflowSecrets.ApiSecret)]
    public async Task Each_of_the_two_keys_is_sent(string secret)
    {
        await ConnectUpflowAsync();
        await Process
            .Get<ConnectionSecrets>()
            .ApplyAsync(
                Id,
                new Dictionary<string, SecretChange>(StringComparer.Ordinal) { [secret] = SecretChange.To("wrong") },
                Forever
            );
        Open();
        await PollAsync();
        Assert.Empty(Upflow.Screens.Records("customers"));
        Assert.NotNull((await ConnectionAsync()).Stop);
    }

    private async Task<(string Account, string Method)> PostedAsync(ReceiptSettings receipts)
    {
        Intacct.Company.Add(
            "GLACCOUNT",
            Fields(
                ("ACCOUNTNO", "1050"),
                ("TITLE", "Undeposited Funds"),
                ("ACCOUNTTYPE", "balancesheet"),
                ("NORMALBALANCE", "debit")
            )
        );
        await ConnectUpflowAsync(s => s with { SyncReceipts = true, Receipts = receipts });
        Open();
        await PollAsync();
        Upflow.Screens.PayInPortal([("INV-1", null)], reference: "pi_77");
        await PollAsync();
        var posted = Assert.Single(Intacct.Company.Records("ARPYMT"));
        return (posted.GetValueOrDefault("UNDEPOSITEDACCOUNTNO") ?? "", posted["PAYMENTMETHOD"]);
    }

    private int Open()
    {
        Intacct.Screens.AddCustomer("C-1", "Harbor", "ap@harbor.example");
        return Intacct.Screens.PostInvoice("C-1", "INV-1", 100);
    }
}
