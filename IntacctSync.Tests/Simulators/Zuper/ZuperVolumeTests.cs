using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Tests.Simulators.Zuper;

public sealed class ZuperVolumeTests
{
    [Fact]
    public async Task Ten_thousand_invoices_of_five_lines_are_listed_each_once_while_one_of_each_page_is_written_to()
    {
        await using var zuper = await ServedZuper.StartAsync();
        zuper.Simulator.WebhooksEnabled = false;
        for (var i = 0; i < 10_000; i++)
            zuper.Screens.Create(ZuperModules.Invoice, Invoice());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 1; ; page++)
        {
            var rows = (await zuper.GetAsync($"/api/invoice?count=1000&sort=ASC&sort_by=created_at&page={page}")).Rows;
            if (rows.Count == 0)
                break;
            foreach (var row in rows)
                Assert.True(seen.Add(row!["invoice_uid"]!.GetValue<string>()));
            zuper.Screens.EditField(rows[0]!["invoice_uid"]!.GetValue<string>(), "Sage Invoice ID", "1");
        }
        Assert.Equal(10_000, seen.Count);
    }

    private static JsonObject Invoice() =>
        new()
        {
            ["invoice_date"] = "2026-02-03",
            ["line_items"] = new JsonArray([
                .. Enumerable
                    .Range(1, 5)
                    .Select(l =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["name"] = "Line",
                                ["quantity"] = l,
                                ["unit_price"] = 10,
                            }
                    ),
            ]),
        };
}
