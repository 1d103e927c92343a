using System.Xml.XPath;
using static IntacctSync.Tests.Simulators.Intacct.Receivable;

namespace IntacctSync.Tests.Simulators.Intacct;

public class InvoiceGrammarTests
{
    [Theory]
    [InlineData(
        "<create_invoice><datecreated><year>2026</year><month>11</month><day>2</day></datecreated>"
            + "<customerid>C-1001</customerid></create_invoice>"
    )]
    [InlineData("<create_invoice><customerid>C-1001</customerid></create_invoice>")]
    [InlineData("<update_invoice><description>x</description></update_invoice>")]
    [InlineData("<update_invoice key=\"1\"><externalid>x</externalid></update_invoice>")]
    [InlineData("<update_invoice key=\"1\"><billto><contactname>x</contactname></billto></update_invoice>")]
    [InlineData(
        "<update_invoice key=\"1\"><updateinvoiceitems><updatelineitem><memo>x</memo></updatelineitem>"
            + "</updateinvoiceitems></update_invoice>"
    )]
    [InlineData("<update_invoice key=\"1\" externalkey=\"yes\"/>")]
    [InlineData("<reverse_invoice key=\"1\"/>")]
    [InlineData(
        "<reverse_invoice key=\"1\"><datereversed><day>1</day><month>1</month><year>2026</year></datereversed>"
            + "</reverse_invoice>"
    )]
    [InlineData("<delete_sotransaction/>")]
    [InlineData(
        "<create_invoice><customerid>C-1001</customerid><datecreated><year>2026</year><month>11</month>"
            + "<day>2</day></datecreated><action>Post</action><invoiceitems><lineitem><glaccountno>1</glaccountno>"
            + "</lineitem></invoiceitems></create_invoice>"
    )]
    public async Task A_legacy_function_out_of_its_grammar_fails_the_request(string function) =>
        await RequireSchemaErrorAsync(function);

    [Theory]
    [InlineData("<lineitem><amount>1</amount><glaccountno>4000</glaccountno></lineitem>")]
    [InlineData("<lineitem><amount>1</amount></lineitem>")]
    [InlineData(
        "<lineitem><glaccountno>4000</glaccountno><accountlabel>Service</accountlabel><amount>1</amount></lineitem>"
    )]
    [InlineData(
        "<lineitem><glaccountno>4000</glaccountno><amount>1</amount><departmentid>SVC</departmentid>"
            + "<locationid>100</locationid></lineitem>"
    )]
    [InlineData(
        "<lineitem><glaccountno>4000</glaccountno><amount>1</amount><itemid>LABOR</itemid>"
            + "<customerid>C-1001</customerid></lineitem>"
    )]
    [InlineData("<lineitem><glaccountno>4000</glaccountno><amount>1</amount><quantity>1</quantity></lineitem>")]
    public async Task So_does_a_line_out_of_order(string line) => await RequireSchemaErrorAsync(Invoice("I-1", line));

    [Fact]
    public async Task A_currency_needs_a_rate_or_its_type() =>
        await RequireSchemaErrorAsync(Invoice("I-1", Line(1), beforeItems: "<currency>USD</currency>"));

    [Fact]
    public async Task A_full_invoice_in_the_order_of_the_schema_is_taken()
    {
        await using var bench = await GatewayBench.StartAsync();

        var key = await bench.KeyAsync(
            Invoice(
                "I-1",
                "<lineitem><glaccountno>4000</glaccountno><amount>1.00</amount><memo>m</memo>"
                    + "<locationid>100</locationid><departmentid>SVC</departmentid>"
                    + "<projectid>P-100</projectid><customerid>C-1001</customerid><itemid>LABOR</itemid>"
                    + "<classid>RES</classid></lineitem>",
                action: "<action>Submit</action>",
                afterNumber: "<ponumber>P</ponumber><description>d</description><externalid>e</externalid>",
                beforeItems: "<billto><contactname>Harbor Dental Group(CC-1001)</contactname></billto>"
                    + "<basecurr>USD</basecurr><currency>USD</currency><exchratetype>Intacct Daily "
                    + "Rate</exchratetype>"
            )
        );
        Assert.NotEmpty(key);
    }

    private static async Task RequireSchemaErrorAsync(string function)
    {
        await using var bench = await GatewayBench.StartAsync();

        var response = await bench.SendAsync(GatewayBench.Request(bench.Function(function)));

        Assert.Equal("failure", response.Text("control/status"));
        Assert.Equal("XL03000003", response.XPathSelectElement("errormessage/error/errorno")!.Value);
    }
}
