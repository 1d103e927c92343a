using System.Xml.XPath;
using IntacctSync.Simulators.Intacct;

namespace IntacctSync.Tests.Simulators.Intacct;

public class TransactionTests
{
    private const string RolledBack = "The entire transaction in this operation has been rolled back due to an error.";

    [Fact]
    public async Task Functions_stand_alone_without_a_transaction()
    {
        await using var bench = await GatewayBench.StartAsync();

        var results = await bench.RunAsync(
            "<read><object>CUSTOMER</object><keys>1</keys><fields>x</fields></read>",
            $"<create>{GatewayBench.Customer("C1")}</create>",
            "<read><object>CUSTOMER</object><keys>1</keys><fields>NAME,y</fields></read>"
        );

        Assert.Equal(["failure", "success", "failure"], results.Select(r => r.Status()));
        Assert.Equal([("Invalid fields list x", "")], results[0].Errors());
        Assert.Equal([("Invalid fields list y", "")], results[2].Errors());
        Assert.NotNull(bench.Simulator.Company.Record("CUSTOMER", "C1"));
    }

    [Fact]
    public async Task A_create_of_several_objects_fails_and_yet_keeps_those_that_could_be_made()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync(
            $"<create>"
                + $"{GatewayBench.Customer("C-1001", "Again")}"
                + $"{GatewayBench.Customer("C2", "New")}</create>"
        );

        Assert.Equal("failure", result.Status());
        Assert.Equal("status function controlid data errormessage", result.Children());
        Assert.Equal("listtype=objects count=1", result.Element("data")!.AttributeText());
        Assert.Equal(["C2"], result.Texts("data/customer/CUSTOMERID"));
        Assert.Equal("BL34000061", result.Errors()[0].Number);
        Assert.NotNull(bench.Simulator.Company.Record("CUSTOMER", "C2"));
        Assert.Equal(1, bench.Simulator.Counters.Creates);
        Assert.Equal(1, bench.Simulator.Counters.Refused);
    }

    [Fact]
    public async Task A_create_of_several_objects_may_stop_at_the_first_refused_one()
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { ContinueAfterRefusedObject = false }
        );

        var result = await bench.OneAsync(
            $"<create>{GatewayBench.Customer("C1", "One")}"
                + $"{GatewayBench.Customer("C-1001", "Again")}{GatewayBench.Customer("C2", "New")}</create>"
        );

        Assert.Equal(["C1"], result.Texts("data/customer/CUSTOMERID"));
        Assert.Null(bench.Simulator.Company.Record("CUSTOMER", "C2"));
    }

    [Fact]
    public async Task In_a_transaction_a_failure_undoes_all_and_what_came_before_it_is_aborted()
    {
        await using var bench = await GatewayBench.StartAsync();
        var content =
            bench.Function($"<create>{GatewayBench.Customer("C1")}</create>")
            + bench.Function(
                "<update><CUSTOMER><CUSTOMERID>C-1001</CUSTOMERID><NAME>Changed</NAME></CUSTOMER></update>"
            )
            + bench.Function("<update><CUSTOMER><CUSTOMERID>none</CUSTOMERID><NAME>x</NAME></CUSTOMER></update>")
            + bench.Function($"<create>{GatewayBench.Customer("C2", "Two")}</create>");

        var answer = await bench.SendAsync(GatewayBench.Request(content, transaction: "true"));

        var results = answer.XPathSelectElements("operation/result").ToList();
        Assert.Equal(["aborted", "aborted", "failure"], results.Select(r => r.Status()));
        Assert.Equal([("XL03000009", RolledBack)], results[0].Errors());
        Assert.Null(results[0].Element("data"));
        Assert.Equal(
            [("BL01001973", "Cannot find customer with key 'none' to update."), ("XL03000009", RolledBack)],
            results[2].Errors()
        );
        Assert.Null(bench.Simulator.Company.Record("CUSTOMER", "C1"));
        Assert.Null(bench.Simulator.Company.Record("CONTACT", "Acme(CC1)"));
        Assert.Equal("Harbor Dental Group", bench.Simulator.Company.Record("CUSTOMER", "C-1001")!["NAME"]);
        Assert.Equal(0, bench.Simulator.Counters.Creates + bench.Simulator.Counters.Updates);
    }

    [Fact]
    public async Task The_only_function_of_a_transaction_is_aborted_when_it_fails()
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.SendAsync(
            GatewayBench.Request(
                bench.Function($"<create>{GatewayBench.Customer("C-1001")}</create>"),
                transaction: "true"
            )
        );

        var result = Assert.Single(answer.XPathSelectElements("operation/result"));
        Assert.Equal("aborted", result.Status());
        Assert.Equal("BL34000061", result.Errors()[0].Number);
        Assert.Equal(("XL03000009", RolledBack), result.Errors()[^1]);
    }

    [Fact]
    public async Task A_transaction_without_failure_is_kept()
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.SendAsync(
            GatewayBench.Request(
                bench.Function($"<create>{GatewayBench.Customer("C1")}</create>")
                    + bench.Function($"<create>{GatewayBench.Customer("C2", "Two")}</create>"),
                transaction: "true"
            )
        );

        Assert.Equal(["success", "success"], answer.Texts("operation/result/status"));
        Assert.NotNull(bench.Simulator.Company.Record("CUSTOMER", "C2"));
    }
}
