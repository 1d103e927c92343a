using System.Xml.Linq;
using IntacctSync.Simulators.Intacct;

namespace IntacctSync.Tests.Simulators.Intacct;

public class CreateCustomerTests
{
    private const string Taken = "BL34000061";
    private const string Invalid = "BL03000018";
    private const string Wrapper = "BL01001973";

    [Fact]
    public async Task A_create_answers_number_and_id_in_a_lower_case_element()
    {
        await using var bench = await GatewayBench.StartAsync(new IntacctSimulatorOptions { SampleData = false });

        var result = await CreateAsync(bench, GatewayBench.Customer("C1"));

        Assert.Equal("status function controlid data", result.Children());
        Assert.Equal("listtype=objects count=1", result.Element("data")!.AttributeText());
        Assert.Equal("RECORDNO CUSTOMERID", result.Children("data/customer"));
        Assert.Equal(["1"], result.Texts("data/customer/RECORDNO"));
        Assert.Equal(["C1"], result.Texts("data/customer/CUSTOMERID"));
    }

    [Fact]
    public async Task Numbers_grow_by_object()
    {
        await using var bench = await GatewayBench.StartAsync(new IntacctSimulatorOptions { SampleData = false });

        await CreateAsync(bench, "<CONTACT><CONTACTNAME>Jane</CONTACTNAME><PRINTAS>Jane</PRINTAS></CONTACT>");
        var first = await CreateAsync(bench, GatewayBench.Customer("C1"));
        var second = await CreateAsync(bench, GatewayBench.Customer("C2", "Other"));

        Assert.Equal("1", first.Text("data/customer/RECORDNO"));
        Assert.Equal("2", second.Text("data/customer/RECORDNO"));
        Assert.Equal("2", bench.Simulator.Company.Record("CUSTOMER", "C1")!["DISPLAYCONTACTKEY"]);
    }

    [Fact]
    public async Task A_display_contact_without_a_name_is_named_after_the_customer()
    {
        await using var bench = await GatewayBench.StartAsync();

        await CreateAsync(bench, GatewayBench.Customer("C1001", "Acme"));

        Assert.NotNull(bench.Simulator.Company.Record("CONTACT", "Acme(CC1001)"));
    }

    [Fact]
    public async Task A_contact_name_that_anybody_has_is_refused_with_the_recorded_chain_and_leaves_nothing()
    {
        await using var bench = await GatewayBench.StartAsync();
        await CreateAsync(bench, "<CONTACT><CONTACTNAME>Jane</CONTACTNAME><PRINTAS>Jane</PRINTAS></CONTACT>");

        var result = await CreateAsync(bench, GatewayBench.Customer("C1", contact: "<CONTACTNAME>Jane</CONTACTNAME>"));

        Assert.Equal("failure", result.Status());
        Assert.Equal("status function controlid data errormessage", result.Children());
        Assert.Equal("listtype=objects count=0", result.Element("data")!.AttributeText());
        Assert.Equal("errorno description description2 correction", result.Children("errormessage/error"));
        Assert.Equal("Use a unique value instead.", result.Text("errormessage/error/correction"));
        Assert.Equal(
            [
                (Taken, "Another Contact with the given value(s) Jane  already exists"),
                (Wrapper, "Could not create Contact record!"),
                (Wrapper, "Error While Saving the Display Contact"),
                (Wrapper, "Could not create Customer record!"),
            ],
            result.Errors()
        );
        Assert.Null(bench.Simulator.Company.Record("CUSTOMER", "C1"));
    }

    [Fact]
    public async Task An_email_that_is_none_is_refused_with_the_recorded_chain()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await CreateAsync(bench, GatewayBench.Customer("C1", contact: "<EMAIL1>@aeon.org</EMAIL1>"));

        Assert.Equal(
            [
                (Invalid, "Illegal format for Contactversion : Primary Email Address @aeon.org."),
                (Wrapper, "Validate contactversion record failed!"),
                (Wrapper, "Could not create contactversion record!"),
                (Wrapper, "Could not create ContactVersion record!"),
                (Wrapper, "Could not create Contact record!"),
                (Wrapper, "Error While Saving the Display Contact"),
                (Wrapper, "Could not create Customer record!"),
            ],
            result.Errors()
        );
    }

    [Fact]
    public async Task A_customer_id_that_exists_is_refused()
    {
        await using var bench = await GatewayBench.StartAsync();
        await CreateAsync(bench, GatewayBench.Customer("C1"));

        var result = await CreateAsync(bench, GatewayBench.Customer("C1", "Other"));

        Assert.Equal(
            [
                (Taken, "Another Customer with the given value(s) C1  already exists"),
                (Wrapper, "Could not create Customer record!"),
            ],
            result.Errors()
        );
        Assert.Null(bench.Simulator.Company.Record("CONTACT", "Other(CC1)"));
    }

    [Theory]
    [InlineData(
        "<CUSTOMER><CUSTOMERID>C1</CUSTOMERID><DISPLAYCONTACT><PRINTAS>A</PRINTAS></DISPLAYCONTACT></CUSTOMER>",
        "NAME"
    )]
    [InlineData(
        "<CUSTOMER><CUSTOMERID>C1</CUSTOMERID><NAME/><DISPLAYCONTACT><PRINTAS>A</PRINTAS></DISPLAYCONTACT></CUSTOMER>",
        "NAME"
    )]
    [InlineData("<CUSTOMER><CUSTOMERID>C1</CUSTOMERID><NAME>A</NAME></CUSTOMER>", "PRINTAS")]
    [InlineData(
        "<CUSTOMER><CUSTOMERID>C1</CUSTOMERID><NAME>A</NAME><DISPLAYCONTACT><EMAIL1>a@b.example</EMAIL1>"
            + "</DISPLAYCONTACT></CUSTOMER>",
        "PRINTAS"
    )]
    [InlineData(
        "<CUSTOMER><NAME>A</NAME><DISPLAYCONTACT><PRINTAS>A</PRINTAS></DISPLAYCONTACT></CUSTOMER>",
        "CUSTOMERID"
    )]
    public async Task What_a_customer_must_have_is_asked_for(string customer, string field)
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await CreateAsync(bench, customer);

        Assert.Equal(Invalid, result.Errors()[0].Number);
        Assert.Contains(field, result.Errors()[0].Text, StringComparison.Ordinal);
        Assert.Equal((Wrapper, "Could not create Customer record!"), result.Errors()[^1]);
    }

    [Fact]
    public async Task Auto_numbering_gives_an_id_where_none_is_sent_and_takes_one_that_is()
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { SampleData = false, AutoNumberCustomers = true }
        );
        const string WithoutId =
            "<CUSTOMER><NAME>A</NAME><DISPLAYCONTACT><PRINTAS>A</PRINTAS></DISPLAYCONTACT></CUSTOMER>";

        var numbered = await CreateAsync(bench, WithoutId);
        var own = await CreateAsync(bench, GatewayBench.Customer("CUST-00003", "B"));
        var next = await CreateAsync(bench, WithoutId);

        Assert.Equal("CUST-00001", numbered.Text("data/customer/CUSTOMERID"));
        Assert.Equal("CUST-00003", own.Text("data/customer/CUSTOMERID"));
        Assert.Equal("CUST-00004", next.Text("data/customer/CUSTOMERID"));
    }

    [Fact]
    public async Task Custom_fields_are_kept_and_unknown_ones_are_passed_over_but_noted()
    {
        var options = new IntacctSimulatorOptions();
        options.CustomFields.Add("CUSTOMER.CRM_ID");
        await using var bench = await GatewayBench.StartAsync(options);

        var result = await CreateAsync(
            bench,
            GatewayBench.Customer("C1", more: "<CRM_ID>77</CRM_ID><EMIAL1>x</EMIAL1>")
        );

        Assert.Equal("success", result.Status());
        Assert.Equal("77", bench.Simulator.Company.Record("CUSTOMER", "C1")!["CRM_ID"]);
        Assert.Equal(["CUSTOMER.EMIAL1"], bench.Simulator.Company.IgnoredFields);
    }

    [Fact]
    public async Task An_object_that_does_not_exist_is_not_found()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await CreateAsync(bench, "<NOSUCH><NAME>x</NAME></NOSUCH>");

        Assert.Equal([("WS", "Object definition NOSUCH not found")], result.Errors());
    }

    [Fact]
    public async Task Additional_error_info_comes_with_every_error_when_asked()
    {
        await using var bench = await GatewayBench.StartAsync();
        var content = bench.Function($"<create>{GatewayBench.Customer("C-1001")}</create>");

        var answer = await bench.SendAsync(
            GatewayBench.Request(content, more: "<showadditionalerrorinfo>true</showadditionalerrorinfo>")
        );

        var errors = answer.Descendants("error").ToList();
        Assert.Equal(2, errors.Count);
        Assert.All(
            errors,
            e => Assert.Equal("errorno description description2 correction additionalinfo", e.Children())
        );
        Assert.Equal(
            "errorid category target description cdescription correction",
            errors[0].Children("additionalinfo")
        );
        Assert.Equal("messageid target placeholders", errors[0].Children("additionalinfo/description"));
    }

    [Fact]
    public async Task Support_ids_end_the_texts_when_switched_on()
    {
        await using var bench = await GatewayBench.StartAsync(new IntacctSimulatorOptions { SupportIds = true });

        var result = await CreateAsync(bench, GatewayBench.Customer("C-1001"));

        Assert.All(result.Errors(), e => Assert.Matches(" \\[Support ID: [^\\]]+%7E[^\\]]+\\]$", e.Text));
    }

    private static Task<XElement> CreateAsync(GatewayBench bench, string record) =>
        bench.OneAsync($"<create>{record}</create>");
}
