using System.Xml.Linq;
using IntacctSync.Simulators.Intacct;
using static IntacctSync.Tests.Simulators.Intacct.Receivable;

namespace IntacctSync.Tests.Simulators.Intacct;

public class CustomFieldTests
{
    [Fact]
    public async Task An_invoice_and_its_lines_keep_their_custom_fields_until_they_are_cleared()
    {
        await using var bench = await GatewayBench.StartAsync(Options());
        var key = await bench.KeyAsync(
            Invoice("I-1", Line(100, more: Fields(("HOURS", "1.5"))), beforeItems: Fields(("CREW", "Blue")))
        );
        Assert.Equal("Blue", bench.Invoice(key)["CREW"]);
        Assert.Equal(["1.5"], await HoursAsync(bench, key));

        await bench.KeyAsync(
            Update(
                key,
                Fields(("CREW", ""))
                    + "<updateinvoiceitems><updatelineitem line_num=\"1\"><amount>100</amount>"
                    + Fields(("HOURS", "2"))
                    + "</updatelineitem></updateinvoiceitems>"
            )
        );
        Assert.Equal("", bench.Invoice(key)["CREW"]);
        Assert.Equal(["2"], await HoursAsync(bench, key));
    }

    [Theory]
    [InlineData("DUE_CHECK", "2026-02-03", "Illegal format")]
    [InlineData("DONE", "yes", "Illegal format")]
    [InlineData("KIND", "west", "is not one of North, South")]
    [InlineData("SERIAL", "7", "is not valid")]
    [InlineData("NONE_SUCH", "7", "is not valid")]
    public async Task A_value_of_another_type_and_a_field_that_is_not_there_are_refused(
        string name,
        string value,
        string said
    )
    {
        await using var bench = await GatewayBench.StartAsync(Options());
        var result = await bench.OneAsync(Invoice("I-1", Line(100), beforeItems: Fields((name, value))));
        Assert.Contains(said, result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_takes_its_custom_fields_as_elements_and_checks_them()
    {
        await using var bench = await GatewayBench.StartAsync(Options());
        var good = await bench.OneAsync(
            "<update><CUSTOMER><CUSTOMERID>C-1001</CUSTOMERID><SEEN>02/03/2026</SEEN></CUSTOMER></update>"
        );
        Assert.Equal("success", good.Element("status")!.Value);
        var wrong = await bench.OneAsync(
            "<update><CUSTOMER><CUSTOMERID>C-1001</CUSTOMERID><SEEN>soon</SEEN></CUSTOMER></update>"
        );
        Assert.Contains("Illegal format", wrong.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lookup_tells_types_and_those_of_Order_Entry_only_for_a_definition()
    {
        await using var bench = await GatewayBench.StartAsync(Options());
        var invoice = await bench.OneAsync("<lookup><object>ARINVOICE</object></lookup>");
        Assert.Equal("DATE", Field(invoice, "DUE_CHECK")?.Element("DATATYPE")?.Value);
        Assert.Equal(
            ["North", "South"],
            Field(invoice, "KIND")!.Element("VALIDVALUES")!.Elements().Select(v => v.Value)
        );
        Assert.Equal("true", Field(invoice, "SERIAL")?.Element("READONLY")?.Value);

        Assert.Null(Field(await bench.OneAsync("<lookup><object>SODOCUMENT</object></lookup>"), "CREW"));
        Assert.NotNull(
            Field(
                await bench.OneAsync("<lookup><object>SODOCUMENT</object><docparid>Sales Invoice</docparid></lookup>"),
                "CREW"
            )
        );
    }

    private static IntacctSimulatorOptions Options()
    {
        var options = new IntacctSimulatorOptions();
        foreach (
            var (name, type) in new[]
            {
                ("ARINVOICE.CREW", "text"),
                ("ARINVOICE.DUE_CHECK", "date"),
                ("ARINVOICE.DONE", "bool"),
                ("ARINVOICE.KIND", "enum North|South"),
                ("ARINVOICE.SERIAL", "text ro"),
                ("ARINVOICEITEM.HOURS", "dec"),
                ("CUSTOMER.SEEN", "date"),
                ("SODOCUMENT.CREW", "text"),
            }
        )
        {
            options.CustomFields.Add(name);
            options.CustomFieldTypes[name] = type;
        }

        return options;
    }

    private static string Fields(params (string Name, string Value)[] fields) =>
        new XElement(
            "customfields",
            fields.Select(f => new XElement(
                "customfield",
                new XElement("customfieldname", f.Name),
                new XElement("customfieldvalue", f.Value)
            ))
        ).ToString(SaveOptions.DisableFormatting);

    private static XElement? Field(XElement result, string name) =>
        result.Descendants("Field").FirstOrDefault(f => f.Element("ID")?.Value == name);

    private static async Task<IReadOnlyList<string>> HoursAsync(GatewayBench bench, string key) =>
        [
            .. (await bench.OneAsync($"<read><object>ARINVOICE</object><keys>{key}</keys><fields>*</fields></read>"))
                .Descendants("HOURS")
                .Select(h => h.Value),
        ];
}
