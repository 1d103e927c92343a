namespace IntacctSync.Tests.Simulators.Intacct;

public class ContactTests
{
    [Fact]
    public async Task A_contact_is_created_updated_by_name_and_read_by_name()
    {
        await using var bench = await GatewayBench.StartAsync();

        var results = await bench.RunAsync(
            "<create><CONTACT><CONTACTNAME>Jane (1)</CONTACTNAME><PRINTAS>Jane</PRINTAS>"
                + "<EMAIL1>jane@acme.example</EMAIL1></CONTACT></create>",
            "<update><CONTACT><CONTACTNAME>Jane (1)</CONTACTNAME><PHONE1>+1 555</PHONE1></CONTACT></update>",
            "<readByName><object>CONTACT</object><keys>Jane (1)</keys>"
                + "<fields>CONTACTNAME,EMAIL1,PHONE1,STATUS</fields></readByName>"
        );

        Assert.Equal("RECORDNO CONTACTNAME", results[0].Children("data/contact"));
        Assert.Equal(["Jane (1)", "jane@acme.example", "+1 555", "active"], results[2].Texts("data/CONTACT/*"));
    }

    [Fact]
    public async Task A_contact_name_is_unique_over_the_display_contacts_of_customers()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync(
            "<create><CONTACT><CONTACTNAME>Harbor Dental Group(CC-1001)</CONTACTNAME><PRINTAS>x</PRINTAS>"
                + "</CONTACT></create>"
        );

        Assert.Equal(
            [
                ("BL34000061", "Another Contact with the given value(s) Harbor Dental Group(CC-1001)  already exists"),
                ("BL01001973", "Could not create Contact record!"),
            ],
            result.Errors()
        );
    }

    [Theory]
    [InlineData("<CONTACTNAME>x</CONTACTNAME>")]
    [InlineData("<PRINTAS>x</PRINTAS>")]
    public async Task A_contact_needs_a_name_and_what_to_print(string field)
    {
        await using var bench = await GatewayBench.StartAsync();

        Assert.Equal("failure", (await bench.OneAsync($"<create><CONTACT>{field}</CONTACT></create>")).Status());
    }

    [Fact]
    public async Task Contacts_are_attached_to_a_customer_and_appended_on_update_without_doubles()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.RunAsync(
            "<create><CONTACT><CONTACTNAME>Jane</CONTACTNAME><PRINTAS>Jane</PRINTAS></CONTACT></create>",
            "<create><CONTACT><CONTACTNAME>Joe</CONTACTNAME><PRINTAS>Joe</PRINTAS></CONTACT></create>"
        );

        await AttachAsync(bench, "Jane");
        await AttachAsync(bench, "Joe");
        await AttachAsync(bench, "Jane");
        Assert.Equal(
            "Billing\tJane\nBilling\tJoe",
            bench.Simulator.Company.Record("CUSTOMER", "C-1001")!["CONTACT_LIST_INFO"]
        );

        await bench.OneAsync(
            "<update><CUSTOMER><CUSTOMERID>C-1001</CUSTOMERID><NAME>Same list</NAME></CUSTOMER></update>"
        );
        Assert.Equal(
            "Billing\tJane\nBilling\tJoe",
            bench.Simulator.Company.Record("CUSTOMER", "C-1001")!["CONTACT_LIST_INFO"]
        );

        await bench.OneAsync(
            "<update><CUSTOMER><CUSTOMERID>C-1001</CUSTOMERID><CONTACT_LIST_INFO/></CUSTOMER></update>"
        );
        Assert.Equal("", bench.Simulator.Company.Record("CUSTOMER", "C-1001")!["CONTACT_LIST_INFO"]);
    }

    [Fact]
    public async Task A_customer_refused_after_its_display_contact_was_made_leaves_no_contact()
    {
        await using var bench = await GatewayBench.StartAsync();

        const string Contact =
            "<CONTACT_LIST_INFO><CATEGORYNAME>Billing</CATEGORYNAME>"
            + "<CONTACT><NAME>Nobody</NAME></CONTACT></CONTACT_LIST_INFO>";

        var result = await bench.OneAsync($"<create>{GatewayBench.Customer("C1", more: Contact)}</create>");

        Assert.Equal("failure", result.Status());
        Assert.Null(bench.Simulator.Company.Record("CONTACT", "Acme(CC1)"));
    }

    [Fact]
    public async Task Other_roles_link_to_contacts_that_exist()
    {
        await using var bench = await GatewayBench.StartAsync();

        var results = await bench.RunAsync(
            "<create><CONTACT><CONTACTNAME>Jane</CONTACTNAME><PRINTAS>Jane</PRINTAS>"
                + "<EMAIL1>j@x.example</EMAIL1></CONTACT></create>",
            "<update><CUSTOMER><CUSTOMERID>C-1001</CUSTOMERID><BILLTO><CONTACTNAME>Jane</CONTACTNAME></BILLTO>"
                + "</CUSTOMER></update>",
            "<query><object>CUSTOMER</object><select><field>CUSTOMERID</field><field>BILLTO.EMAIL1</field></select>"
                + "<filter><equalto><field>BILLTO.CONTACTNAME</field><value>Jane</value></equalto></filter></query>"
        );

        Assert.Equal(["C-1001", "j@x.example"], results[2].Texts("data/CUSTOMER/*"));
    }

    private static async Task AttachAsync(GatewayBench bench, string name)
    {
        var result = await bench.OneAsync(
            "<update><CUSTOMER><CUSTOMERID>C-1001</CUSTOMERID><CONTACT_LIST_INFO><CATEGORYNAME>Billing</CATEGORYNAME>"
                + $"<CONTACT><NAME>{name}</NAME></CONTACT></CONTACT_LIST_INFO></CUSTOMER></update>"
        );
        Assert.Equal("success", result.Status());
    }
}
