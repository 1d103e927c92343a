using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace IntacctSync.Tests.Simulators.Intacct;

public class ControlTests
{
    [Fact]
    public async Task What_it_holds_is_readable_as_json()
    {
        await using var bench = await GatewayBench.StartAsync();

        var customers = await bench.Http.GetFromJsonAsync<JsonArray>("/_sim/state/customer");
        using var unknown = await bench.Http.GetAsync(new Uri("/_sim/state/nosuch", UriKind.Relative));

        Assert.Equal(6, customers!.Count);
        Assert.Equal("Harbor Dental Group", customers[0]!["NAME"]!.GetValue<string>());
        Assert.Equal("Austin", customers[0]!["DISPLAYCONTACT.MAILADDRESS.CITY"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task What_it_was_asked_is_readable_without_secrets()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.RunAsync(
            $"<create>{GatewayBench.Customer("C1")}</create>",
            $"<create>{GatewayBench.Customer("C2", "Two")}</create>",
            "<getFinancialSetup/>"
        );

        var requests = await bench.Http.GetStringAsync(new Uri("/_sim/requests", UriKind.Relative));

        var entry = JsonNode.Parse(requests)!.AsArray().Single()!;
        Assert.Equal("create CUSTOMER x2, getFinancialSetup", entry["summary"]!.GetValue<string>());
        Assert.Equal("POST", entry["method"]!.GetValue<string>());
        Assert.Equal(200, entry["status"]!.GetValue<int>());
        Assert.DoesNotContain("password", requests, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Counters_tell_transactions_and_what_was_passed_over()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.RunAsync(
            $"<create>{GatewayBench.Customer("C1", more: "<NOSUCH>1</NOSUCH>")}</create>",
            "<query><object>CUSTOMER</object><select><field>NAME</field></select></query>"
        );

        var counters = (await bench.Http.GetFromJsonAsync<JsonObject>("/_sim/state/_counters"))!;

        Assert.Equal(2, counters["transactions"]!.GetValue<int>());
        Assert.Equal(1, counters["counts"]!["create CUSTOMER"]!.GetValue<int>());
        Assert.Equal(1, counters["maxConcurrencySeen"]!.GetValue<int>());
        Assert.Equal("CUSTOMER.NOSUCH", counters["ignoredFields"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Faults_are_set_by_http_and_those_that_do_not_exist_are_refused()
    {
        await using var bench = await GatewayBench.StartAsync();

        using var set = await PutAsync(
            bench,
            "/_sim/faults",
            """[{"fault":"http429","match":{"object":"CUSTOMER"},"skip":1,"times":2,"retryAfter":3}]"""
        );
        using var wrong = await PutAsync(bench, "/_sim/faults", """[{"fault":"earthquake"}]""");
        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 4; request++)
            using (
                var response = await bench.PostAsync(
                    GatewayBench.Request(bench.Function("<read><object>CUSTOMER</object><keys>1</keys></read>"))
                )
            )
                statuses.Add(response.StatusCode);

        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("earthquake", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.OK],
            statuses
        );
    }

    [Fact]
    public async Task Switches_are_set_by_http_and_the_rest_stays()
    {
        await using var bench = await GatewayBench.StartAsync();

        using var response = await PutAsync(
            bench,
            "/_sim/settings",
            """{"latencyMilliseconds": 5, "maxConcurrency": 1, "failedFunctionsBurnIds": true}"""
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(TimeSpan.FromMilliseconds(5), bench.Simulator.Latency.Fixed);
        Assert.Equal(1, bench.Simulator.MaxConcurrency);
        Assert.True(bench.Simulator.Options.FailedFunctionsBurnIds);
        Assert.True(bench.Simulator.Options.Strict);
    }

    [Fact]
    public async Task A_reset_brings_back_the_beginning()
    {
        await using var bench = await GatewayBench.StartAsync();
        var session = await bench.SignInAsync();
        await bench.OneAsync($"<create>{GatewayBench.Customer("C1")}</create>");

        using var reset = await bench.Http.PostAsync(new Uri("/_sim/reset", UriKind.Relative), null);
        var answer = await bench.SendAsync(
            GatewayBench.Request(bench.Function("<getFinancialSetup/>"), GatewayBench.Session(session))
        );

        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.Equal("failure", answer.Text("operation/authentication/status"));
        Assert.Null(bench.Simulator.Company.Record("CUSTOMER", "C1"));
        Assert.Equal(0, bench.Simulator.Counters.Creates);
        Assert.Single(bench.Simulator.Journal.Entries);
    }

    private static Task<HttpResponseMessage> PutAsync(GatewayBench bench, string path, string json) =>
        bench.Http.PutAsync(
            new Uri(path, UriKind.Relative),
            new StringContent(json, Encoding.UTF8, "application/json")
        );
}
