using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Intacct;
using static IntacctSync.Tests.Simulators.Intacct.Receivable;

namespace IntacctSync.Tests.Simulators.Intacct;

public class SampleBooksTests
{
    [Fact]
    public async Task The_sample_books_hold_items_accounts_and_dimensions()
    {
        await using var bench = await GatewayBench.StartAsync();
        var company = bench.Simulator.Company;

        Assert.Equal(2, company.Records("ITEM").Count(i => i["NAME"] == "Air Filter"));
        Assert.Equal("inactive", company.Record("ITEM", "OLD-PUMP")!["STATUS"]);
        Assert.Equal(["100", "200"], company.Records("LOCATION").Select(l => l["LOCATIONID"]));
        Assert.NotNull(company.Record("GLACCOUNT", "4000"));
        var read = await bench.OneAsync(
            "<readByName><object>ITEM</object><keys>LABOR</keys>"
                + "<fields>BASEPRICE,UOM.SOUOMDETAIL.UNIT,WHENMODIFIED</fields></readByName>"
        );
        Assert.Equal(
            ("85", "Hour"),
            (
                read.Text("data/ITEM/BASEPRICE"),
                read.Element("data")!.Element("ITEM")!.Element("UOM.SOUOMDETAIL.UNIT")!.Value
            )
        );
    }

    [Fact]
    public async Task The_sample_books_are_closed_a_year_back()
    {
        await using var bench = await GatewayBench.StartAsync();
        var closed = IntacctSamples.ClosedThrough(DateOnly.FromDateTime(bench.Clock.GetUtcNow().UtcDateTime));
        var dates = new[] { closed, closed.AddDays(1) }
            .Select(d => d.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();

        Assert.Contains(
            "closed",
            (await bench.RefusalAsync(Invoice("I-1", Line(1), date: dates[0]))).Text,
            StringComparison.Ordinal
        );
        await bench.KeyAsync(Invoice("I-1", Line(1), date: dates[1]));
    }

    [Fact]
    public async Task Items_are_created_changed_and_deleted_by_the_generic_functions()
    {
        await using var bench = await GatewayBench.StartAsync();

        var created = await bench.OneAsync(
            "<create><ITEM><ITEMID>NEW</ITEMID><NAME>New</NAME><ITEMTYPE>Non-Inventory</ITEMTYPE></ITEM></create>"
        );
        Assert.Equal("RECORDNO ITEMID", created.Children("data/item"));
        Assert.Equal(
            "BL34000061",
            (
                await bench.RefusalAsync(
                    "<create><ITEM><ITEMID>NEW</ITEMID><NAME>New</NAME><ITEMTYPE>Non-Inventory</ITEMTYPE>"
                        + "</ITEM></create>"
                )
            ).Number
        );
        await bench.OneAsync("<update><ITEM><ITEMID>NEW</ITEMID><BASEPRICE>9.5</BASEPRICE></ITEM></update>");
        Assert.Equal("9.5", bench.Simulator.Company.Record("ITEM", "NEW")!["BASEPRICE"]);
        bench.Simulator.Company.Remove("ITEM", "NEW");
        Assert.Single(
            (await bench.FindAsync("AUDITHISTORY", "OBJECTTYPE", "item", "OBJECTKEY")).Texts(
                "data/AUDITHISTORY/OBJECTKEY"
            )
        );
    }

    [Fact]
    public async Task A_record_can_lose_its_instant_of_change()
    {
        await using var bench = await GatewayBench.StartAsync();

        bench.Simulator.Screens.ForgetWhenModified("ITEM", "LABOR");

        var found = await bench.OneAsync(
            "<query><object>ITEM</object><select><field>ITEMID</field></select><filter><isnull>"
                + "<field>WHENMODIFIED</field></isnull></filter></query>"
        );
        Assert.Equal(["LABOR"], found.Texts("data/ITEM/ITEMID"));
    }

    [Fact]
    public async Task A_person_pays_and_reverses_over_http()
    {
        await using var bench = await GatewayBench.StartAsync();
        var key = await bench.KeyAsync(Invoice("I-1", Line(10)));

        using var paid = await bench.Http.PostAsJsonAsync(
            new Uri("/_sim/payments", UriKind.Relative),
            new { customerId = "C-1001", invoices = new[] { new { number = "I-1", amount = 10 } } }
        );
        var payment = (int)JsonNode.Parse(await paid.Content.ReadAsStringAsync())!["recordNo"]!;
        Assert.Equal("Paid", bench.Standing(key).State);
        using var reversed = await bench.Http.PostAsync(
            new Uri($"/_sim/payments/{payment}/reverse", UriKind.Relative),
            null
        );
        Assert.Equal("Posted", bench.Standing(key).State);
        using var again = await bench.Http.PostAsync(
            new Uri($"/_sim/payments/{payment}/reverse", UriKind.Relative),
            null
        );
        using var books = await bench.Http.PutAsJsonAsync(
            new Uri("/_sim/books", UriKind.Relative),
            new { closedThrough = "2026-11-30" }
        );

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.NoContent),
            (reversed.StatusCode, again.StatusCode, books.StatusCode)
        );
        Assert.Contains("closed", (await bench.RefusalAsync(Invoice("I-2", Line(1)))).Text, StringComparison.Ordinal);
    }
}
