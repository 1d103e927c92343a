using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using static IntacctSync.Tests.Simulators.Intacct.Receivable;

namespace IntacctSync.Tests.Simulators.Intacct;

public class CreateInvoiceTests
{
    [Fact]
    public async Task An_invoice_is_answered_by_its_key_and_kept_with_its_totals()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync(
            Invoice(
                "I-1",
                Line(100.005m) + Line(-10m, "4020"),
                afterNumber: "<ponumber>PO 7</ponumber><description>June</description>"
            )
        );

        Assert.Equal("status function controlid key", result.Children());
        var invoice = bench.Invoice(result.Element("key")!.Value);
        Assert.Equal(
            ("I-1", "Posted", "C-1001", "Harbor Dental Group", "90.01", "90.01", "0", "4.AR", "PO 7", "June", "USD"),
            (
                invoice["RECORDID"],
                invoice["STATE"],
                invoice["CUSTOMERID"],
                invoice["CUSTOMERNAME"],
                invoice["TOTALENTERED"],
                invoice["TRX_TOTALDUE"],
                invoice["TOTALPAID"],
                invoice["MODULEKEY"],
                invoice["DOCNUMBER"],
                invoice["DESCRIPTION"],
                invoice["CURRENCY"]
            )
        );
        Assert.Equal(("11/02/2026", "12/02/2026"), (invoice["WHENCREATED"], invoice["WHENDUE"]));
    }

    [Fact]
    public async Task A_read_shows_the_lines_inside_and_a_query_finds_them_by_their_owner()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.KeyAsync(Invoice("I-1", Line(1)));
        var key = await bench.KeyAsync(
            Invoice("I-2", Line(20, more: "<memo>Seats</memo><locationid>100</locationid>") + Line(5))
        );

        var read = await bench.OneAsync($"<read><object>ARINVOICE</object><keys>{key}</keys><fields>*</fields></read>");
        var lines = await bench.FindAsync(
            "ARINVOICEITEM",
            "RECORDKEY",
            key,
            "LINE_NO",
            "TRX_AMOUNT",
            "ENTRYDESCRIPTION"
        );

        Assert.Equal(["20", "5"], read.Texts("data/ARINVOICE/ARINVOICEITEMS/arinvoiceitem/AMOUNT"));
        Assert.Equal(["100", ""], read.Texts("data/ARINVOICE/ARINVOICEITEMS/arinvoiceitem/LOCATIONID"));
        Assert.Equal(
            ["20", "5"],
            lines.Texts("data/ARINVOICEITEM/TRX_AMOUNT").OrderDescending(StringComparer.Ordinal).Reverse()
        );
    }

    [Theory]
    [InlineData("ghost", "Customer 'ghost' specified is not valid.")]
    [InlineData("C-9", "Customer 'C-9' specified is not valid.")]
    public async Task The_customer_must_be_there_and_active(string customer, string text)
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.OneAsync($"<create>{GatewayBench.Customer("C-9", more: "<STATUS>inactive</STATUS>")}</create>");

        Assert.Equal(text, (await bench.RefusalAsync(Invoice("I-1", Line(1), customer))).Text);
        Assert.Empty(bench.Simulator.Company.Records("ARINVOICE"));
    }

    [Theory]
    [InlineData(
        "<lineitem><glaccountno>9999</glaccountno><amount>1</amount></lineitem>",
        "BL03000018",
        "Account 9999 is not valid"
    )]
    [InlineData(
        "<lineitem><glaccountno>4000</glaccountno></lineitem>",
        "BL03002101",
        "Remove the extra line item in the request, then reclassify the bill."
    )]
    [InlineData(
        "<lineitem><accountlabel>Service</accountlabel><amount>1</amount></lineitem>",
        "BL03000018",
        "This company does not use account labels: a GL account number is required"
    )]
    [InlineData(
        "<lineitem><glaccountno>4030</glaccountno><amount>1</amount></lineitem>",
        "BL03000018",
        "This transaction is missing the Location dimension for the Account 4030"
    )]
    [InlineData(
        "<lineitem><glaccountno>4000</glaccountno><amount>1</amount><locationid>900</locationid></lineitem>",
        "BL03000018",
        "Location '900' is not valid"
    )]
    [InlineData(
        "<lineitem><glaccountno>4000</glaccountno><amount>1</amount><departmentid>X</departmentid></lineitem>",
        "BL03000018",
        "Department 'X' is not valid"
    )]
    [InlineData(
        "<lineitem><glaccountno>4000</glaccountno><amount>1</amount><projectid>X</projectid></lineitem>",
        "BL03000018",
        "Project 'X' is not valid"
    )]
    [InlineData(
        "<lineitem><glaccountno>4000</glaccountno><amount>1</amount><itemid>OLD-PUMP</itemid></lineitem>",
        "BL03000018",
        "Item ID 'OLD-PUMP' is not valid"
    )]
    [InlineData(
        "<lineitem><glaccountno>4000</glaccountno><amount>1</amount><classid>X</classid></lineitem>",
        "BL03000018",
        "Class 'X' is not valid"
    )]
    [InlineData(
        "<lineitem><glaccountno>4000</glaccountno><amount>ten</amount></lineitem>",
        "BL03000018",
        "Illegal value 'ten' for amount"
    )]
    public async Task A_line_that_is_not_valid_is_refused_and_leaves_nothing(string line, string number, string text)
    {
        await using var bench = await GatewayBench.StartAsync();

        Assert.Equal((number, text), await bench.RefusalAsync(Invoice("I-1", Line(1) + line)));
        Assert.Empty(bench.Simulator.Company.Records("ARINVOICE"));
        Assert.Empty(bench.Simulator.Company.Records("ARINVOICEITEM"));
    }

    [Fact]
    public async Task A_number_is_used_once_in_the_company_unless_it_counts_per_customer()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.KeyAsync(Invoice("I-1", Line(1)));

        Assert.Equal(
            ("BL03002185", "A transaction with that number already exists"),
            await bench.RefusalAsync(Invoice("I-1", Line(1), "C-1002"))
        );
        bench.Simulator.Options.InvoiceNumbersPerCustomer = true;
        await bench.KeyAsync(Invoice("I-1", Line(1), "C-1002"));
        Assert.Equal("BL03002185", (await bench.RefusalAsync(Invoice("I-1", Line(1)))).Number);
    }

    [Fact]
    public async Task A_number_is_required_unless_the_company_gives_one()
    {
        await using var bench = await GatewayBench.StartAsync();

        Assert.Equal("BL03002128", (await bench.RefusalAsync(Invoice("", Line(1)))).Number);
        bench.Simulator.Options.AutoNumberInvoices = true;
        var key = await bench.KeyAsync(Invoice("", Line(1)));
        Assert.StartsWith("INV-0", bench.Invoice(key)["RECORDID"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terms_and_due_dates_are_checked()
    {
        await using var bench = await GatewayBench.StartAsync();

        Assert.Equal(
            "Either a due date or a term is required",
            (await bench.RefusalAsync(Invoice("I-1", Line(1), due: ""))).Text
        );
        Assert.Equal(
            "The term 'N99' specified is not valid.",
            (await bench.RefusalAsync(Invoice("I-1", Line(1), due: "<termname>N99</termname>"))).Text
        );
        Assert.Equal(
            "Date Due cannot be earlier than date of transaction",
            (await bench.RefusalAsync(Invoice("I-1", Line(1), due: Date("datedue", "2026-11-01")))).Text
        );
        var key = await bench.KeyAsync(
            Invoice("I-1", Line(1), due: Date("datedue", "2026-11-09") + "<termname>Net 30</termname>")
        );
        Assert.Equal("11/09/2026", bench.Invoice(key)["WHENDUE"]);
    }

    [Fact]
    public async Task A_date_in_a_closed_period_is_refused()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Screens.CloseBooksThrough(new DateOnly(2026, 11, 2));

        Assert.Equal(
            "Your transaction date is within a period that's been closed",
            (await bench.RefusalAsync(Invoice("I-1", Line(1)))).Text
        );
        await bench.KeyAsync(Invoice("I-1", Line(1), date: "2026-11-03"));
    }

    [Fact]
    public async Task A_company_that_uses_account_labels_takes_no_account_numbers()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Screens.SetPreference("AR", "USEACCOUNTLABELS", "T");

        Assert.Equal(
            "This company uses account labels: a GL account number is not valid here",
            (await bench.RefusalAsync(Invoice("I-1", Line(1)))).Text
        );
        await bench.KeyAsync(
            Invoice("I-1", "<lineitem><accountlabel>Service</accountlabel><amount>1</amount></lineitem>")
        );
        Assert.Equal("4000", bench.Simulator.Company.Records("ARINVOICEITEM")[0]["ACCOUNTNO"]);
    }

    [Fact]
    public async Task A_company_of_several_entities_wants_a_location_on_every_line()
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { Companies = [SimulatedCompany.Sandbox with { Entities = ["100"] }] }
        );

        Assert.Equal(
            "This transaction is missing the Location dimension for the Account 4000",
            (await bench.RefusalAsync(Invoice("I-1", Line(1)))).Text
        );
        await bench.KeyAsync(Invoice("I-1", Line(1, more: "<locationid>100</locationid>")));
    }

    [Fact]
    public async Task A_company_with_a_tax_solution_wants_it_named()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Company.Add(
            "TAXSOLUTION",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["SOLUTIONID"] = "UK VAT" }
        );

        Assert.Equal(
            "A tax solution is required for this transaction",
            (await bench.RefusalAsync(Invoice("I-1", Line(1)))).Text
        );
        await bench.KeyAsync(Invoice("I-1", Line(1), beforeItems: "<taxsolutionid>UK VAT</taxsolutionid>"));
    }

    [Fact]
    public async Task Another_currency_is_taken_where_the_company_has_several()
    {
        var several = SimulatedCompany.Sandbox with
        {
            MultiCurrency = true,
            DailyRates = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["EUR"] = 1.2m },
        };
        await using var bench = await GatewayBench.StartAsync(new IntacctSimulatorOptions { Companies = [several] });
        const string Euro = "<currency>EUR</currency><exchratetype>Intacct Daily Rate</exchratetype>";

        Assert.Equal(
            "Exchange rate not found for GBP to USD",
            (
                await bench.RefusalAsync(
                    Invoice("I-1", Line(1), beforeItems: "<currency>GBP</currency><exchrate>2</exchrate>")
                )
            ).Text
        );
        var key = await bench.KeyAsync(Invoice("I-1", Line(10), beforeItems: Euro));
        Assert.Equal(
            ("EUR", "10", "12"),
            (bench.Invoice(key)["CURRENCY"], bench.Invoice(key)["TRX_TOTALDUE"], bench.Invoice(key)["TOTALDUE"])
        );
    }

    [Fact]
    public async Task A_contact_must_be_there_and_else_is_the_customers_own()
    {
        await using var bench = await GatewayBench.StartAsync();

        Assert.Equal(
            "Contact 'Nobody' specified is not valid.",
            (
                await bench.RefusalAsync(
                    Invoice("I-1", Line(1), beforeItems: "<billto><contactname>Nobody</contactname></billto>")
                )
            ).Text
        );
        var key = await bench.KeyAsync(Invoice("I-1", Line(1)));
        Assert.Equal("Harbor Dental Group(CC-1001)", bench.Invoice(key)["BILLTOPAYTOCONTACTNAME"]);
    }
}
