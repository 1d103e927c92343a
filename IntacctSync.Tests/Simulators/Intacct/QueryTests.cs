using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct;

namespace IntacctSync.Tests.Simulators.Intacct;

public class QueryTests
{
    [Fact]
    public async Task A_page_has_the_recorded_attributes_and_upper_case_elements_with_dotted_names()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await QueryAsync(
            bench,
            "",
            "<field>CUSTOMERID</field><field>DISPLAYCONTACT.CONTACTNAME</field>",
            "<pagesize>4</pagesize>"
        );

        Assert.Equal(
            "listtype=CUSTOMER totalcount=6 offset=0 count=4 numremaining=2",
            result.Element("data")!.AttributeText()
        );
        Assert.Equal("CUSTOMERID DISPLAYCONTACT.CONTACTNAME", result.Children("data/CUSTOMER"));
    }

    [Theory]
    [InlineData("<equalto><field>CUSTOMERID</field><value>C-1002</value></equalto>", "C-1002")]
    [InlineData(
        "<notequalto><field>NAME</field><value>Quayside Hotels</value></notequalto>",
        "C-1001 C-1004 C-1005 C-1006"
    )]
    [InlineData("<lessthan><field>CUSTOMERID</field><value>C-1002</value></lessthan>", "C-1001")]
    [InlineData("<lessthanorequalto><field>RECORDNO</field><value>2</value></lessthanorequalto>", "C-1001 C-1002")]
    [InlineData("<greaterthan><field>RECORDNO</field><value>5</value></greaterthan>", "C-1006")]
    [InlineData(
        "<greaterthanorequalto><field>CUSTOMERID</field><value>C-1005</value></greaterthanorequalto>",
        "C-1005 C-1006"
    )]
    [InlineData("<between><field>RECORDNO</field><value>2</value><value>4</value></between>", "C-1002 C-1003 C-1004")]
    [InlineData(
        "<in><field>CUSTOMERID</field><value>C-1004</value><value>nobody</value><value>C-1001</value></in>",
        "C-1001 C-1004"
    )]
    [InlineData("<notin><field>TERMNAME</field><value>Net 30</value><value>Net 15</value></notin>", "C-1005")]
    [InlineData("<like><field>NAME</field><value>%a%s_ho%</value></like>", "")]
    [InlineData("<like><field>NAME</field><value>Quay_ide%</value></like>", "C-1002 C-1003")]
    [InlineData("<notlike><field>NAME</field><value>%s</value></notlike>", "C-1001 C-1005 C-1006")]
    [InlineData("<isnull><field>COMMENTS</field></isnull>", "C-1001 C-1002 C-1003 C-1004 C-1005 C-1006")]
    [InlineData("<isnotnull><field>COMMENTS</field></isnotnull>", "")]
    [InlineData(
        "<equalto><field>STATUS</field><value>active</value></equalto>",
        "C-1001 C-1002 C-1003 C-1004 C-1005 C-1006"
    )]
    [InlineData("<equalto><field>STATUS</field><value>T</value></equalto>", "")]
    [InlineData(
        "<equalto><field>DISPLAYCONTACT.EMAIL1</field><value>ap@harbordental.example</value></equalto>",
        "C-1001"
    )]
    [InlineData("<equalto><field>TERM.DUEDATE</field><value>15</value></equalto>", "C-1003 C-1006")]
    [InlineData("<equalto><field>DISPLAYCONTACT.MAILADDRESS.CITY</field><value>portland</value></equalto>", "")]
    [InlineData(
        "<and><equalto><field>NAME</field><value>Quayside Hotels</value></equalto><equalto>"
            + "<field>TERMNAME</field><value>Net 15</value></equalto></and>",
        "C-1003"
    )]
    [InlineData(
        "<or><equalto><field>CUSTOMERID</field><value>C-1001</value></equalto><and><equalto><field>NAME</field>"
            + "<value>Quayside Hotels</value></equalto><equalto><field>TERMNAME</field><value>Net 30</value>"
            + "</equalto></and></or>",
        "C-1001 C-1002"
    )]
    public async Task Each_operator_finds_what_it_should(string filter, string found)
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await QueryAsync(bench, filter);

        Assert.Equal("success", result.Status());
        Assert.Equal(
            found.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            result.Texts("data/CUSTOMER/CUSTOMERID").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Case_is_ignored_only_when_asked()
    {
        await using var bench = await GatewayBench.StartAsync();
        const string Filter = "<in><field>DISPLAYCONTACT.EMAIL1</field><value>AP@HarborDental.Example</value></in>";

        var exact = await QueryAsync(bench, Filter);
        var any = await QueryAsync(bench, Filter, more: "<options><caseinsensitive>true</caseinsensitive></options>");

        Assert.Empty(exact.Texts("data/CUSTOMER"));
        Assert.Equal(["C-1001"], any.Texts("data/CUSTOMER/CUSTOMERID"));
    }

    [Theory]
    [InlineData("<and><equalto><field>NAME</field><value>x</value></equalto></and>", "at least two")]
    [InlineData("<or/>", "at least two")]
    [InlineData("<equalto><field>NAME</field></equalto>", "exactly one value")]
    [InlineData("<between><field>RECORDNO</field><value>4</value><value>2</value></between>", "lower value first")]
    [InlineData("<in><field>NAME</field></in>", "1 to 1000")]
    [InlineData("<equalto><value>x</value></equalto>", "needs a field")]
    [InlineData("<sounds><field>NAME</field><value>x</value></sounds>", "sounds")]
    [InlineData("<isnull><field>NAME</field></isnull><isnull><field>NAME</field></isnull>", "exactly one top node")]
    public async Task A_filter_that_is_not_well_made_is_refused(string filter, string why)
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await QueryAsync(bench, filter);

        Assert.Equal("failure", result.Status());
        Assert.Contains(why, result.Errors()[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_with_a_value_that_is_not_there_holds_for_nothing()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.OneAsync("<update><CUSTOMER><CUSTOMERID>C-1001</CUSTOMERID><TERMNAME/></CUSTOMER></update>");

        var notIn = await QueryAsync(bench, "<notin><field>TERMNAME</field><value>Net 30</value></notin>");
        var notEqual = await QueryAsync(bench, "<notequalto><field>TERMNAME</field><value>Net 30</value></notequalto>");
        var notLike = await QueryAsync(bench, "<notlike><field>TERMNAME</field><value>Net 3%</value></notlike>");

        foreach (var result in new[] { notIn, notEqual, notLike })
            Assert.Equal(
                ["C-1003", "C-1005", "C-1006"],
                result.Texts("data/CUSTOMER/CUSTOMERID").Order(StringComparer.Ordinal)
            );
    }

    [Fact]
    public async Task In_takes_a_thousand_values_and_no_more()
    {
        await using var bench = await GatewayBench.StartAsync();

        var thousand = await QueryAsync(bench, In(1000));
        var more = await QueryAsync(bench, In(1001));

        Assert.Equal("success", thousand.Status());
        Assert.Equal("failure", more.Status());
    }

    [Theory]
    [InlineData("<field>NOSUCH</field>", "", "customer.NOSUCH")]
    [InlineData("<field>*</field>", "", "customer.*")]
    [InlineData("<field>DISPLAYCONTACT.NOSUCH</field>", "", "customer.DISPLAYCONTACT.NOSUCH")]
    [InlineData("<field>NAME</field>", "<isnull><field>NOSUCH</field></isnull>", "customer.NOSUCH")]
    public async Task A_field_that_does_not_exist_is_named(string select, string filter, string named)
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await QueryAsync(bench, filter, select);

        Assert.Equal([("XL03000010", $"Field requested is not valid: {named}")], result.Errors());
    }

    [Fact]
    public async Task An_object_that_does_not_exist_is_named()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync("<query><object>NOSUCH</object><select><field>NAME</field></select></query>");

        Assert.Equal("There was an error processing the function", result.Text("errormessage/error/description"));
        Assert.Equal([("XL03000009", "Object definition NOSUCH not found")], result.Errors());
    }

    [Theory]
    [InlineData("<pagesize>0</pagesize>")]
    [InlineData("<pagesize>2001</pagesize>")]
    [InlineData("<offset>-1</offset>")]
    public async Task A_page_is_of_1_to_2000_records(string page)
    {
        await using var bench = await GatewayBench.StartAsync();

        Assert.Equal("failure", (await QueryAsync(bench, "", more: page)).Status());
    }

    [Fact]
    public async Task Without_orderby_the_order_is_another_each_time_and_the_same_for_the_same_seed()
    {
        await using var bench = await GatewayBench.StartAsync();
        Fill(bench.Simulator, 40);
        await using var twin = await GatewayBench.StartAsync();
        Fill(twin.Simulator, 40);

        var first = (await QueryAsync(bench, "")).Texts("data/CUSTOMER/CUSTOMERID");
        var second = (await QueryAsync(bench, "")).Texts("data/CUSTOMER/CUSTOMERID");
        var ofTwin = (await QueryAsync(twin, "")).Texts("data/CUSTOMER/CUSTOMERID");

        Assert.NotEqual(first, second);
        Assert.Equal(first.Order(StringComparer.Ordinal), second.Order(StringComparer.Ordinal));
        Assert.Equal(first, ofTwin);
    }

    [Fact]
    public async Task Orders_apply_one_after_the_other()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await QueryAsync(
            bench,
            "",
            more: "<orderby><order><field>TERMNAME</field><descending/></order><order><field>RECORDNO</field>"
                + "<ascending/></order></orderby>"
        );

        Assert.Equal(
            ["C-1001", "C-1002", "C-1004", "C-1003", "C-1006", "C-1005"],
            result.Texts("data/CUSTOMER/CUSTOMERID")
        );
    }

    [Fact]
    public async Task Offset_is_taken_of_the_live_records_so_that_rows_shift_between_pages()
    {
        await using var bench = await GatewayBench.StartAsync();
        const string Order =
            "<orderby><order><field>CUSTOMERID</field><ascending/></order></orderby><pagesize>2</pagesize>";

        var first = await QueryAsync(bench, "", more: Order + "<offset>0</offset>");
        bench.Simulator.Company.Remove("CUSTOMER", "C-1001");
        var second = await QueryAsync(bench, "", more: Order + "<offset>2</offset>");

        Assert.Equal(["C-1001", "C-1002"], first.Texts("data/CUSTOMER/CUSTOMERID"));
        Assert.Equal(["C-1004", "C-1005"], second.Texts("data/CUSTOMER/CUSTOMERID"));
        Assert.Equal(
            "listtype=CUSTOMER totalcount=5 offset=2 count=2 numremaining=1",
            second.Element("data")!.AttributeText()
        );
    }

    [Fact]
    public async Task A_count_is_one_record_named_after_the_field()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await QueryAsync(
            bench,
            "<equalto><field>TERMNAME</field><value>Net 30</value></equalto>",
            "<count>RECORDNO</count>"
        );

        Assert.Equal("3", result.Text("data/CUSTOMER/COUNT.RECORDNO"));
    }

    [Fact]
    public async Task Each_page_counts_as_a_transaction()
    {
        await using var bench = await GatewayBench.StartAsync();

        await QueryAsync(bench, "", more: "<pagesize>2</pagesize>");
        await QueryAsync(bench, "", more: "<pagesize>2</pagesize><offset>2</offset>");

        Assert.Equal(2, bench.Simulator.Counters.Queries);
        Assert.Equal(2, bench.Simulator.Counters.Transactions);
    }

    internal static void Fill(IntacctSimulator simulator, int count)
    {
        for (var number = 1; number <= count; number++)
            simulator.Company.Add(
                "CUSTOMER",
                new Dictionary<string, string>
                {
                    ["CUSTOMERID"] = number.ToString("'F'0000", CultureInfo.InvariantCulture),
                    ["NAME"] = number.ToString("'Filler '0000", CultureInfo.InvariantCulture),
                    ["DISPLAYCONTACT.PRINTAS"] = "Filler",
                }
            );
    }

    private static string In(int count) => $"<in><field>NAME</field>{Values(count)}</in>";

    private static string Values(int count) =>
        string.Concat(
            Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"<value>{i}</value>"))
        );

    private static Task<XElement> QueryAsync(
        GatewayBench bench,
        string filter,
        string select = "<field>CUSTOMERID</field>",
        string more = ""
    ) =>
        bench.OneAsync(
            $"<query><object>CUSTOMER</object>"
                + $"<select>{select}</select>{(filter.Length > 0 ? $"<filter>{filter}</filter>" : "")}{more}</query>"
        );
}
