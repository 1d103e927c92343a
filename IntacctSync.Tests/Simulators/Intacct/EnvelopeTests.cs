using System.Net;
using System.Text;
using System.Xml.Linq;

namespace IntacctSync.Tests.Simulators.Intacct;

public class EnvelopeTests
{
    private const string Sender = "<senderid>sandbox-sender</senderid><password>sandbox-sender-password</password>";

    [Fact]
    public async Task An_answer_repeats_the_control_block_in_the_recorded_order()
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.SendAsync(GatewayBench.Request(bench.Function("<getFinancialSetup/>")));

        Assert.Equal("control operation", answer.Children());
        Assert.Equal("status senderid controlid uniqueid dtdversion", answer.Children("control"));
        Assert.Equal("success", answer.Text("control/status"));
        Assert.Equal("request-1", answer.Text("control/controlid"));
        Assert.Equal(
            "status userid companyid locationid sessiontimestamp sessiontimeout",
            answer.Children("operation/authentication")
        );
        Assert.Equal("status function controlid data", answer.Children("operation/result"));
    }

    [Theory]
    [InlineData("<controlid>c</controlid>" + Sender)]
    [InlineData(Sender + "<controlid>c</controlid><dtdversion>3.0</dtdversion><uniqueid>false</uniqueid>")]
    [InlineData(Sender)]
    [InlineData(Sender + "<controlid>c</controlid><dtdversion>9.9</dtdversion>")]
    [InlineData(Sender + "<controlid>c</controlid><uniqueid>maybe</uniqueid>")]
    [InlineData(Sender + "<controlid>c</controlid><surprise/>")]
    public async Task A_control_block_out_of_order_or_form_is_refused(string control)
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.SendAsync(
            $"<request><control>{control}</control><operation><authentication>{GatewayBench.Login}</authentication>"
                + $"<content>{bench.Function("<getFinancialSetup/>")}</content></operation></request>"
        );

        AssertSchemaFailure(answer);
    }

    [Theory]
    [InlineData(
        "<login><userid>sandbox-user</userid><password>sandbox-user-password</password>"
            + "<companyid>sandbox</companyid></login>"
    )]
    [InlineData("<sessionid>x</sessionid><login/>")]
    [InlineData("")]
    public async Task A_login_out_of_order_is_refused(string authentication)
    {
        await using var bench = await GatewayBench.StartAsync();

        AssertSchemaFailure(
            await bench.SendAsync(GatewayBench.Request(bench.Function("<getFinancialSetup/>"), authentication))
        );
    }

    [Theory]
    [InlineData("<createCustomer/>")]
    [InlineData("<read><object>CUSTOMER</object></read>")]
    [InlineData("<read><object>CUSTOMER</object><keys>1</keys><keys>2</keys></read>")]
    [InlineData("<create/>")]
    [InlineData("<query><object>CUSTOMER</object></query>")]
    [InlineData("<get_companyprefs/>")]
    [InlineData("<getFinancialSetup><x/></getFinancialSetup>")]
    [InlineData("<get_list object=\"customer\"><fields/><filter/></get_list>")]
    [InlineData("<getFinancialSetup/><getFinancialSetup/>")]
    public async Task A_function_that_the_schema_does_not_allow_refuses_the_whole_request(string function)
    {
        await using var bench = await GatewayBench.StartAsync();

        AssertSchemaFailure(await bench.SendAsync(GatewayBench.Request(bench.Function(function))));
    }

    [Fact]
    public async Task Parameters_of_generic_functions_come_in_any_order()
    {
        await using var bench = await GatewayBench.StartAsync();

        var result = await bench.OneAsync(
            "<readByName><fields>NAME</fields><keys>C-1006</keys><object>CUSTOMER</object></readByName>"
        );

        Assert.Equal("Lakeside Clinic", result.Text("data/CUSTOMER/NAME"));
    }

    [Fact]
    public async Task A_function_needs_a_control_id_of_at_most_256_characters()
    {
        await using var bench = await GatewayBench.StartAsync();

        var fits = await bench.SendAsync(
            GatewayBench.Request(bench.Function("<getFinancialSetup/>", new string('x', 256)))
        );
        Assert.Equal("success", fits.Text("operation/result/status"));
        AssertSchemaFailure(
            await bench.SendAsync(GatewayBench.Request(bench.Function("<getFinancialSetup/>", new string('x', 257))))
        );
        AssertSchemaFailure(await bench.SendAsync(GatewayBench.Request("<function><getFinancialSetup/></function>")));
    }

    [Fact]
    public async Task Xml_with_mismatched_tags_names_both_tags_and_the_line()
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.SendAsync(GatewayBench.Request("<function controlid='1'><read></function>"));

        AssertSchemaFailure(answer);
        Assert.Matches(
            "Fatal Error 76: Opening and ending tag mismatch: read line 3 and function\\. Line: 3, column: \\d+\\.",
            answer.Errors()[0].Text
        );
        Assert.Equal("sandbox-sender", answer.Text("control/senderid"));
    }

    [Fact]
    public async Task A_document_type_is_refused()
    {
        await using var bench = await GatewayBench.StartAsync();

        var body = GatewayBench.Request(bench.Function("<getFinancialSetup/>"));

        AssertSchemaFailure(
            await bench.SendAsync(
                body.Replace("<request>", "<!DOCTYPE request [<!ENTITY a \"b\">]><request>", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public async Task An_unknown_policy_is_a_control_failure()
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.SendAsync(
            GatewayBench.Request(bench.Function("<getFinancialSetup/>"), more: "<policyid>nightly</policyid>")
        );

        Assert.Equal([("XL03000006", "nightly is not a valid transport policy.")], answer.Errors());
    }

    [Fact]
    public async Task Whitespace_is_left_out_when_asked()
    {
        await using var bench = await GatewayBench.StartAsync();
        var function = bench.Function("<getFinancialSetup/>");

        using var indented = await bench.PostAsync(GatewayBench.Request(function));
        using var compact = await bench.PostAsync(
            GatewayBench.Request(function, more: "<includewhitespace>false</includewhitespace>")
        );

        Assert.Contains("\n    <control>", await indented.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("\n", await compact.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_is_refused_and_so_is_a_body_that_is_not_xml()
    {
        await using var bench = await GatewayBench.StartAsync();

        using var get = await bench.Http.GetAsync(bench.Endpoint);
        using var json = await bench.Http.PostAsync(
            bench.Endpoint,
            new StringContent("{}", Encoding.UTF8, "application/json")
        );

        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
    }

    [Fact]
    public async Task An_answer_is_packed_for_those_who_take_it_packed()
    {
        await using var bench = await GatewayBench.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, bench.Endpoint)
        {
            Content = new StringContent(
                GatewayBench.Request(bench.Function("<lookup><object>CUSTOMER</object></lookup>")),
                Encoding.UTF8,
                "application/xml"
            ),
        };
        request.Headers.AcceptEncoding.ParseAdd("gzip,deflate");

        using var response = await bench.Http.SendAsync(request);

        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Equal("text/xml; encoding=\"UTF-8\"", response.Content.Headers.GetValues("Content-Type").Single());
    }

    private static void AssertSchemaFailure(XElement answer)
    {
        Assert.Equal("control errormessage", answer.Children());
        Assert.Equal("failure", answer.Text("control/status"));
        var (number, text) = answer.Errors()[0];
        Assert.Equal("XL03000003", number);
        Assert.StartsWith("XML Parse schema error: ", text, StringComparison.Ordinal);
    }
}
