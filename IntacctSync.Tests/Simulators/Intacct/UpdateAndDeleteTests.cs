namespace IntacctSync.Tests.Simulators.Intacct;

public class UpdateAndDeleteTests
{
    [Fact]
    public async Task An_update_changes_what_it_names_and_blanks_what_it_names_empty()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync(
            "<update><CUSTOMER><CUSTOMERID>C-1005</CUSTOMERID><TERMNAME/><COMMENTS>late</COMMENTS>"
                + "<DISPLAYCONTACT><MAILADDRESS><CITY>Stowe</CITY></MAILADDRESS></DISPLAYCONTACT></CUSTOMER></update>"
        );

        Assert.Equal("RECORDNO CUSTOMERID", result.Children("data/customer"));
        var customer = bench.Simulator.Company.Record("CUSTOMER", "C-1005")!;
        Assert.Equal("", customer["TERMNAME"]);
        Assert.Equal("late", customer["COMMENTS"]);
        Assert.Equal("Pine Street Bakery", customer["NAME"]);
        Assert.Equal("Stowe", customer["DISPLAYCONTACT.MAILADDRESS.CITY"]);
        Assert.Equal("VT", customer["DISPLAYCONTACT.MAILADDRESS.STATE"]);
    }

    [Fact]
    public async Task An_update_finds_its_record_by_number_too()
    {
        await using var bench = await GatewayBench.StartAsync();
        var number = bench.Simulator.Company.Record("CUSTOMER", "C-1002")!["RECORDNO"];

        var result = await bench.OneAsync(
            $"<update><CUSTOMER><RECORDNO>{number}</RECORDNO><NAME>Renamed</NAME></CUSTOMER></update>"
        );

        Assert.Equal("C-1002", result.Text("data/customer/CUSTOMERID"));
        Assert.Equal("Renamed", bench.Simulator.Company.Record("CUSTOMER", "C-1002")!["NAME"]);
    }

    [Theory]
    [InlineData("<CUSTOMERID>C-9</CUSTOMERID>", "C-9")]
    [InlineData("<RECORDNO>999</RECORDNO>", "999")]
    public async Task An_update_of_a_record_that_is_not_there_says_so(string key, string named)
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync($"<update><CUSTOMER>{key}<NAME>x</NAME></CUSTOMER></update>");

        Assert.Equal("failure", result.Status());
        Assert.Equal([("BL01001973", $"Cannot find customer with key '{named}' to update.")], result.Errors());
    }

    [Theory]
    [InlineData("<NAME/>")]
    [InlineData("<DISPLAYCONTACT><PRINTAS/></DISPLAYCONTACT>")]
    [InlineData("<DISPLAYCONTACT><EMAIL1>nowhere</EMAIL1></DISPLAYCONTACT>")]
    [InlineData("<TERMNAME>Net 31</TERMNAME>")]
    [InlineData("<STATUS>gone</STATUS>")]
    [InlineData("<DISPLAYCONTACT><CONTACTNAME>Lakeside Clinic(CC-1006)</CONTACTNAME></DISPLAYCONTACT>")]
    public async Task An_update_that_is_refused_changes_nothing(string field)
    {
        await using var bench = await GatewayBench.StartAsync();
        var before = bench.Simulator.Company.Record("CUSTOMER", "C-1001")!;
        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        var result = await bench.OneAsync(
            $"<update><CUSTOMER><CUSTOMERID>C-1001</CUSTOMERID><COMMENTS>x</COMMENTS>{field}</CUSTOMER></update>"
        );

        Assert.Equal("failure", result.Status());
        Assert.Equal(("BL01001973", "Could not update Customer record!"), result.Errors()[^1]);
        Assert.Equal(before, bench.Simulator.Company.Record("CUSTOMER", "C-1001"));
    }

    [Fact]
    public async Task An_update_moves_the_time_of_the_customer_and_of_its_contact()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        await bench.OneAsync(
            "<update><CUSTOMER><CUSTOMERID>C-1001</CUSTOMERID><DISPLAYCONTACT><PHONE1>1</PHONE1>"
                + "</DISPLAYCONTACT></CUSTOMER></update>"
        );

        Assert.Equal("2026-03-02T15:05:05Z", bench.Simulator.Company.Record("CUSTOMER", "C-1001")!["WHENMODIFIED"]);
        Assert.Equal("2026-03-02T15:04:05Z", bench.Simulator.Company.Record("CUSTOMER", "C-1001")!["WHENCREATED"]);
        Assert.Equal(
            "2026-03-02T15:05:05Z",
            bench.Simulator.Company.Record("CONTACT", "Harbor Dental Group(CC-1001)")!["WHENMODIFIED"]
        );
    }

    [Fact]
    public async Task A_delete_answers_nothing_but_its_success_and_is_in_the_audit_history()
    {
        await using var bench = await GatewayBench.StartAsync();
        var number = bench.Simulator.Company.Record("CUSTOMER", "C-1003")!["RECORDNO"];

        var results = await bench.RunAsync(
            $"<delete><object>CUSTOMER</object><keys>{number}</keys></delete>",
            "<query><object>AUDITHISTORY</object><select><field>OBJECTKEY</field><field>ACCESSTIME</field>"
                + "</select><filter><and>"
                + "<equalto><field>OBJECTTYPE</field><value>customer</value></equalto><equalto>"
                + "<field>ACCESSMODE</field><value>D</value></equalto>"
                + "<greaterthan><field>ACCESSTIME</field><value>03/02/2026 15:04:04</value></greaterthan></and>"
                + "</filter></query>",
            "<readByQuery><object>AUDITHISTORY</object><query>ACCESSMODE = 'Delete'</query></readByQuery>",
            "<readByQuery><object>AUDITHISTORY</object><query>ACCESSMODE = 'D'</query></readByQuery>"
        );

        Assert.Equal("status function controlid", results[0].Children());
        Assert.Equal("C-1003", results[1].Text("data/AUDITHISTORY/OBJECTKEY"));
        Assert.Equal("03/02/2026 15:04:05", results[1].Text("data/AUDITHISTORY/ACCESSTIME"));
        Assert.Equal("1", results[2].Element("data")!.Attribute("totalcount")!.Value);
        Assert.Equal("0", results[3].Element("data")!.Attribute("totalcount")!.Value);
        Assert.Null(bench.Simulator.Company.Record("CUSTOMER", "C-1003"));
    }

    [Fact]
    public async Task A_delete_of_a_record_that_is_not_there_is_answered_as_recorded()
    {
        await using var bench = await GatewayBench.StartAsync();

        var results = await bench.RunAsync(
            "<delete><object>CUSTOMER</object><keys>77</keys></delete>",
            "<delete><object>NOSUCH</object><keys>1</keys></delete>"
        );

        Assert.Equal("status function controlid errormessage", results[0].Children());
        Assert.Equal([("BL01001973", "Cannot find customer with key '77' to delete.")], results[0].Errors());
        Assert.Equal([("WS", "Object definition NOSUCH not found")], results[1].Errors());
    }

    [Fact]
    public async Task A_contact_in_use_stays_and_one_that_is_not_goes()
    {
        await using var bench = await GatewayBench.StartAsync();
        var used = bench.Simulator.Company.Record("CONTACT", "Harbor Dental Group(CC-1001)")!["RECORDNO"];
        var free = (
            await bench.OneAsync(
                "<create><CONTACT><CONTACTNAME>Jane</CONTACTNAME><PRINTAS>Jane</PRINTAS></CONTACT></create>"
            )
        ).Text("data/contact/RECORDNO");

        var results = await bench.RunAsync(
            $"<delete><object>CONTACT</object><keys>{used}</keys></delete>",
            $"<delete><object>CONTACT</object><keys>{free}</keys></delete>"
        );

        Assert.Equal("failure", results[0].Status());
        Assert.Equal("success", results[1].Status());
        Assert.Equal($"{free}--REC", bench.Simulator.Company.Records("AUDITHISTORY").Single()["OBJECTKEY"]);
    }
}
