using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;
using static IntacctSync.Tests.Simulators.Intacct.Receivable;

namespace IntacctSync.Tests.Simulators.Intacct;

public class OrderEntryTests
{
    private const string Id = "Sales Invoice-SI1";

    [Fact]
    public async Task A_document_is_answered_by_its_id_and_makes_an_invoice()
    {
        await using var bench = await GatewayBench.StartAsync();

        var key = await bench.KeyAsync(
            Order(
                "SI1",
                OrderLine("FLT-16", 2)
                    + OrderLine("LABOR", 1.5m, "<discountpercent>10</discountpercent><price>100</price>", "Hour")
            )
        );

        Assert.Equal(Id, key);
        var document = bench.Simulator.Company.Record("SODOCUMENT", Id)!;
        var invoice = bench.Invoice(document["PRRECORDKEY"]);
        Assert.Equal(
            ("8.SO", "SI1", "171.5", "Posted"),
            (invoice["MODULEKEY"], invoice["RECORDID"], invoice["TOTALDUE"], invoice["STATE"])
        );
        Assert.Equal(("171.5", "Open"), (document["TOTALDUE"], document["PAYMENTSTATUS"]));
        var joined = await bench.FindAsync("SODOCUMENT", "DOCID", Id, "ARINVOICE.RECORDNO");
        Assert.Equal(document["PRRECORDKEY"], joined.Text("data/SODOCUMENT/ARINVOICE.RECORDNO"));
    }

    [Fact]
    public async Task An_update_gives_the_invoice_a_new_record_number_and_keeps_the_subtotals()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.KeyAsync(
            Order("SI1", OrderLine("FLT-16", 2), "<externalid>z-1</externalid>")
                .Replace(
                    "</sotransitems>",
                    "</sotransitems><subtotals><subtotal><description>Tax</description><total>3</total>"
                        + "</subtotal></subtotals>",
                    StringComparison.Ordinal
                )
        );
        var before = bench.Simulator.Company.Record("SODOCUMENT", Id)!["PRRECORDKEY"];

        await bench.KeyAsync(
            "<update_sotransaction key=\"z-1\" externalkey=\"true\"><updatesotransitems><updatesotransitem "
                + "line_num=\"1\"><quantity>4</quantity></updatesotransitem></updatesotransitems>"
                + "</update_sotransaction>"
        );

        var after = bench.Simulator.Company.Record("SODOCUMENT", Id)!["PRRECORDKEY"];
        Assert.NotEqual(before, after);
        Assert.Null(bench.Simulator.Company.Record("ARINVOICE", before));
        Assert.Equal(("76", "SI1"), (bench.Invoice(after)["TOTALDUE"], bench.Invoice(after)["RECORDID"]));
        Assert.Equal(
            [before],
            (await bench.FindAsync("AUDITHISTORY", "OBJECTTYPE", "arinvoice", "OBJECTKEY")).Texts(
                "data/AUDITHISTORY/OBJECTKEY"
            )
        );
    }

    [Fact]
    public async Task A_paid_document_is_neither_changed_nor_deleted_and_an_unpaid_one_goes_with_its_invoice()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.KeyAsync(Order("SI1", OrderLine("FLT-16", 2)));
        var payment = bench.Simulator.Screens.Pay("C-1001", [("SI1", 36.5m)]);
        Assert.Equal("Paid", bench.Simulator.Company.Record("SODOCUMENT", Id)!["PAYMENTSTATUS"]);

        Assert.Contains(
            "paid",
            (await bench.RefusalAsync($"<delete_sotransaction key=\"{Id}\"/>")).Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "paid",
            (
                await bench.RefusalAsync(
                    $"<update_sotransaction key=\"{Id}\"><message>x</message></update_sotransaction>"
                )
            ).Text,
            StringComparison.Ordinal
        );
        bench.Simulator.Screens.ReversePayment(payment);
        Assert.Equal("success", (await bench.OneAsync($"<delete_sotransaction key=\"{Id}\"/>")).Status());
        Assert.Empty(bench.Simulator.Company.Records("SODOCUMENT"));
        Assert.Empty(bench.Simulator.Company.Records("ARINVOICE"));
    }

    [Fact]
    public async Task What_a_document_names_must_be_there()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.KeyAsync(Order("SI1", OrderLine("FLT-16", 2)));

        Assert.Equal(
            "Transaction with the number 'SI1' already exists",
            (await bench.RefusalAsync(Order("SI1", OrderLine("FLT-16", 2)))).Text
        );
        Assert.Equal(
            ("PL01000127", "Document Number is missing"),
            await bench.RefusalAsync(Order("", OrderLine("FLT-16", 2)))
        );
        Assert.Equal(
            "Item ID 'GHOST' is not valid",
            (await bench.RefusalAsync(Order("SI2", OrderLine("GHOST", 2)))).Text
        );
        Assert.Equal(
            ("BL03000018", "Missing unit"),
            await bench.RefusalAsync(Order("SI2", OrderLine("FLT-16", 2, unit: "each")))
        );
        Assert.Equal(
            "Transaction definition 'Quote' is not valid",
            (await bench.RefusalAsync(Order("SI2", OrderLine("FLT-16", 2), type: "Quote"))).Text
        );
    }

    [Fact]
    public async Task A_definition_that_numbers_by_itself_gives_the_number()
    {
        var company = SimulatedCompany.Sandbox with
        {
            TransactionDefinitions = [new TransactionDefinition("Sales Invoice") { NumbersItself = true }],
        };
        await using var bench = await GatewayBench.StartAsync(new IntacctSimulatorOptions { Companies = [company] });

        Assert.Equal("Sales Invoice-SI0001", await bench.KeyAsync(Order("", OrderLine("FLT-16", 2))));
    }
}
