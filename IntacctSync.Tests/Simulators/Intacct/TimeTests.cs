using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;

namespace IntacctSync.Tests.Simulators.Intacct;

public class TimeTests
{
    [Fact]
    public async Task Times_are_of_one_second_in_the_offset_of_the_user_for_answers_and_filters_alike()
    {
        var company = SimulatedCompany.Sandbox with
        {
            Users = [new SimulatedUser("sandbox-user", "sandbox-user-password") { GmtOffset = TimeSpan.FromHours(-7) }],
        };
        await using var bench = await GatewayBench.StartAsync(new IntacctSimulatorOptions { Companies = [company] });

        var result = await bench.OneAsync(
            Query(
                "<and><equalto><field>WHENMODIFIED</field><value>03/02/2026 08:04:05</value></equalto><equalto>"
                    + "<field>RECORDNO</field><value>1</value></equalto></and>"
            )
        );
        var formatting = await bench.OneAsync("<readUserFormatting><userId>sandbox-user</userId></readUserFormatting>");

        Assert.Equal(["C-1001", "03/02/2026 08:04:05"], result.Texts("data/CUSTOMER/*"));
        Assert.Equal("recordno locale dateformat gmtoffset clock", formatting.Children("data/userformatting"));
        Assert.Equal(["1", "en_US", "/mdY", "-07:00", "24"], formatting.Texts("data/userformatting/*"));
    }

    [Fact]
    public async Task A_filter_takes_a_date_alone_as_its_midnight_and_no_iso_time()
    {
        await using var bench = await GatewayBench.StartAsync();

        var date = await bench.OneAsync(
            Query("<greaterthan><field>WHENMODIFIED</field><value>03/02/2026</value></greaterthan>")
        );
        var iso = await bench.OneAsync(
            Query("<greaterthan><field>WHENMODIFIED</field><value>2026-03-02T00:00:00Z</value></greaterthan>")
        );

        Assert.Equal(6, date.Texts("data/CUSTOMER").Length);
        Assert.Equal("DL02000001", iso.Errors()[0].Number);
    }

    [Fact]
    public async Task A_record_may_have_no_time_of_change_until_it_is_changed()
    {
        await using var bench = await GatewayBench.StartAsync(new IntacctSimulatorOptions { NullWhenModified = true });

        await bench.OneAsync(
            "<update><CUSTOMER><CUSTOMERID>C-1002</CUSTOMERID><COMMENTS>x</COMMENTS></CUSTOMER></update>"
        );
        var without = await bench.OneAsync(Query("<isnull><field>WHENMODIFIED</field></isnull>"));
        var with = await bench.OneAsync(
            Query("<greaterthan><field>WHENMODIFIED</field><value>01/01/2020</value></greaterthan>")
        );

        Assert.Equal(5, without.Texts("data/CUSTOMER").Length);
        Assert.All(without.Texts("data/CUSTOMER/WHENMODIFIED"), w => Assert.Equal("", w));
        Assert.Equal(["C-1002"], with.Texts("data/CUSTOMER/CUSTOMERID"));
    }

    [Fact]
    public async Task A_change_is_seen_late_by_query_and_at_once_by_read()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Clock.Advance(TimeSpan.FromHours(1));
        bench.Simulator.Options.VisibilityDelay = TimeSpan.FromSeconds(30);
        const string Changed = "<equalto><field>COMMENTS</field><value>x</value></equalto>";

        await bench.OneAsync(
            "<update><CUSTOMER><CUSTOMERID>C-1002</CUSTOMERID><COMMENTS>x</COMMENTS></CUSTOMER></update>"
        );
        await bench.OneAsync($"<create>{GatewayBench.Customer("C1", more: "<COMMENTS>x</COMMENTS>")}</create>");
        await bench.OneAsync("<delete><object>CUSTOMER</object><keys>6</keys></delete>");

        Assert.Empty((await bench.OneAsync(Query(Changed))).Texts("data/CUSTOMER"));
        Assert.Equal(
            6,
            (await bench.OneAsync(Query("<isnotnull><field>NAME</field></isnotnull>"))).Texts("data/CUSTOMER").Length
        );
        Assert.Equal(
            "x",
            (
                await bench.OneAsync(
                    "<readByName><object>CUSTOMER</object><keys>C-1002</keys><fields>COMMENTS</fields></readByName>"
                )
            ).Text("data/CUSTOMER/COMMENTS")
        );
        Assert.Empty(
            (await bench.OneAsync("<readByName><object>CUSTOMER</object><keys>C-1006</keys></readByName>")).Texts(
                "data/CUSTOMER"
            )
        );

        bench.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(
            ["C-1002", "C1"],
            (await bench.OneAsync(Query(Changed))).Texts("data/CUSTOMER/CUSTOMERID").Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            6,
            (await bench.OneAsync(Query("<isnotnull><field>NAME</field></isnotnull>"))).Texts("data/CUSTOMER").Length
        );
    }

    [Fact]
    public async Task A_change_made_in_the_pages_of_intacct_is_one_like_others()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(2));

        bench.Simulator.Company.Edit(
            "CUSTOMER",
            "C-1004",
            new Dictionary<string, string> { ["DISPLAYCONTACT.EMAIL1"] = "new@northgate.example" }
        );
        var result = await bench.OneAsync(
            Query("<greaterthan><field>WHENMODIFIED</field><value>03/02/2026 15:05:00</value></greaterthan>")
        );

        Assert.Equal(["C-1004", "03/02/2026 15:06:05"], result.Texts("data/CUSTOMER/*"));
        Assert.Equal(
            "new@northgate.example",
            bench.Simulator.Company.Record("CUSTOMER", "C-1004")!["DISPLAYCONTACT.EMAIL1"]
        );
        Assert.Equal(0, bench.Simulator.Counters.Updates);
    }

    [Fact]
    public async Task A_time_of_a_related_record_is_that_record_s_own()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(2));

        await bench.OneAsync(
            "<update><CONTACT><CONTACTNAME>Lakeside Clinic(CC-1006)</CONTACTNAME><PHONE1>1</PHONE1></CONTACT></update>"
        );
        var result = await bench.OneAsync(
            Query(
                "<greaterthan><field>DISPLAYCONTACT.WHENMODIFIED</field><value>03/02/2026 15:05:00</value>"
                    + "</greaterthan>"
            )
        );

        Assert.Equal(["C-1006", "03/02/2026 15:04:05"], result.Texts("data/CUSTOMER/*"));
    }

    [Fact]
    public async Task A_record_of_an_entity_is_private_to_it_unless_asked_for()
    {
        var company = SimulatedCompany.Sandbox with { Entities = ["CA"] };
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { Companies = [company], SampleData = false }
        );
        var login = GatewayBench.Login.Replace(
            "</login>",
            "<locationid>CA</locationid></login>",
            StringComparison.Ordinal
        );
        await bench.SendAsync(
            GatewayBench.Request(bench.Function($"<create>{GatewayBench.Customer("C1")}</create>"), login)
        );
        const string All = "<query><object>CUSTOMER</object><select><field>CUSTOMERID</field></select>";

        var top = await bench.OneAsync(All + "</query>");
        var asked = await bench.OneAsync(All + "<options><showprivate>true</showprivate></options></query>");

        Assert.Empty(top.Texts("data/CUSTOMER"));
        Assert.Single(asked.Texts("data/CUSTOMER"));
    }

    private static string Query(string filter) =>
        $"<query><object>CUSTOMER</object><select><field>CUSTOMERID</field><field>WHENMODIFIED</field></select>"
        + $"<filter>{filter}</filter></query>";
}
