using IntacctSync.Simulators.Intacct;
using static IntacctSync.Tests.Simulators.Intacct.Receivable;

namespace IntacctSync.Tests.Simulators.Intacct;

public class PaymentTests
{
    [Fact]
    public async Task A_payment_pays_the_first_lines_first_and_settles_its_invoices()
    {
        await using var bench = await GatewayBench.StartAsync();
        var (one, two) = (
            await bench.KeyAsync(Invoice("I-1", Line(10) + Line(5))),
            await bench.KeyAsync(Invoice("I-2", Line(20)))
        );

        var result = await bench.OneAsync(Payment(Detail(one, 12) + Detail(two, 20)));

        Assert.Equal("RECORDNO", result.Children("data/arpymt"));
        Assert.Equal(("Partially Paid", "12", "3"), bench.Standing(one));
        Assert.Equal(("Paid", "20", "0"), bench.Standing(two));
        Assert.Equal("11/05/2026", bench.Invoice(two)["WHENPAID"]);
        Assert.Equal(
            ["10", "2", "20"],
            bench.Simulator.Company.Records("ARPYMTDETAIL").Select(d => d["PAYMENTAMOUNT"])
        );
        Assert.Equal(["0", "3", "0"], bench.Simulator.Company.Records("ARINVOICEITEM").Select(d => d["TOTALDUE"]));
        var payment = bench.Simulator.Company.Record("ARPYMT", result.Text("data/arpymt/RECORDNO")!)!;
        Assert.Equal(
            ("Complete", "C", "rp", "32", "32"),
            (
                payment["DISPLAYSTATE"],
                payment["STATE"],
                payment["RECORDTYPE"],
                payment["TOTALENTERED"],
                payment["TOTALPAID"]
            )
        );
    }

    [Fact]
    public async Task The_details_are_read_inside_the_payment_and_found_by_invoice_and_by_payment()
    {
        await using var bench = await GatewayBench.StartAsync();
        var key = await bench.KeyAsync(Invoice("I-1", Line(10)));
        var payment = bench.Simulator.Screens.Pay("C-1001", [("I-1", 4)]);

        var read = await bench.OneAsync(
            $"<read><object>ARPYMT</object><keys>{payment}</keys><fields>RECORDNO,ARPYMTDETAILS</fields></read>"
        );
        var byInvoice = await bench.FindAsync("ARPYMTDETAIL", "RECORDKEY", key, "PAYMENTKEY", "TRX_PAYMENTAMOUNT");
        var byPayment = await bench.FindAsync(
            "ARPYMTDETAIL",
            "PAYMENTKEY",
            byInvoice.Text("data/ARPYMTDETAIL/PAYMENTKEY")!,
            "RECORDKEY"
        );

        Assert.Equal([key], read.Texts("data/ARPYMT/ARPYMTDETAILS/arpymtdetail/RECORDKEY"));
        Assert.Equal(["4"], byInvoice.Texts("data/ARPYMTDETAIL/TRX_PAYMENTAMOUNT"));
        Assert.Equal([key], byPayment.Texts("data/ARPYMTDETAIL/RECORDKEY"));
    }

    [Fact]
    public async Task More_than_is_due_is_refused_and_pays_nothing()
    {
        await using var bench = await GatewayBench.StartAsync();
        var (one, two) = (
            await bench.KeyAsync(Invoice("I-1", Line(10))),
            await bench.KeyAsync(Invoice("I-2", Line(20)))
        );

        Assert.Equal("BL03000130", (await bench.RefusalAsync(Payment(Detail(one, 10) + Detail(two, 21)))).Number);
        Assert.Equal(("Posted", "0", "10"), bench.Standing(one));
        Assert.Empty(bench.Simulator.Company.Records("ARPYMT"));
        await bench.OneAsync(Payment(Detail(one, 10)));
        Assert.Equal("BL03000130", (await bench.RefusalAsync(Payment(Detail(one, 1)))).Number);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_payment_touches_the_invoice_only_where_it_is_told_to(bool touches)
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { PaymentsTouchInvoices = touches }
        );
        var key = await bench.KeyAsync(Invoice("I-1", Line(10)));
        var before = bench.Invoice(key)["WHENMODIFIED"];
        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        bench.Simulator.Screens.Pay("C-1001", [("I-1", 4)]);

        Assert.Equal(touches, bench.Invoice(key)["WHENMODIFIED"] != before);
    }

    [Fact]
    public async Task A_draft_pays_nothing_loses_the_details_that_are_not_repeated_and_is_counted_when_it_is_posted()
    {
        await using var bench = await GatewayBench.StartAsync();
        var (one, two) = (
            await bench.KeyAsync(Invoice("I-1", Line(10))),
            await bench.KeyAsync(Invoice("I-2", Line(20)))
        );
        var created = await bench.OneAsync(Payment(Detail(one, 10) + Detail(two, 5), "<ACTION>Draft</ACTION>"));
        var payment = created.Text("data/arpymt/RECORDNO")!;
        Assert.Equal(("Posted", "0", "10"), bench.Standing(one));

        await bench.OneAsync(
            $"<update><ARPYMT><RECORDNO>{payment}</RECORDNO><ARPYMTDETAILS>{Detail(two, 6)}</ARPYMTDETAILS>"
                + $"</ARPYMT></update>"
        );
        Assert.Equal([two], bench.Simulator.Company.Records("ARPYMTDETAIL").Select(d => d["RECORDKEY"]));
        var submitted = await bench.OneAsync(
            $"<update><ARPYMT><RECORDNO>{payment}</RECORDNO><ACTION>Submit</ACTION></ARPYMT></update>"
        );

        Assert.Equal("success", submitted.Status());
        Assert.Equal(("Posted", "0", "10"), bench.Standing(one));
        Assert.Equal(("Partially Paid", "6", "14"), bench.Standing(two));
        Assert.Contains(
            "only drafts",
            (
                await bench.RefusalAsync(
                    $"<update><ARPYMT><RECORDNO>{payment}</RECORDNO><DESCRIPTION>x</DESCRIPTION></ARPYMT></update>"
                )
            ).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "only drafts",
            (await bench.RefusalAsync($"<delete><object>ARPYMT</object><keys>{payment}</keys></delete>")).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_reversal_makes_the_invoices_due_again_and_is_a_payment_of_its_own()
    {
        await using var bench = await GatewayBench.StartAsync();
        var key = await bench.KeyAsync(Invoice("I-1", Line(10) + Line(5)));
        var payment = bench.Simulator.Screens.Pay("C-1001", [("I-1", 15)], date: new DateOnly(2026, 11, 5));
        var function = $"<reverse_arpayment key=\"{payment}\">{Date("datereversed", "2026-11-06")}</reverse_arpayment>";

        var reversal = await bench.KeyAsync(function);

        Assert.Equal(("Posted", "0", "15"), bench.Standing(key));
        Assert.Equal("", bench.Invoice(key)["WHENPAID"]);
        Assert.Equal(
            ["Reversed", "Reversal"],
            bench.Simulator.Company.Records("ARPYMT").Select(p => p["DISPLAYSTATE"])
        );
        var taken = bench.Simulator.Company.Record("ARPYMT", reversal)!;
        Assert.Equal(($"{payment}", "-15"), (taken["PARENTPAYMENTKEY"], taken["TOTALENTERED"]));
        Assert.Contains("cannot be reversed", (await bench.RefusalAsync(function)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_advance_is_applied_later_by_another_payment()
    {
        await using var bench = await GatewayBench.StartAsync();
        var screens = bench.Simulator.Screens;
        var advance = screens.Advance("C-1001", 50);
        var key = await bench.KeyAsync(Invoice("I-1", Line(30)));

        var application = screens.ApplyCredit(advance, [("I-1", 20)]);

        Assert.NotEqual(advance, application);
        Assert.Equal(("Partially Paid", "20", "10"), bench.Standing(key));
        Assert.Equal(
            ("rr", "30"),
            (
                bench.Simulator.Company.Record("ARPYMT", $"{advance}")!["RECORDTYPE"],
                bench.Simulator.Company.Record("ARPYMT", $"{advance}")!["TOTALDUE"]
            )
        );
        var detail = bench.Simulator.Company.Records("ARPYMTDETAIL").Single();
        Assert.Equal(
            ($"{advance}", $"{application}", "20"),
            (detail["ADVANCEKEY"], detail["PAYMENTKEY"], detail["TRX_POSTEDADVANCEAMOUNT"])
        );
        Assert.ThrowsAny<Exception>(() => screens.ApplyCredit(advance, [("I-1", 31)]));
        screens.ReversePayment(application);
        Assert.Equal(("Posted", "0", "30"), bench.Standing(key));
        Assert.Equal("50", bench.Simulator.Company.Record("ARPYMT", $"{advance}")!["TOTALDUE"]);
    }

    [Fact]
    public async Task What_an_over_payment_leaves_is_applied_to_the_next_invoice()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.KeyAsync(Invoice("I-1", Line(30)));
        var next = await bench.KeyAsync(Invoice("I-2", Line(15)));
        var payment = bench.Simulator.Screens.Pay("C-1001", [("I-1", 30)], total: 40);
        Assert.Equal("10", bench.Simulator.Company.Record("ARPYMT", $"{payment}")!["TOTALDUE"]);

        var application = bench.Simulator.Screens.ApplyCredit(payment, [("I-2", 10)]);

        Assert.Equal(("Partially Paid", "10", "5"), bench.Standing(next));
        Assert.Equal("ro", bench.Simulator.Company.Record("ARPYMT", $"{application}")!["RECORDTYPE"]);
        Assert.Equal("0", bench.Simulator.Company.Record("ARPYMT", $"{payment}")!["TOTALDUE"]);
    }

    [Fact]
    public async Task A_late_visible_payment_is_not_queried_yet()
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { VisibilityDelay = TimeSpan.FromMinutes(5) }
        );
        var key = await bench.KeyAsync(Invoice("I-1", Line(10)));
        bench.Clock.Advance(TimeSpan.FromMinutes(6));
        bench.Simulator.Screens.Pay("C-1001", [("I-1", 10)]);

        var early = await bench.FindAsync("ARINVOICE", "RECORDNO", key, "STATE");
        var none = await bench.FindAsync("ARPYMTDETAIL", "RECORDKEY", key, "PAYMENTKEY");
        bench.Clock.Advance(TimeSpan.FromMinutes(6));
        var late = await bench.FindAsync("ARINVOICE", "RECORDNO", key, "STATE");

        Assert.Equal("Posted", early.Text("data/ARINVOICE/STATE"));
        Assert.Empty(none.Texts("data/ARPYMTDETAIL"));
        Assert.Equal("Paid", late.Text("data/ARINVOICE/STATE"));
    }
}
