using System.Globalization;
using IntacctSync.Simulators.Intacct;
using static IntacctSync.Tests.Simulators.Intacct.Receivable;

namespace IntacctSync.Tests.Simulators.Intacct;

/// <summary>Credits of every kind and discounts, as a person and as the API apply them.</summary>
public class CreditTests
{
    [Fact]
    public async Task A_credit_memo_pays_invoices_and_is_used_up()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", 100);
        var memo = screens.PostCreditMemo("C-1001", "CM-1", 60);
        Assert.Equal(("Posted", "-60", "0", "-60"), Adjustment(bench, memo));

        var application = screens.ApplyCreditMemo(memo, [("I-1", 40)]);

        Assert.Equal(("Partially Paid", "-60", "-40", "-20"), Adjustment(bench, memo));
        Assert.Equal(("Partially Paid", "40", "60"), Standing(bench, "I-1"));
        var detail = bench.Simulator.Company.Records("ARPYMTDETAIL").Single();
        Assert.Equal(
            ($"{memo}", $"{application}", "40", ""),
            (
                detail["ADJUSTMENTKEY"],
                detail["PAYMENTKEY"],
                detail["TRX_ADJUSTMENTAMOUNT"],
                detail.GetValueOrDefault("TRX_PAYMENTAMOUNT", "")
            )
        );
        Assert.ThrowsAny<Exception>(() => screens.ApplyCreditMemo(memo, [("I-1", 21)]));
        screens.ApplyCreditMemo(memo, [("I-1", 20)]);
        Assert.Equal(("Paid", "-60", "-60", "0"), Adjustment(bench, memo));
        screens.ReversePayment(application);
        Assert.Equal(("Partially Paid", "-60", "-20", "-40"), Adjustment(bench, memo));
        Assert.Equal(("Partially Paid", "20", "80"), Standing(bench, "I-1"));
    }

    [Fact]
    public async Task A_debit_memo_is_owed_and_paid_like_an_invoice()
    {
        await using var bench = await GatewayBench.StartAsync();
        var memo = bench.Simulator.Screens.PostDebitMemo("C-1001", "DM-1", 25);

        var paid = await bench.OneAsync(
            Payment(
                $"<ARPYMTDETAIL><POSADJKEY>{memo}</POSADJKEY><TRX_PAYMENTAMOUNT>10</TRX_PAYMENTAMOUNT></ARPYMTDETAIL>"
            )
        );

        Assert.Equal("success", paid.Status());
        Assert.Equal(("Partially Paid", "25", "10", "15"), Adjustment(bench, memo));
        bench.Simulator.Screens.Pay("C-1001", [("DM-1", 15)]);
        Assert.Equal(("Paid", "25", "25", "0"), Adjustment(bench, memo));
        var both = $"<ARPYMTDETAIL><RECORDKEY>1</RECORDKEY><POSADJKEY>{memo}</POSADJKEY>";
        Assert.Contains(
            "either an invoice or a debit memo",
            (await bench.RefusalAsync(Payment(both + "<TRX_PAYMENTAMOUNT>1</TRX_PAYMENTAMOUNT></ARPYMTDETAIL>"))).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_negative_invoice_is_applied_and_cannot_be_paid()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", [30, 20]);
        screens.PostInvoice("C-1001", "N-1", -40);

        screens.ApplyNegativeInvoice("N-1", [("I-1", 35)]);

        Assert.Equal(("Partially Paid", "35", "15"), Standing(bench, "I-1"));
        Assert.Equal(("Partially Paid", "-35", "-5"), Standing(bench, "N-1"));
        Assert.Equal(
            ["0", "15", "-5"],
            bench.Simulator.Company.Records("ARINVOICEITEM").Select(l => l["TRX_TOTALDUE"])
        );
        Assert.ThrowsAny<Exception>(() => screens.Pay("C-1001", [("N-1", 1)]));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_discount_settles_what_the_money_does_not(bool shared, int details)
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { DiscountsInOwnDetail = !shared }
        );
        bench.Simulator.Screens.PostInvoice("C-1001", "I-1", 100);

        var payment = bench.Simulator.Screens.TakeDiscount("C-1001", "I-1", 90, 10);

        Assert.Equal(("Paid", "100", "0"), Standing(bench, "I-1"));
        var rows = bench.Simulator.Company.Records("ARPYMTDETAIL");
        Assert.Equal(details, rows.Count);
        Assert.Equal("10", rows[^1]["TRX_DISCOUNTAMOUNT"]);
        var record = bench.Simulator.Company.Record("ARPYMT", $"{payment}")!;
        Assert.Equal(("90", "0"), (record["TRX_TOTALENTERED"], record["TRX_TOTALDUE"]));
        bench.Simulator.Screens.ReversePayment(payment);
        Assert.Equal(("Posted", "0", "100"), Standing(bench, "I-1"));
    }

    [Fact]
    public async Task A_term_gives_its_discount_in_time_for_the_whole_amount_only()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Company.Add(
            "ARTERM",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["NAME"] = "2% 10 Net 30",
                ["DUEDATE"] = "30",
                ["DISCDATE"] = "10",
                ["DISCAMOUNT"] = "2",
                ["DISCPERCAMN"] = "%",
            }
        );
        var key = await bench.KeyAsync(Invoice("I-1", Line(100), due: "<termname>2% 10 Net 30</termname>"));
        string With(decimal amount, string date) =>
            Payment(Detail(key, amount, $"<DISCOUNTDATE>{date}</DISCOUNTDATE>"));

        Assert.Contains(
            "must be all that is due",
            (await bench.RefusalAsync(With(97, "11/12/2026"))).Text,
            StringComparison.Ordinal
        );
        Assert.Equal("success", (await bench.OneAsync(With(98, "11/12/2026"))).Status());

        Assert.Equal(("Paid", "100", "0"), bench.Standing(key));
        var late = await bench.KeyAsync(Invoice("I-2", Line(100), due: "<termname>2% 10 Net 30</termname>"));
        await bench.OneAsync(Payment(Detail(late, 98, "<DISCOUNTDATE>11/13/2026</DISCOUNTDATE>")));
        Assert.Equal(("Partially Paid", "98", "2"), bench.Standing(late));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_total_of_a_payment_counts_credits_or_not(bool counts)
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { PaymentTotalsCountCredits = counts }
        );
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", 100);
        var memo = screens.PostCreditMemo("C-1001", "CM-1", 30);

        var payment = screens.Receive(
            "C-1001",
            [new PaymentRow("I-1", Money: 50), new PaymentRow("I-1", Credit: 30, CreditMemo: memo)],
            total: 60
        );

        var record = bench.Simulator.Company.Record("ARPYMT", $"{payment}")!;
        Assert.Equal((counts ? "90" : "60", "10"), (record["TRX_TOTALENTERED"], record["TRX_TOTALDUE"]));
        Assert.Equal(("Partially Paid", "80", "20"), Standing(bench, "I-1"));
    }

    [Theory]
    [InlineData("JPY", "1000.5", "400.25", "600.25")]
    [InlineData("KWD", "10.125", "3.25", "6.88")]
    public async Task Amounts_have_two_decimals_whatever_their_currency(
        string currency,
        string amount,
        string paid,
        string due
    )
    {
        await using var bench = await GatewayBench.StartAsync(Worldwide());
        var screens = bench.Simulator.Screens;
        var key = screens.PostInvoice("C-1001", "I-1", Amount(amount), currency: currency);

        screens.Pay("C-1001", [("I-1", Amount(paid))]);

        var invoice = bench.Invoice($"{key}");
        Assert.Equal((currency, due), (invoice["CURRENCY"], invoice["TRX_TOTALDUE"]));
        Assert.Equal(
            decimal.Parse(invoice["TOTALENTERED"], CultureInfo.InvariantCulture),
            decimal.Parse(invoice["TOTALPAID"], CultureInfo.InvariantCulture)
                + decimal.Parse(invoice["TOTALDUE"], CultureInfo.InvariantCulture)
        );
        Assert.Equal(currency, bench.Simulator.Company.Records("ARPYMT").Single()["CURRENCY"]);
    }

    [Fact]
    public async Task A_credit_of_another_currency_or_customer_is_refused()
    {
        await using var bench = await GatewayBench.StartAsync(Worldwide());
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", 100);
        var yen = screens.PostCreditMemo("C-1001", "CM-1", 50, currency: "JPY");
        var others = screens.PostCreditMemo("C-1002", "CM-2", 50);

        foreach (var memo in new[] { yen, others })
            Assert.Contains(
                "left for this customer",
                Assert
                    .ThrowsAny<Exception>(() =>
                        screens.Receive("C-1001", [new PaymentRow("I-1", Credit: 10, CreditMemo: memo)])
                    )
                    .Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task A_memo_is_reversed_or_deleted_only_while_nothing_is_applied()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", 100);
        var used = screens.PostCreditMemo("C-1001", "CM-1", 60);
        screens.ApplyCreditMemo(used, [("I-1", 10)]);
        var free = screens.PostCreditMemo("C-1001", "CM-2", 60);
        var gone = screens.PostDebitMemo("C-1001", "DM-1", 5);

        Assert.ThrowsAny<Exception>(() => screens.ReverseAdjustment(used));
        var refused = await bench.OneAsync($"<delete><object>ARADJUSTMENT</object><keys>{used}</keys></delete>");
        Assert.Equal("failure", refused.Status());
        var reversal = screens.ReverseAdjustment(free);
        var deleted = await bench.OneAsync($"<delete_aradjustment key=\"{gone}\"/>");

        Assert.Equal(("Reversed", "-60", "0", "0"), Adjustment(bench, free));
        Assert.Equal(("Reversal", "60", "0", "0"), Adjustment(bench, reversal));
        Assert.Equal("success", deleted.Status());
        Assert.Null(bench.Simulator.Company.Record("ARADJUSTMENT", $"{gone}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_application_touches_the_credit_only_where_it_is_told_to(bool touches)
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { ApplicationsTouchCredits = touches }
        );
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", 100);
        var memo = screens.PostCreditMemo("C-1001", "CM-1", 60);
        var before = bench.Simulator.Company.Record("ARADJUSTMENT", $"{memo}")!["WHENMODIFIED"];
        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        screens.ApplyCreditMemo(memo, [("I-1", 10)]);

        Assert.Equal(touches, bench.Simulator.Company.Record("ARADJUSTMENT", $"{memo}")!["WHENMODIFIED"] != before);
    }

    private static IntacctSimulatorOptions Worldwide() =>
        new()
        {
            Companies =
            [
                IntacctSync.Simulators.Intacct.Settings.SimulatedCompany.Sandbox with
                {
                    MultiCurrency = true,
                    DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal)
                    {
                        ["JPY"] = 0.0067m,
                        ["KWD"] = 3.2514m,
                    },
                },
            ],
        };

    private static (string, string, string, string) Adjustment(GatewayBench bench, int number)
    {
        var record = bench.Simulator.Company.Record("ARADJUSTMENT", $"{number}")!;
        return (record["STATE"], record["TRX_TOTALENTERED"], record["TRX_TOTALPAID"], record["TRX_TOTALDUE"]);
    }

    private static (string State, string Paid, string Due) Standing(GatewayBench bench, string number)
    {
        var record = bench.Simulator.Company.Records("ARINVOICE").Single(i => i["RECORDID"] == number);
        return (record["STATE"], record["TRX_TOTALPAID"], record["TRX_TOTALDUE"]);
    }

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
