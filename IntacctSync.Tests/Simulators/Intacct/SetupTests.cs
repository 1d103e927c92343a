namespace IntacctSync.Tests.Simulators.Intacct;

public class SetupTests
{
    [Fact]
    public async Task The_financial_setup_has_the_documented_shape()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync("<getFinancialSetup/>");

        Assert.Equal(
            "baseCurrency defaultBook firstFiscalMonth multiBaseCurrency multiBook multiCurrency multiEntityShared",
            result.Children("data/financialSetup")
        );
        Assert.Equal("USD", result.Text("data/financialSetup/baseCurrency"));
        Assert.Equal("false", result.Text("data/financialSetup/multiCurrency"));
    }

    [Fact]
    public async Task Preferences_are_listed_by_application_and_can_be_queried()
    {
        await using var bench = await GatewayBench.StartAsync();

        var results = await bench.RunAsync(
            "<get_companyprefs application=\"GEN\"/>",
            "<query><object>COMPANYPREF</object><select><field>PREFVALUE</field></select><filter><and>"
                + "<equalto><field>APPLICATION</field><value>GEN</value></equalto><equalto>"
                + "<field>PREFERENCE</field><value>PRIMARY_ACCTNO_LENGTH</value></equalto></and></filter></query>"
        );

        Assert.Equal("application preference prefvalue", results[0].Children("data/companypref"));
        Assert.All(results[0].Texts("data/companypref/application"), a => Assert.Equal("GEN", a));
        Assert.Equal(["4"], results[1].Texts("data/COMPANYPREF/PREFVALUE"));
    }

    [Fact]
    public async Task A_user_that_does_not_exist_has_no_formatting()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync("<readUserFormatting><userId>ghost</userId></readUserFormatting>");

        Assert.Equal([("BL03000025", "Login ID ghost does not exist.")], result.Errors());
    }

    [Fact]
    public async Task A_function_that_is_known_but_not_served_says_so()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync("<get_applications/>");

        Assert.Equal("This simulator does not serve the function get_applications yet.", result.Errors()[0].Text);
    }

    [Fact]
    public async Task Terms_are_read_by_name()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync(
            "<readByName><object>ARTERM</object><keys>Net 30,Net 15,Due on receipt</keys>"
                + "<fields>NAME,DUEDATE</fields></readByName>"
        );

        Assert.Equal(["30", "15", "0"], result.Texts("data/ARTERM/DUEDATE"));
    }
}
