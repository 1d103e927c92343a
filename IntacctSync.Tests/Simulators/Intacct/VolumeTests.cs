using System.Globalization;
using IntacctSync.Simulators.Intacct;

namespace IntacctSync.Tests.Simulators.Intacct;

public class VolumeTests
{
    [Fact]
    public async Task Ten_thousand_customers_are_created_by_the_hundred_and_read_back_in_pages_by_key()
    {
        await using var bench = await GatewayBench.StartAsync(new IntacctSimulatorOptions { SampleData = false });
        foreach (var hundred in Enumerable.Range(1, 10_000).Chunk(100))
        {
            var results = await bench.RunAsync(
                hundred.Select(n => $"<create>{GatewayBench.Customer(Id(n), Id(n))}</create>")
            );
            Assert.All(results, r => Assert.Equal("success", r.Status()));
        }

        var read = new List<string>();
        var last = "0";
        while (last.Length > 0)
        {
            var page = await bench.OneAsync(
                "<query><object>CUSTOMER</object><select><field>RECORDNO</field><field>CUSTOMERID</field></select>"
                    + $"<filter><greaterthan><field>RECORDNO</field><value>{last}</value></greaterthan></filter>"
                    + "<orderby><order><field>RECORDNO</field><ascending/></order></orderby>"
                    + "<pagesize>2000</pagesize></query>"
            );
            read.AddRange(page.Texts("data/CUSTOMER/CUSTOMERID"));
            last = page.Texts("data/CUSTOMER/RECORDNO").LastOrDefault("");
        }

        Assert.Equal(Enumerable.Range(1, 10_000).Select(Id), read);
        Assert.Equal(10_000, bench.Simulator.Counters.Creates);
        Assert.Equal(6, bench.Simulator.Counters.Queries);
        Assert.Equal(106, bench.Simulator.Counters.Requests);
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"V{number:00000}");
}
