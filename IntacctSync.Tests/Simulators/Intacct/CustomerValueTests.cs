using System.Xml.Linq;
using IntacctSync.Simulators.Intacct;

namespace IntacctSync.Tests.Simulators.Intacct;

public class CustomerValueTests
{
    private const string Invalid = "BL03000018";

    [Theory]
    [InlineData("NAME", 100)]
    [InlineData("CUSTOMERID", 20)]
    [InlineData("DISPLAYCONTACT/PRINTAS", 200)]
    [InlineData("DISPLAYCONTACT/CONTACTNAME", 200)]
    [InlineData("DISPLAYCONTACT/PHONE1", 30)]
    [InlineData("DISPLAYCONTACT/MAILADDRESS/ADDRESS1", 80)]
    [InlineData("DISPLAYCONTACT/MAILADDRESS/CITY", 80)]
    [InlineData("DISPLAYCONTACT/MAILADDRESS/STATE", 40)]
    [InlineData("DISPLAYCONTACT/MAILADDRESS/ZIP", 30)]
    [InlineData("DISPLAYCONTACT/MAILADDRESS/COUNTRY", 60)]
    public async Task A_value_may_fill_its_length_and_not_exceed_it(string path, int length)
    {
        await using var bench = await GatewayBench.StartAsync();

        var exceeds = await CreateAsync(bench, WithValue(path, new string('x', length + 1)));
        var fits = await CreateAsync(bench, WithValue(path, new string('x', length)));

        Assert.Equal("success", fits.Status());
        Assert.Equal(Invalid, exceeds.Errors()[0].Number);
        Assert.Contains(path.Split('/')[^1], exceeds.Errors()[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A&amp;B")]
    [InlineData("A,B")]
    [InlineData("A&lt;B")]
    [InlineData("A&gt;B")]
    [InlineData("A#B")]
    [InlineData("A?B")]
    public async Task An_id_with_a_forbidden_character_is_refused(string id)
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await CreateAsync(bench, GatewayBench.Customer(id));

        Assert.Equal(Invalid, result.Errors()[0].Number);
        Assert.Contains("Illegal character", result.Errors()[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<TERMNAME>Net 31</TERMNAME>", "Net 31")]
    [InlineData("<STATUS>Active</STATUS>", "STATUS")]
    [InlineData("<CREDITLIMIT>1,000</CREDITLIMIT>", "CREDITLIMIT")]
    [InlineData("<ONHOLD>perhaps</ONHOLD>", "ONHOLD")]
    [InlineData("<DELIVERY_OPTIONS>Pigeon</DELIVERY_OPTIONS>", "DELIVERY_OPTIONS")]
    [InlineData("<PARENTID>none</PARENTID>", "none")]
    [InlineData("<BILLTO><CONTACTNAME>Nobody</CONTACTNAME></BILLTO>", "Nobody")]
    public async Task A_value_that_is_not_one_of_those_there_are_is_refused(string field, string named)
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await CreateAsync(bench, GatewayBench.Customer("C1", more: field));

        Assert.Equal("failure", result.Status());
        Assert.Contains(named, result.Errors()[0].Text, StringComparison.Ordinal);
        Assert.Null(bench.Simulator.Company.Record("CUSTOMER", "C1"));
    }

    [Fact]
    public async Task Lenient_takes_what_strict_refuses_of_lengths_characters_and_formats()
    {
        await using var bench = await GatewayBench.StartAsync(new IntacctSimulatorOptions { Strict = false });

        var result = await CreateAsync(
            bench,
            GatewayBench.Customer("#1", new string('x', 101), contact: "<EMAIL1>@</EMAIL1>")
        );

        Assert.Equal("success", result.Status());
    }

    private static Task<XElement> CreateAsync(GatewayBench bench, string record) =>
        bench.OneAsync($"<create>{record}</create>");

    private static string WithValue(string path, string value)
    {
        var customer = XElement.Parse(GatewayBench.Customer("C1", "A"));
        var at = path.Split('/')
            .Aggregate(
                customer,
                (element, name) =>
                {
                    if (element.Element(name) is null)
                        element.Add(new XElement(name));
                    return element.Element(name)!;
                }
            );
        at.Value = value;
        return customer.ToString();
    }
}
