using System.Net;
using IntacctSync.Simulators;

namespace IntacctSync.Tests.Simulators.Intacct;

public class ConcurrencyTests
{
    [Fact]
    public async Task Requests_beyond_the_limit_of_the_company_are_refused_and_the_rest_are_served()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Latency = Latency.OfMilliseconds(50);
        var body = GatewayBench.Request(bench.Function("<getFinancialSetup/>"));

        var first = bench.PostAsync(body);
        var second = bench.PostAsync(body);
        await bench.Clock.WaitersAsync(2);
        using var third = await bench.PostAsync(body);
        bench.Clock.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Contains("GW-0010", await third.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second).StatusCode);
        Assert.Equal(3, bench.Simulator.MaxConcurrencySeen);
    }

    [Fact]
    public async Task Requests_one_after_the_other_are_one_at_a_time_over_whatever_connections()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.MaxConcurrency = 1;
        bench.Http.DefaultRequestHeaders.ConnectionClose = true;

        for (var request = 0; request < 25; request++)
            using (var response = await bench.PostAsync(GatewayBench.Request(bench.Function("<getFinancialSetup/>"))))
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        Assert.Equal(1, bench.Simulator.MaxConcurrencySeen);
    }

    [Fact]
    public async Task The_limit_can_be_one()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.MaxConcurrency = 1;
        bench.Simulator.Latency = Latency.OfMilliseconds(50);
        var body = GatewayBench.Request(bench.Function("<getFinancialSetup/>"));

        var first = bench.PostAsync(body);
        await bench.Clock.WaitersAsync(1);
        using var second = await bench.PostAsync(body);
        bench.Clock.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }
}
