using System.Xml.Linq;
using System.Xml.XPath;
using IntacctSync.Simulators.Intacct;

namespace IntacctSync.Tests.Simulators.Intacct;

public class ReadTests
{
    [Fact]
    public async Task Read_takes_numbers_and_read_by_name_takes_names_and_missing_ones_are_left_out()
    {
        await using var bench = await GatewayBench.StartAsync();

        var results = await bench.RunAsync(
            "<read><object>CUSTOMER</object><keys>2,999,1</keys><fields>RECORDNO,CUSTOMERID</fields></read>",
            "<readByName><object>CUSTOMER</object><keys>C-1004, nobody</keys><fields>NAME</fields></readByName>",
            "<readByName><object>CUSTOMER</object><keys>nobody</keys></readByName>"
        );

        Assert.Equal("listtype=CUSTOMER count=2", results[0].Element("data")!.AttributeText());
        Assert.Equal(["C-1002", "C-1001"], results[0].Texts("data/CUSTOMER/CUSTOMERID"));
        Assert.Equal(["Northgate Schools"], results[1].Texts("data/CUSTOMER/NAME"));
        Assert.Equal("success", results[2].Status());
        Assert.Equal("listtype=CUSTOMER count=0", results[2].Element("data")!.AttributeText());
    }

    [Fact]
    public async Task All_fields_are_those_of_the_object_with_empty_elements_for_what_is_not_there()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync("<read><object>CUSTOMER</object><keys>1</keys><fields>*</fields></read>");

        var customer = result.XPathSelectElement("data/CUSTOMER")!;
        Assert.Equal("RECORDNO", customer.Elements().First().Name);
        Assert.Equal("", customer.Element("COMMENTS")!.Value);
        Assert.Equal("ap@harbordental.example", customer.Element("DISPLAYCONTACT.EMAIL1")!.Value);
    }

    [Fact]
    public async Task Read_by_query_answers_lower_case_elements_and_pages_by_result_id()
    {
        await using var bench = await GatewayBench.StartAsync();
        var session = GatewayBench.Session(await bench.SignInAsync());

        var first = await CallAsync(
            bench,
            session,
            "<readByQuery><object>CUSTOMER</object><fields>CUSTOMERID</fields><query/><pagesize>4</pagesize>"
                + "</readByQuery>"
        );
        var resultId = first.Element("data")!.Attribute("resultId")!.Value;
        bench.Simulator.Company.Remove("CUSTOMER", "C-1002");
        bench.Simulator.Company.Edit("CUSTOMER", "C-1001", new Dictionary<string, string> { ["NAME"] = "Later" });
        var second = await CallAsync(bench, session, $"<readMore><resultId>{resultId}</resultId></readMore>");
        var third = await CallAsync(bench, session, $"<readMore><resultId>{resultId}</resultId></readMore>");

        Assert.Equal(
            $"listtype=customer count=4 totalcount=6 numremaining=2 resultId={resultId}",
            first.Element("data")!.AttributeText()
        );
        Assert.Equal(
            $"listtype=customer count=2 totalcount=6 numremaining=0 resultId={resultId}",
            second.Element("data")!.AttributeText()
        );
        Assert.Equal(
            $"listtype=customer count=0 totalcount=6 numremaining=0 resultId={resultId}",
            third.Element("data")!.AttributeText()
        );
        string[] all = [.. first.Texts("data/customer/CUSTOMERID"), .. second.Texts("data/customer/CUSTOMERID")];
        Assert.Equal(["C-1001", "C-1002", "C-1003", "C-1004", "C-1005", "C-1006"], all.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_more_by_object_name_goes_on_with_the_latest_scan_of_it()
    {
        await using var bench = await GatewayBench.StartAsync();
        const string Scan =
            "<readByQuery><object>CUSTOMER</object><fields>CUSTOMERID</fields><query/><pagesize>5</pagesize>"
            + "</readByQuery>";

        await bench.OneAsync(Scan);
        await bench.OneAsync(Scan);
        var more = await bench.RunAsync(
            "<readMore><object>CUSTOMER</object></readMore>",
            "<readMore><object>CUSTOMER</object></readMore>"
        );

        Assert.Equal("1", more[0].Element("data")!.Attribute("count")!.Value);
        Assert.Equal("0", more[1].Element("data")!.Attribute("count")!.Value);
    }

    [Theory]
    [InlineData("CUSTOMERID = 'C-1001'", "C-1001")]
    [InlineData("NAME = 'Quayside Hotels' AND TERMNAME = 'Net 15'", "C-1003")]
    [InlineData("TERMNAME = 'Net 15' or CUSTOMERID in ('C-1001', 'C-1002')", "C-1001 C-1002 C-1003 C-1006")]
    [InlineData("not (TERMNAME like 'Net%')", "C-1005")]
    [InlineData("CUSTOMERID not in ('C-1001','C-1002','C-1003')", "C-1004 C-1005 C-1006")]
    [InlineData("NAME not like '%e%'", "")]
    [InlineData("RECORDNO > 4 AND RECORDNO <= 6", "C-1005 C-1006")]
    [InlineData("COMMENTS IS NULL AND NAME IS NOT NULL AND RECORDNO < 2", "C-1001")]
    [InlineData("STATUS = 'T' AND RECORDNO = 1", "C-1001")]
    [InlineData("STATUS = 'active'", "")]
    [InlineData("CUSTOMERID = C-1001", "")]
    [InlineData("WHENMODIFIED >= '03/02/2026 15:04:05' AND RECORDNO = 1", "C-1001")]
    [InlineData("NAME = 'O\\'Neil'", "")]
    public async Task Each_expression_finds_what_it_should(string expression, string found)
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await ByQueryAsync(bench, expression);

        Assert.Equal("success", result.Status());
        Assert.Equal(
            found.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            result.Texts("data/customer/CUSTOMERID").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_quote_in_a_value_is_escaped_by_a_backslash()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Company.Edit("CUSTOMER", "C-1001", new Dictionary<string, string> { ["NAME"] = "O'Neil" });

        Assert.Equal(["C-1001"], (await ByQueryAsync(bench, "NAME = 'O\\'Neil'")).Texts("data/customer/CUSTOMERID"));
    }

    [Theory]
    [InlineData("NAME = 'x' ORDER BY NAME")]
    [InlineData("WHENMODIFIED > '2026-03-02T15:04:05'")]
    [InlineData("NOSUCH = 'x'")]
    [InlineData("NAME = 'x")]
    [InlineData("NAME =")]
    [InlineData("(NAME = 'x'")]
    public async Task What_an_expression_may_not_hold_is_an_error_of_processing(string expression)
    {
        await using var bench = await GatewayBench.StartAsync();

        Assert.Equal(
            [("DL02000001", "There was an error processing the request.")],
            (await ByQueryAsync(bench, expression)).Errors()
        );
    }

    [Fact]
    public async Task Nothing_found_is_a_success_without_a_result_id()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await ByQueryAsync(bench, "NAME = 'nobody'");

        Assert.Equal(
            "listtype=customer count=0 totalcount=0 numremaining=0 resultId=",
            result.Element("data")!.AttributeText()
        );
    }

    [Fact]
    public async Task An_object_that_does_not_exist_is_answered_as_recorded()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync("<readByQuery><object>BADOBJECT</object><query/></readByQuery>");

        Assert.Equal([("Query Failed", "Object definition BADOBJECT not found")], result.Errors());
    }

    [Fact]
    public async Task Lookup_lists_fields_and_relationships()
    {
        var options = new IntacctSimulatorOptions();
        options.CustomFields.Add("CUSTOMER.CRM_ID");
        await using var bench = await GatewayBench.StartAsync(options);

        var result = await bench.OneAsync("<lookup><object>CUSTOMER</object></lookup>");

        Assert.Equal("listtype=All count=1", result.Element("data")!.AttributeText());
        Assert.Equal("Fields Relationships", result.Children("data/Type"));
        Assert.Equal(
            "ID LABEL DESCRIPTION REQUIRED READONLY DATATYPE ISCUSTOM",
            result.Children("data/Type/Fields/Field")
        );
        Assert.Equal(
            "OBJECTPATH OBJECTNAME LABEL RELATIONSHIPTYPE RELATEDBY",
            result.Children("data/Type/Relationships/Relationship")
        );
        Assert.Equal("true", result.Text("data/Type/Fields/Field[ID='CRM_ID']/ISCUSTOM"));
        Assert.Equal(
            ["active", "active non-posting", "inactive"],
            result.Texts("data/Type/Fields/Field[ID='STATUS']/VALIDVALUES/VALIDVALUE")
        );
    }

    private static Task<XElement> ByQueryAsync(GatewayBench bench, string expression) =>
        bench.OneAsync(
            $"<readByQuery><object>CUSTOMER</object>"
                + $"<fields>CUSTOMERID</fields>{new XElement("query", expression)}</readByQuery>"
        );

    private static async Task<XElement> CallAsync(GatewayBench bench, string session, string function) =>
        (await bench.SendAsync(GatewayBench.Request(bench.Function(function), session))).XPathSelectElement(
            "operation/result"
        )!;
}
