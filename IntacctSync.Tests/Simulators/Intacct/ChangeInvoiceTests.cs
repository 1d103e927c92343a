using static IntacctSync.Tests.Simulators.Intacct.Receivable;

namespace IntacctSync.Tests.Simulators.Intacct;

public class ChangeInvoiceTests
{
    private const string SecondLine =
        "<updateinvoiceitems><updatelineitem line_num=\"2\"><amount>7</amount></updatelineitem></updateinvoiceitems>";

    [Fact]
    public async Task A_line_is_changed_by_its_number_from_one_and_another_is_appended()
    {
        await using var bench = await GatewayBench.StartAsync();
        var key = await bench.KeyAsync(Invoice("I-1", Line(10) + Line(5)));

        await bench.KeyAsync(
            Update(
                key,
                $"<description>new</description><updateinvoiceitems><updatelineitem line_num=\"2\">"
                    + $"<amount>7</amount><memo>m</memo></updatelineitem>{Line(3)}</updateinvoiceitems>"
            )
        );

        Assert.Equal(["10", "7", "3"], bench.Simulator.Company.Records("ARINVOICEITEM").Select(l => l["AMOUNT"]));
        Assert.Equal(["1", "2", "3"], bench.Simulator.Company.Records("ARINVOICEITEM").Select(l => l["LINE_NO"]));
        Assert.Equal(("20", "new"), (bench.Invoice(key)["TOTALDUE"], bench.Invoice(key)["DESCRIPTION"]));
    }

    [Fact]
    public async Task The_external_id_is_a_key_where_the_call_says_so()
    {
        await using var bench = await GatewayBench.StartAsync();
        var key = await bench.KeyAsync(Invoice("I-1", Line(10), afterNumber: "<externalid>zuper-1</externalid>"));

        Assert.Equal(
            key,
            await bench.KeyAsync(Update("zuper-1", "<description>x</description>", " externalkey=\"true\""))
        );
        Assert.Equal(
            "No record exits for the recordkey 'zuper-1'.",
            (await bench.RefusalAsync(Update("zuper-1", "<description>x</description>"))).Text
        );
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3")]
    [InlineData("x")]
    public async Task A_line_that_is_not_there_is_refused(string line)
    {
        await using var bench = await GatewayBench.StartAsync();
        var key = await bench.KeyAsync(Invoice("I-1", Line(10) + Line(5)));

        var refusal = await bench.RefusalAsync(
            Update(key, SecondLine.Replace("\"2\"", $"\"{line}\"", StringComparison.Ordinal))
        );

        Assert.Equal($"Line number '{line}' is not valid", refusal.Text);
    }

    [Fact]
    public async Task What_is_paid_in_part_keeps_its_lines_and_takes_another_memo()
    {
        await using var bench = await GatewayBench.StartAsync();
        var key = await bench.KeyAsync(Invoice("I-1", Line(10) + Line(5)));
        bench.Simulator.Screens.Pay("C-1001", [("I-1", 1)]);

        Assert.Contains(
            "is paid in whole or in part",
            (await bench.RefusalAsync(Update(key, SecondLine))).Text,
            StringComparison.Ordinal
        );
        await bench.KeyAsync(Update(key, "<description>x</description>"));
        Assert.Equal(("Partially Paid", "1", "14"), bench.Standing(key));
    }

    [Fact]
    public async Task A_number_that_is_taken_a_closed_date_and_a_wrong_due_date_are_refused()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.KeyAsync(Invoice("I-1", Line(10)));
        var key = await bench.KeyAsync(Invoice("I-2", Line(10)));

        Assert.Equal("BL03002185", (await bench.RefusalAsync(Update(key, "<invoiceno>I-1</invoiceno>"))).Number);
        Assert.Equal(
            "Date Due cannot be earlier than date of transaction",
            (await bench.RefusalAsync(Update(key, Date("datedue", "2026-10-01")))).Text
        );
        bench.Simulator.Screens.CloseBooksThrough(new DateOnly(2026, 11, 30));
        Assert.Contains(
            "closed",
            (await bench.RefusalAsync(Update(key, "<description>x</description>"))).Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_reversal_takes_the_money_back_under_another_number()
    {
        await using var bench = await GatewayBench.StartAsync();
        var key = await bench.KeyAsync(Invoice("I-1", Line(10) + Line(5)));

        var reversal = await bench.KeyAsync(Reverse(key));

        Assert.Equal(("Reversed", "0", "0"), bench.Standing(key));
        Assert.Equal(("Reversal", "0", "0"), bench.Standing(reversal));
        Assert.Equal("-15", bench.Invoice(reversal)["TOTALENTERED"]);
        Assert.Equal("I-1", bench.Invoice(key)["RECORDID"]);
        Assert.NotEqual("I-1", bench.Invoice(reversal)["RECORDID"]);
        Assert.Contains(
            "already been reversed",
            (await bench.RefusalAsync(Reverse(key))).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "has been reversed",
            (await bench.RefusalAsync(Update(key, "<description>x</description>"))).Text,
            StringComparison.Ordinal
        );
        Assert.Equal("BL03002185", (await bench.RefusalAsync(Invoice("I-1", Line(1)))).Number);
    }

    [Fact]
    public async Task What_is_paid_or_would_be_reversed_in_a_closed_period_is_not_reversed()
    {
        await using var bench = await GatewayBench.StartAsync();
        var paid = await bench.KeyAsync(Invoice("I-1", Line(10)));
        var open = await bench.KeyAsync(Invoice("I-2", Line(10)));
        bench.Simulator.Screens.Pay("C-1001", [("I-1", 10)]);
        bench.Simulator.Screens.CloseBooksThrough(new DateOnly(2026, 11, 3));

        Assert.Contains(
            "is paid in whole or in part",
            (await bench.RefusalAsync(Reverse(paid))).Text,
            StringComparison.Ordinal
        );
        Assert.Contains("closed", (await bench.RefusalAsync(Reverse(open))).Text, StringComparison.Ordinal);
        await bench.KeyAsync(Reverse(open, "2026-11-04"));
    }

    [Fact]
    public async Task A_draft_is_posted_later_and_an_unpaid_invoice_can_be_deleted_and_is_told_by_the_audit_history()
    {
        await using var bench = await GatewayBench.StartAsync();
        var key = await bench.KeyAsync(Invoice("I-1", Line(10), action: "<action>Draft</action>"));
        Assert.Equal("Draft", bench.Standing(key).State);
        await bench.KeyAsync(Update(key, "<action>Submit</action>"));
        Assert.Equal("Posted", bench.Standing(key).State);

        var deleted = await bench.OneAsync($"<delete><object>ARINVOICE</object><keys>{key}</keys></delete>");

        Assert.Equal("success", deleted.Status());
        Assert.Empty(bench.Simulator.Company.Records("ARINVOICEITEM"));
        var audit = await bench.FindAsync("AUDITHISTORY", "OBJECTTYPE", "arinvoice", "OBJECTKEY", "ACCESSMODE");
        Assert.Equal([key], audit.Texts("data/AUDITHISTORY/OBJECTKEY"));
        bench.Simulator.Options.AuditHistoryDenied = true;
        var denied = await bench.FindAsync("AUDITHISTORY", "OBJECTTYPE", "arinvoice", "OBJECTKEY");
        Assert.Equal(
            "You do not have permission to view audit history",
            denied.Text("errormessage/error/description2")
        );
        Assert.Null(denied.Text("errormessage/error/errorno"));
    }
}
