using System.Globalization;
using System.Net;
using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;
using IntacctSync.Simulators;

namespace IntacctSync.Tests.Simulators.Intacct;

public class FaultTests
{
    [Theory]
    [InlineData("http429", 429, "GW-0010")]
    [InlineData("gw0011", 400, "GW-0011")]
    [InlineData("jpp0002", 401, "XMLGW_JPP0002")]
    public async Task A_gateway_tier_answers_a_bare_control_block(string fault, int status, string number)
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Fault = fault });

        using var response = await CreateAsync(bench);

        Assert.Equal(status, (int)response.StatusCode);
        var answer = XElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("control errormessage", answer.Children());
        Assert.Equal("status", answer.Children("control"));
        Assert.Equal("errorno description", answer.Children("errormessage/error"));
        Assert.Equal(number, answer.Errors()[0].Number);
        await AssertCreatedAsync(bench, false);
    }

    [Theory]
    [InlineData("http502", 502, "<html>", false)]
    [InlineData("http503", 503, "<html>", false)]
    [InlineData("cloudflare", 520, "cf-error-details", false)]
    [InlineData("http524", 524, "cf-error-details", true)]
    [InlineData("http502After", 502, "<html>", true)]
    public async Task A_page_comes_in_place_of_xml_before_or_after_the_work(
        string fault,
        int status,
        string page,
        bool done
    )
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Fault = fault });

        using var response = await CreateAsync(bench);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(page, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AssertCreatedAsync(bench, done);
    }

    [Theory]
    [InlineData("resetBefore", false)]
    [InlineData("resetAfter", true)]
    public async Task A_connection_is_cut_before_or_after_the_work(string fault, bool done)
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Fault = fault });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => CreateAsync(bench));

        await AssertCreatedAsync(bench, done);
        Assert.Contains(bench.Simulator.Journal.Entries, e => e.Status == 0);
    }

    [Fact]
    public async Task An_answer_is_cut_short_after_the_work()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Fault = "truncated" });

        using var response = await CreateAsync(bench);

        var body = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("<?xml", body, StringComparison.Ordinal);
        Assert.Throws<XmlException>(() => XElement.Parse(body));
        await AssertCreatedAsync(bench, true);
    }

    [Fact]
    public async Task A_function_is_aborted_or_refused_and_not_carried_out()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Fault = "aborted" });
        bench.Simulator.Faults.Add(new FaultRule { Fault = "dl02000001" });
        bench.Simulator.Faults.Add(
            new FaultRule { Fault = "functionError" }
                .With("errorno", "X1")
                .With("correction", "Please Try Again Later")
        );

        var results = await bench.RunAsync([
            .. Enumerable.Repeat($"<create>{GatewayBench.Customer("C1")}</create>", 3),
        ]);

        Assert.Equal(["aborted", "failure", "failure"], results.Select(r => r.Status()));
        Assert.Equal("XL03000009", results[0].Errors()[^1].Number);
        Assert.Equal([("DL02000001", "There was an error processing the request.")], results[1].Errors());
        Assert.Equal("Please Try Again Later", results[2].Text("errormessage/error/correction"));
        await AssertCreatedAsync(bench, false);
    }

    [Fact]
    public async Task A_result_without_a_status_hides_that_the_work_was_done()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Fault = "resultWithoutStatus" });

        var result = await bench.OneAsync($"<create>{GatewayBench.Customer("C1")}</create>");

        Assert.Equal("function controlid", result.Children());
        await AssertCreatedAsync(bench, true);
    }

    [Fact]
    public async Task Support_ids_can_come_once()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Fault = "supportIds" });
        var create = $"<create>{GatewayBench.Customer("C-1001")}</create>";

        var results = await bench.RunAsync(create, create);

        Assert.Contains("[Support ID: ", results[0].Errors()[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[Support ID: ", results[1].Errors()[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_between_two_requests_of_a_batch()
    {
        await using var bench = await GatewayBench.StartAsync();
        var session = GatewayBench.Session(await bench.SignInAsync());
        bench.Simulator.Faults.Add(new FaultRule { Fault = "sessionEnds", Skip = 1 });

        var texts = new List<string>();
        for (var request = 0; request < 3; request++)
            texts.Add(
                (await bench.SendAsync(GatewayBench.Request(bench.Function("<getFinancialSetup/>"), session))).Text(
                    "operation/authentication/status"
                )!
            );

        Assert.Equal(["success", "success", "failure"], texts);
    }

    [Fact]
    public async Task A_slow_answer_takes_its_time_and_the_work_is_done_though_the_caller_hung_up()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Fault = "slow" }.With("seconds", 900));
        using var hangUp = new CancellationTokenSource();
        var content = new StringContent(
            GatewayBench.Request(bench.Function($"<create>{GatewayBench.Customer("C1")}</create>")),
            null,
            "application/xml"
        );

        var call = bench.Http.PostAsync(bench.Endpoint, content, hangUp.Token);
        await bench.Clock.WaitersAsync(1);
        Assert.Null(bench.Simulator.Company.Record("CUSTOMER", "C1"));
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        bench.Clock.Advance(TimeSpan.FromSeconds(900));
        await bench.Simulator.Journal.ReachesAsync(1, CancellationToken.None);

        await AssertCreatedAsync(bench, true);
    }

    [Fact]
    public async Task A_late_answer_comes_after_work_that_was_done_at_once()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(new FaultRule { Fault = "slowAfter" }.With("seconds", 60));

        var call = CreateAsync(bench);
        await bench.Clock.WaitersAsync(1);
        Assert.NotNull(bench.Simulator.Company.Record("CUSTOMER", "C1"));
        bench.Clock.Advance(TimeSpan.FromSeconds(60));

        using var response = await call;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_fault_falls_only_on_what_it_matches()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(
            new FaultRule
            {
                Fault = "http503",
                Match = new Dictionary<string, string> { ["function"] = "create", ["object"] = "customer" },
            }.With("retryAfter", 7)
        );

        using var setup = await bench.PostAsync(GatewayBench.Request(bench.Function("<getFinancialSetup/>")));
        using var create = await CreateAsync(bench);
        using var again = await CreateAsync(bench);

        Assert.Equal(HttpStatusCode.OK, setup.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, create.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), create.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_function_of_a_batch_can_be_picked_by_its_control_id()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Faults.Add(
            new FaultRule
            {
                Fault = "dl02000001",
                Match = new Dictionary<string, string> { ["controlid"] = "b" },
            }
        );
        var content = string.Concat(new[] { "a", "b", "c" }.Select(id => bench.Function("<getFinancialSetup/>", id)));

        var answer = await bench.SendAsync(GatewayBench.Request(content));

        Assert.Equal(["success", "failure", "success"], answer.Texts("operation/result/status"));
    }

    [Fact]
    public async Task Every_fault_has_an_effect_on_a_create()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.SignInAsync();
        var usual = await OutcomeAsync(bench, "usual");
        // These wait, or tell on a later request, at a sign-in, or on a session, and have tests of their own.
        var others = new[] { "slow", "slowAfter", "sessionEnds", "sessionExpired", "supportIds", "otherCompany" };
        foreach (var fault in bench.Simulator.Faults.Known.Except(others))
        {
            bench.Simulator.Faults.Add(new FaultRule { Fault = fault });
            Assert.NotEqual(usual, await OutcomeAsync(bench, fault));
            Assert.Empty(bench.Simulator.Faults.Rules);
        }
    }

    private static async Task<string> OutcomeAsync(GatewayBench bench, string id)
    {
        try
        {
            using var response = await bench.PostAsync(
                GatewayBench.Request(bench.Function($"<create>{GatewayBench.Customer($"E-{id}", id)}</create>"))
            );
            var body = await response.Content.ReadAsStringAsync();
            var status = body.EndsWith("</response>", StringComparison.Ordinal)
                ? XElement.Parse(body).XPathSelectElement("operation/result/status")?.Value
                : "cut";
            return string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {status}");
        }
        catch (HttpRequestException)
        {
            return "reset";
        }
    }

    private static Task<HttpResponseMessage> CreateAsync(GatewayBench bench) =>
        bench.PostAsync(GatewayBench.Request(bench.Function($"<create>{GatewayBench.Customer("C1")}</create>")));

    private static async Task AssertCreatedAsync(GatewayBench bench, bool expected)
    {
        var result = await bench.OneAsync("<readByName><object>CUSTOMER</object><keys>C1</keys></readByName>");
        Assert.Equal(expected ? "1" : "0", result.Element("data")!.Attribute("count")!.Value);
    }
}
