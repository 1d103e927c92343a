using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Intacct;
using static IntacctSync.Tests.Simulators.Intacct.Receivable;

namespace IntacctSync.Tests.Simulators.Intacct;

/// <summary>What becomes of a complete payment when a person changes it, and the accounts it may go to.</summary>
public class PaymentChangeTests
{
    [Fact]
    public async Task A_payment_that_is_made_a_draft_pays_nothing_until_it_is_posted_again()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", 100);
        var payment = screens.Pay("C-1001", [("I-1", 80)], total: 90);

        screens.BackToDraft(payment);

        Assert.Equal(("Posted", "100"), Due(bench, "I-1"));
        Assert.Equal(("Draft", "90"), Payment(bench, payment));
        screens.SubmitDraft(payment);
        Assert.Equal(("Partially Paid", "20"), Due(bench, "I-1"));
        Assert.Equal(("Complete", "10"), Payment(bench, payment));
    }

    [Fact]
    public async Task An_edit_takes_the_place_of_what_was_paid_before()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", 100);
        screens.PostInvoice("C-1001", "I-2", 100);
        var payment = screens.Pay("C-1001", [("I-1", 80)]);

        screens.EditPayment(
            payment,
            [new PaymentRow("I-1", Money: 30), new PaymentRow("I-2", Money: 40, Discount: 5)],
            total: 75,
            reference: "CHK-9"
        );

        Assert.Equal(("Partially Paid", "70"), Due(bench, "I-1"));
        Assert.Equal(("Partially Paid", "55"), Due(bench, "I-2"));
        Assert.Equal(("Complete", "5"), Payment(bench, payment));
        Assert.Equal("CHK-9", bench.Simulator.Company.Record("ARPYMT", $"{payment}")!["DOCNUMBER"]);
    }

    [Fact]
    public async Task An_application_is_changed_and_removed_and_the_money_stays()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", [60, 40]);
        screens.PostInvoice("C-1001", "I-2", 100);
        var payment = screens.Pay("C-1001", [("I-1", 80), ("I-2", 20)]);

        screens.ChangeApplication(payment, "I-1", 50);
        Assert.Equal(("Partially Paid", "50"), Due(bench, "I-1"));
        Assert.Equal(("Complete", "30"), Payment(bench, payment));
        screens.RemoveApplication(payment, "I-1");
        Assert.Equal(("Posted", "100"), Due(bench, "I-1"));
        Assert.Equal(("Partially Paid", "80"), Due(bench, "I-2"));
        screens.RemoveApplication(payment);
        Assert.Equal(("Posted", "100"), Due(bench, "I-2"));
        Assert.Equal(("Complete", "100"), Payment(bench, payment));
    }

    [Fact]
    public async Task An_application_of_credits_that_pays_nothing_any_more_is_deleted()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", 100);
        var memo = screens.PostCreditMemo("C-1001", "CM-1", 60);
        var application = screens.ApplyCreditMemo(memo, [("I-1", 40)]);

        screens.RemoveApplication(application);

        Assert.Equal(("Posted", "100"), Due(bench, "I-1"));
        Assert.Equal("-60", bench.Simulator.Company.Record("ARADJUSTMENT", $"{memo}")!["TRX_TOTALDUE"]);
        Assert.Null(bench.Simulator.Company.Record("ARPYMT", $"{application}"));
        Assert.Contains(bench.Simulator.Company.Records("AUDITHISTORY"), a => a["OBJECTKEY"] == $"{application}");
    }

    [Fact]
    public async Task A_payment_of_which_the_rest_was_applied_stays_as_it_is()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", 100);
        screens.PostInvoice("C-1001", "I-2", 100);
        var payment = screens.Pay("C-1001", [("I-1", 80)], total: 100);
        screens.ApplyCredit(payment, [("I-2", 20)]);

        Assert.ThrowsAny<Exception>(() => screens.BackToDraft(payment));
        Assert.ThrowsAny<Exception>(() => screens.RemoveApplication(payment));
        Assert.ThrowsAny<Exception>(() => screens.ReversePayment(payment));

        Assert.Equal(("Partially Paid", "20"), Due(bench, "I-1"));
        Assert.Equal(("Complete", "0"), Payment(bench, payment));
    }

    [Theory]
    [InlineData("<FINANCIALENTITY>BOA</FINANCIALENTITY>", "success")]
    [InlineData("<FINANCIALENTITY>NOWHERE</FINANCIALENTITY>", "failure")]
    [InlineData("<UNDEPOSITEDACCOUNTNO>1050</UNDEPOSITEDACCOUNTNO>", "success")]
    [InlineData("<UNDEPOSITEDACCOUNTNO>9999</UNDEPOSITEDACCOUNTNO>", "failure")]
    [InlineData("", "failure")]
    public async Task A_payment_goes_to_an_account_that_there_is(string account, string status)
    {
        await using var bench = await GatewayBench.StartAsync();
        var key = bench.Simulator.Screens.PostInvoice("C-1001", "I-1", 10);

        var result = await bench.OneAsync(
            Receivable
                .Payment(Detail($"{key}", 10))
                .Replace("<FINANCIALENTITY>BOA</FINANCIALENTITY>", account, StringComparison.Ordinal)
        );

        Assert.Equal(status, result.Status());
    }

    [Fact]
    public async Task What_was_received_over_is_named_by_the_api_too()
    {
        await using var bench = await GatewayBench.StartAsync();
        var key = bench.Simulator.Screens.PostInvoice("C-1001", "I-1", 10);

        var result = await bench.OneAsync(
            Receivable.Payment(Detail($"{key}", 10), "<OVERPAYMENTAMOUNT>2.5</OVERPAYMENTAMOUNT>")
        );

        var payment = int.Parse(
            result.Text("data/arpymt/RECORDNO")!,
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.Equal(("Complete", "2.5"), Payment(bench, payment));
    }

    [Fact]
    public async Task An_invoice_has_a_pdf_that_changes_with_it_and_not_with_what_is_paid()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;
        var key = screens.PostInvoice("C-1001", "I-1", 10, description: "June");
        async Task<string> PdfAsync()
        {
            var answer = await bench.OneAsync(
                $"<retrievepdf><ARINVOICE><RECORDNO>{key}</RECORDNO></ARINVOICE></retrievepdf>"
            );
            Assert.Equal($"{key}", answer.Text("data/arinvoice/recordno"));
            return Encoding.Latin1.GetString(Convert.FromBase64String(answer.Text("data/arinvoice/pdfdata")!));
        }

        var first = await PdfAsync();
        screens.Pay("C-1001", [("I-1", 4)]);
        var paid = await PdfAsync();
        screens.EditInvoice("I-1", new Dictionary<string, string>(StringComparer.Ordinal) { ["DESCRIPTION"] = "July" });
        var edited = await PdfAsync();

        Assert.StartsWith("%PDF-", first, StringComparison.Ordinal);
        Assert.Contains("I-1", first, StringComparison.Ordinal);
        Assert.Equal(first, paid);
        Assert.NotEqual(first, edited);
        var missing = await bench.RefusalAsync(
            "<retrievepdf><ARINVOICE><RECORDNO>999</RECORDNO></ARINVOICE></retrievepdf>"
        );
        Assert.Contains("No record exits", missing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_is_renamed_moved_and_put_to_rest_but_never_under_itself()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;

        screens.RenameCustomer("C-1001", "Harbor Group");
        screens.Reparent("C-1002", "C-1001");
        screens.AddContact("Ines Roy", "ines@harbor.example", "Ines", "Roy");
        screens.SetContacts("C-1001", billTo: "Ines Roy");
        screens.AttachContact("C-1001", "Billing", "Ines Roy");
        screens.SetEmail("Ines Roy", "roy@harbor.example");
        screens.Deactivate("C-1003");

        Assert.ThrowsAny<Exception>(() => screens.Reparent("C-1001", "C-1002"));
        Assert.ThrowsAny<Exception>(() => screens.PostInvoice("C-1003", "I-1", 10));
        var found = await bench.FindAsync("CUSTOMER", "CUSTOMERID", "C-1001", "NAME", "BILLTO.EMAIL1", "PARENTID");
        Assert.Equal("Harbor Group", found.Text("data/CUSTOMER/NAME"));
        Assert.Equal("roy@harbor.example", found.Text("data/CUSTOMER/BILLTO.EMAIL1"));
        Assert.Equal("C-1001", bench.Simulator.Company.Record("CUSTOMER", "C-1002")!["PARENTID"]);
    }

    [Fact]
    public async Task Invoices_and_memos_are_entered_over_http_too()
    {
        await using var bench = await GatewayBench.StartAsync();
        async Task<JsonNode> PostAsync(string path, object form)
        {
            using var answer = await bench.Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), form);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        }

        await PostAsync(
            "/_sim/invoices",
            new
            {
                customerId = "C-1001",
                number = "I-1",
                amount = 100,
            }
        );
        var memo = await PostAsync(
            "/_sim/adjustments",
            new
            {
                customerId = "C-1001",
                number = "CM-1",
                amount = -60,
            }
        );
        await PostAsync(
            $"/_sim/adjustments/{memo["recordNo"]}/apply",
            new { invoices = new[] { new { number = "I-1", amount = 60 } } }
        );

        Assert.Equal(("Partially Paid", "40"), Due(bench, "I-1"));
    }

    private static (string, string) Due(GatewayBench bench, string number)
    {
        var record = bench.Simulator.Company.Records("ARINVOICE").Single(i => i["RECORDID"] == number);
        return (record["STATE"], record["TRX_TOTALDUE"]);
    }

    private static (string, string) Payment(GatewayBench bench, int number)
    {
        var record = bench.Simulator.Company.Record("ARPYMT", $"{number}")!;
        return (record["DISPLAYSTATE"], record["TRX_TOTALDUE"]);
    }
}
