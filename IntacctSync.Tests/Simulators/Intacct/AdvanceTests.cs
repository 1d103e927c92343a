using IntacctSync.Simulators.Intacct;

namespace IntacctSync.Tests.Simulators.Intacct;

public class AdvanceTests
{
    private const string Items =
        "<ARADVANCEITEM><ACCOUNTNO>4000</ACCOUNTNO><TRX_AMOUNT>12.4</TRX_AMOUNT></ARADVANCEITEM>";

    [Fact]
    public async Task An_advance_is_made_by_its_lines_and_read_with_them()
    {
        await using var bench = await GatewayBench.StartAsync();

        var created = await bench.OneAsync(Create(Items + Items));
        var key = created.Text("data/aradvance/RECORDNO")!;
        var read = await bench.OneAsync($"<read><object>ARADVANCE</object><keys>{key}</keys><fields>*</fields></read>");
        var found = await bench.FindAsync("ARADVANCE", "CUSTOMERID", "C-1001", "STATE", "TRX_TOTALDUE", "RECORDTYPE");

        Assert.Equal(["12.4", "12.4"], read.Texts("data/ARADVANCE/ARADVANCEITEMS/aradvanceitem/TRX_AMOUNT"));
        Assert.Equal("Posted", found.Text("data/ARADVANCE/STATE"));
        Assert.Equal("24.8", found.Text("data/ARADVANCE/TRX_TOTALDUE"));
        Assert.Equal("rr", found.Text("data/ARADVANCE/RECORDTYPE"));
    }

    [Theory]
    [InlineData("<PAYMENTMETHOD>Cash</PAYMENTMETHOD>", "")]
    [InlineData("<UNDEPOSITEDACCOUNTNO>1050</UNDEPOSITEDACCOUNTNO>", "")]
    [InlineData("<PAYMENTDATE>11/05/2026</PAYMENTDATE>", "")]
    [InlineData("<UNDEPOSITEDACCOUNTNO>1050", "<UNDEPOSITEDACCOUNTNO>9999")]
    [InlineData("<CUSTOMERID>C-1001", "<CUSTOMERID>C-9999")]
    [InlineData("<TRX_AMOUNT>12.4", "<TRX_AMOUNT>-1")]
    public async Task What_is_missing_or_wrong_is_refused(string part, string instead)
    {
        await using var bench = await GatewayBench.StartAsync();

        var refused = await bench.OneAsync(Create(Items).Replace(part, instead, StringComparison.Ordinal));

        Assert.Equal("failure", refused.Status());
        Assert.Empty(bench.Simulator.Company.Records("ARADVANCE"));
        Assert.Empty(bench.Simulator.Company.Records("ARPYMT"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_advance_is_among_the_payments_or_not(bool among)
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { AdvancesAmongPayments = among }
        );
        var screens = bench.Simulator.Screens;
        screens.PostInvoice("C-1001", "I-1", 30);

        var advance = screens.Advance("C-1001", 50);
        var application = screens.ApplyCredit(advance, [("I-1", 20)]);

        var record = bench.Simulator.Company.Record("ARADVANCE", $"{advance}")!;
        Assert.Equal(
            ("Partially applied", "50", "20", "30"),
            (record["STATE"], record["TRX_TOTALENTERED"], record["TRX_TOTALPAID"], record["TRX_TOTALDUE"])
        );
        Assert.NotEqual(advance, application);
        var shown = bench.Simulator.Company.Record("ARPYMT", $"{advance}");
        Assert.Equal(among ? "30" : null, shown?["TRX_TOTALDUE"]);
        Assert.ThrowsAny<Exception>(() => screens.ReversePayment(advance));
        screens.ReversePayment(application);
        var reversal = screens.ReversePayment(advance);
        Assert.Equal("Reversed", bench.Simulator.Company.Record("ARADVANCE", $"{advance}")!["STATE"]);
        var taken = bench.Simulator.Company.Record("ARADVANCE", $"{reversal}")!;
        Assert.Equal(
            ("Reversal", "-50", $"{advance}"),
            (taken["STATE"], taken["TRX_TOTALENTERED"], taken["PARENTPAYMENT"])
        );
        Assert.Equal(
            among ? "Reversed" : null,
            bench.Simulator.Company.Record("ARPYMT", $"{advance}")?["DISPLAYSTATE"]
        );
    }

    [Fact]
    public async Task An_advance_is_changed_while_nothing_is_applied()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;
        var advance = screens.Advance("C-1001", 50);
        string Update(string parts) => $"<update><ARADVANCE><RECORDNO>{advance}</RECORDNO>{parts}</ARADVANCE></update>";

        var changed = await bench.OneAsync(
            Update($"<DESCRIPTION>retainer</DESCRIPTION><ARADVANCEITEMS>{Items}</ARADVANCEITEMS>")
        );

        Assert.Equal("success", changed.Status());
        var record = bench.Simulator.Company.Record("ARADVANCE", $"{advance}")!;
        Assert.Equal(("retainer", "12.4"), (record["DESCRIPTION"], record["TRX_TOTALENTERED"]));
        Assert.Equal("12.4", bench.Simulator.Company.Record("ARPYMT", $"{advance}")!["TRX_TOTALDUE"]);
        screens.PostInvoice("C-1001", "I-1", 30);
        screens.ApplyCredit(advance, [("I-1", 1)]);
        Assert.Equal("failure", (await bench.OneAsync(Update("<DESCRIPTION>x</DESCRIPTION>"))).Status());
    }

    private static string Create(string items) =>
        "<create><ARADVANCE><CUSTOMERID>C-1001</CUSTOMERID><PAYMENTDATE>11/05/2026</PAYMENTDATE>"
        + "<RECEIPTDATE>11/05/2026</RECEIPTDATE><PAYMENTMETHOD>Cash</PAYMENTMETHOD>"
        + "<UNDEPOSITEDACCOUNTNO>1050</UNDEPOSITEDACCOUNTNO>"
        + $"<ARADVANCEITEMS>{items}</ARADVANCEITEMS></ARADVANCE></create>";
}
