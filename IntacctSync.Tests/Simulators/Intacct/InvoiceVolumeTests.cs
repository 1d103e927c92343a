using System.Globalization;
using static IntacctSync.Tests.Simulators.Intacct.Receivable;

namespace IntacctSync.Tests.Simulators.Intacct;

public class InvoiceVolumeTests
{
    [Fact]
    public async Task Ten_thousand_invoices_of_five_lines_are_made_by_the_hundred_and_each_is_found_by_its_number()
    {
        await using var bench = await GatewayBench.StartAsync();
        var lines = string.Concat(Enumerable.Range(1, 5).Select(n => Line(n)));
        foreach (var hundred in Enumerable.Range(1, 10_000).Chunk(100))
            Assert.All(
                await bench.RunAsync(hundred.Select(n => Invoice(Id(n), lines))),
                r => Assert.Equal("success", r.Status())
            );

        foreach (var hundred in Enumerable.Range(1, 1_000).Chunk(100))
        {
            var found = await bench.RunAsync(
                hundred.Select(n =>
                    "<query><object>ARINVOICE</object><select><field>RECORDID</field><field>TOTALDUE</field></select>"
                    + $"<filter><equalto><field>RECORDID</field><value>{Id(n)}</value></equalto></filter></query>"
                )
            );
            Assert.Equal(hundred.Select(Id), found.Select(f => f.Text("data/ARINVOICE/RECORDID")));
        }

        Assert.Equal(10_000, bench.Simulator.Counters["create ARINVOICE"]);
        Assert.Equal(50_000, bench.Simulator.Company.Records("ARINVOICEITEM").Count);
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"V{number:00000}");
}
