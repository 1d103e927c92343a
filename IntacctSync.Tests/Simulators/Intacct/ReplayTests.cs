using System.Xml.Linq;
using System.Xml.XPath;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;

namespace IntacctSync.Tests.Simulators.Intacct;

public class ReplayTests
{
    private const string Unique = "<uniqueid>true</uniqueid>";

    [Theory]
    [InlineData(Unique)]
    [InlineData("")]
    public async Task A_control_id_that_was_executed_is_refused_also_where_the_request_does_not_say(string uniqueId)
    {
        await using var bench = await GatewayBench.StartAsync();

        var first = await CreateAsync(bench, "C1", "once", uniqueId);
        var again = await CreateAsync(bench, "C2", "once", uniqueId);

        Assert.Equal("success", first.Status());
        Assert.Equal("function controlid", again.Children());
        Assert.Null(bench.Simulator.Company.Record("CUSTOMER", "C2"));
        Assert.Equal(1, bench.Simulator.Counters.Replays);
    }

    [Fact]
    public async Task Without_uniqueid_a_control_id_may_come_again()
    {
        await using var bench = await GatewayBench.StartAsync();

        await CreateAsync(bench, "C1", "same", "<uniqueid>false</uniqueid>");
        var again = await CreateAsync(bench, "C2", "same", "<uniqueid>false</uniqueid>");

        Assert.Equal("success", again.Status());
    }

    [Fact]
    public async Task A_replay_within_one_request_is_refused_too()
    {
        await using var bench = await GatewayBench.StartAsync();
        var function = bench.Function($"<create>{GatewayBench.Customer("C1")}</create>", "once");

        var answer = await bench.SendAsync(GatewayBench.Request(function + function, uniqueId: Unique));

        Assert.Equal(["success"], answer.Texts("operation/result/status"));
        Assert.Equal(2, answer.XPathSelectElements("operation/result").Count());
    }

    [Fact]
    public async Task A_replay_may_be_answered_as_an_error()
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { ReplayAnswer = ReplayAnswer.Error }
        );

        await CreateAsync(bench, "C1", "once");
        var again = await CreateAsync(bench, "C1", "once");

        Assert.Equal("failure", again.Status());
        Assert.Equal(
            [("BL01001973", "The function with control ID 'once' was already executed and completed.")],
            again.Errors()
        );
    }

    [Fact]
    public async Task A_function_that_failed_may_come_again_under_its_id()
    {
        await using var bench = await GatewayBench.StartAsync();

        var failed = await CreateAsync(bench, "C-1001", "retried");
        var again = await CreateAsync(bench, "C1", "retried");

        Assert.Equal("failure", failed.Status());
        Assert.Equal("success", again.Status());
    }

    [Fact]
    public async Task A_function_that_failed_may_burn_its_id()
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { FailedFunctionsBurnIds = true }
        );

        await CreateAsync(bench, "C-1001", "burnt");
        var again = await CreateAsync(bench, "C1", "burnt");

        Assert.Null(again.Status());
    }

    [Fact]
    public async Task A_transaction_that_was_rolled_back_burns_no_id()
    {
        await using var bench = await GatewayBench.StartAsync();
        var good = bench.Function($"<create>{GatewayBench.Customer("C1")}</create>", "good");
        var bad = bench.Function($"<create>{GatewayBench.Customer("C-1001")}</create>", "bad");

        await bench.SendAsync(GatewayBench.Request(good + bad, uniqueId: Unique, transaction: "true"));
        var alone = await bench.SendAsync(GatewayBench.Request(good, uniqueId: Unique));

        Assert.Equal(["success"], alone.Texts("operation/result/status"));
    }

    private static async Task<XElement> CreateAsync(
        GatewayBench bench,
        string id,
        string controlId,
        string uniqueId = Unique
    )
    {
        var function = bench.Function($"<create>{GatewayBench.Customer(id, $"Name {id}")}</create>", controlId);
        return (await bench.SendAsync(GatewayBench.Request(function, uniqueId: uniqueId))).XPathSelectElement(
            "operation/result"
        )!;
    }
}
