using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Simulators.Intacct.Settings;

namespace IntacctSync.Tests.Simulators.Intacct;

public class SignInTests
{
    private const string Setup = "<getFinancialSetup/>";

    [Theory]
    [InlineData("sandbox-sender", "wrong")]
    [InlineData("sandbox-sender", "SANDBOX-SENDER-PASSWORD")]
    [InlineData("Sandbox-Sender", "sandbox-sender-password")]
    [InlineData("nobody", "sandbox-sender-password")]
    public async Task A_wrong_sender_is_a_control_failure(string sender, string password)
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.SendAsync(
            GatewayBench
                .Request(bench.Function(Setup))
                .Replace("<senderid>sandbox-sender<", $"<senderid>{sender}<", StringComparison.Ordinal)
                .Replace(">sandbox-sender-password<", $">{password}<", StringComparison.Ordinal)
        );

        Assert.Equal("control errormessage", answer.Children());
        Assert.Equal(sender, answer.Text("control/senderid"));
        Assert.Equal([("XL03000006", "Incorrect Intacct XML Partner ID or password.")], answer.Errors());
    }

    [Theory]
    [InlineData("sandbox-user", "sandbox", "wrong")]
    [InlineData("nobody", "sandbox", "sandbox-user-password")]
    [InlineData("sandbox-user", "elsewhere", "sandbox-user-password")]
    public async Task A_wrong_login_is_an_authentication_failure_that_repeats_user_and_company(
        string user,
        string company,
        string password
    )
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.SendAsync(
            GatewayBench.Request(
                bench.Function(Setup),
                $"<login><userid>{user}</userid><companyid>{company}</companyid><password>{password}</password></login>"
            )
        );

        Assert.Equal("success", answer.Text("control/status"));
        Assert.Equal("authentication errormessage", answer.Children("operation"));
        Assert.Equal("status userid companyid", answer.Children("operation/authentication"));
        Assert.Equal(company, answer.Text("operation/authentication/companyid"));
        Assert.Equal([("XL03000006", "Sign-in information is incorrect")], answer.Element("operation")!.Errors());
    }

    [Fact]
    public async Task A_sender_that_the_company_has_not_authorised_is_told_so()
    {
        var options = new IntacctSimulatorOptions
        {
            Companies = [SimulatedCompany.Sandbox with { AuthorisedSenders = ["other"] }],
        };
        await using var bench = await GatewayBench.StartAsync(options);

        var answer = await bench.SendAsync(GatewayBench.Request(bench.Function(Setup)));

        Assert.Equal("failure", answer.Text("operation/authentication/status"));
        Assert.Equal("Invalid Web Services Authorization", answer.Text("operation/errormessage/error/description"));
        Assert.Equal(
            "The sender ID 'sandbox-sender' is not authorized to make Web Services requests to company ID 'sandbox'.",
            answer.Text("operation/errormessage/error/description2")
        );
    }

    [Fact]
    public async Task A_session_is_answered_with_the_address_it_was_asked_at()
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.SendAsync(GatewayBench.Request(bench.Function("<getAPISession/>")));

        Assert.Equal("sessionid endpoint locationid", answer.Children("operation/result/data/api"));
        Assert.Equal(bench.Endpoint.ToString(), answer.Text("operation/result/data/api/endpoint"));
        Assert.Matches("^.{30}\\.\\.$", answer.Text("operation/result/data/api/sessionid"));
    }

    [Fact]
    public async Task A_session_is_used_in_place_of_a_login()
    {
        await using var bench = await GatewayBench.StartAsync();
        var session = await bench.SignInAsync();

        var answer = await bench.SendAsync(GatewayBench.Request(bench.Function(Setup), GatewayBench.Session(session)));

        Assert.Equal("sandbox-user", answer.Text("operation/authentication/userid"));
        Assert.Equal("success", answer.Text("operation/result/status"));
        Assert.Equal(1, bench.Simulator.Counters.Logins);
    }

    [Fact]
    public async Task Each_use_puts_the_end_of_a_session_off_by_its_whole_duration()
    {
        await using var bench = await GatewayBench.StartAsync(
            new IntacctSimulatorOptions { SessionDuration = TimeSpan.FromHours(2) }
        );
        var session = await bench.SignInAsync();

        for (var hour = 0; hour < 3; hour++)
        {
            bench.Clock.Advance(TimeSpan.FromMinutes(100));
            var answer = await bench.SendAsync(
                GatewayBench.Request(bench.Function(Setup), GatewayBench.Session(session))
            );
            var stamp = DateTimeOffset.Parse(answer.Text("operation/authentication/sessiontimestamp")!, null);
            Assert.Equal(
                stamp.AddHours(2),
                DateTimeOffset.Parse(answer.Text("operation/authentication/sessiontimeout")!, null)
            );
        }
        bench.Clock.Advance(TimeSpan.FromHours(2));

        await AssertInvalidAsync(bench, session);
    }

    [Fact]
    public async Task An_unknown_session_is_invalid_and_nothing_is_done()
    {
        await using var bench = await GatewayBench.StartAsync();

        var answer = await bench.SendAsync(
            GatewayBench.Request(
                bench.Function($"<create>{GatewayBench.Customer("C1")}</create>"),
                GatewayBench.Session("nonsense..")
            )
        );

        Assert.Equal([("XL03000006", "Invalid session q....")], answer.Element("operation")!.Errors());
        Assert.Equal("", answer.Text("operation/authentication/userid"));
        Assert.Equal("", answer.Text("operation/authentication/companyid"));
        Assert.Null(bench.Simulator.Company.Record("CUSTOMER", "C1"));
    }

    [Fact]
    public async Task A_session_is_good_for_its_own_address_only()
    {
        await using var bench = await GatewayBench.StartAsync();
        var session = await bench.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, bench.Endpoint)
        {
            Content = new StringContent(
                GatewayBench.Request(bench.Function(Setup), GatewayBench.Session(session)),
                null,
                "application/xml"
            ),
        };
        request.Headers.Host = "other.example:1";

        using var response = await bench.Http.SendAsync(request);

        Assert.Contains("Invalid session", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_or_a_session_may_name_an_entity_of_the_company()
    {
        var company = SimulatedCompany.Sandbox with { Entities = ["CA", "NY"] };
        await using var bench = await GatewayBench.StartAsync(new IntacctSimulatorOptions { Companies = [company] });

        var login = GatewayBench.Login.Replace(
            "</login>",
            "<locationid>CA</locationid></login>",
            StringComparison.Ordinal
        );
        var session = await bench.SignInAsync(login);
        var answer = await bench.SendAsync(
            GatewayBench.Request(
                bench.Function("<getAPISession><locationid>NY</locationid></getAPISession>"),
                GatewayBench.Session(session)
            )
        );
        var top = await bench.SendAsync(
            GatewayBench.Request(
                bench.Function("<getAPISession><locationid/></getAPISession>"),
                GatewayBench.Session(session)
            )
        );
        var unknown = await bench.SendAsync(
            GatewayBench.Request(bench.Function(Setup), login.Replace("CA", "XX", StringComparison.Ordinal))
        );

        Assert.Equal("CA", answer.Text("operation/authentication/locationid"));
        Assert.Equal("NY", answer.Text("operation/result/data/api/locationid"));
        Assert.Equal("", top.Text("operation/result/data/api/locationid"));
        Assert.Equal("failure", unknown.Text("operation/authentication/status"));
    }

    [Fact]
    public async Task A_session_is_asked_for_alone()
    {
        await using var bench = await GatewayBench.StartAsync();

        var results = await bench.RunAsync("<getAPISession/>", Setup);

        Assert.Equal("failure", results[0].Status());
        Assert.Equal("Get API Session Failed", results[0].Errors()[0].Number);
        Assert.Equal("success", results[1].Status());
    }

    [Fact]
    public async Task A_permission_that_is_missing_is_named_with_the_object()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Simulator.Company.Deny("sandbox-user", "CUSTOMER", "READ_BY_QUERY");

        var results = await bench.RunAsync(
            "<readByQuery><object>CUSTOMER</object><query/></readByQuery>",
            "<readByName><object>CUSTOMER</object><keys>C-1001</keys></readByName>"
        );

        Assert.Equal(
            [("PL04000005", "You do not have permission for API operation READ_BY_QUERY on objects of type customer")],
            results[0].Errors()
        );
        Assert.Equal("success", results[1].Status());
    }

    [Fact]
    public async Task Faults_of_the_sign_in_come_once_and_then_it_works_again()
    {
        await using var bench = await GatewayBench.StartAsync();
        var session = await bench.SignInAsync();
        foreach (var fault in new[] { "senderRefused", "senderUnauthorised", "wrongPassword" })
        {
            bench.Simulator.Faults.Add(new FaultRule { Fault = fault });
            var failed = await bench.SendAsync(GatewayBench.Request(bench.Function(Setup)));
            Assert.DoesNotContain(failed.Descendants(), e => e.Name == "result");
            var works = await bench.SendAsync(GatewayBench.Request(bench.Function(Setup)));
            Assert.Equal("success", works.Text("operation/result/status"));
        }
        bench.Simulator.Faults.Add(new FaultRule { Fault = "sessionExpired" });
        await AssertInvalidAsync(bench, session);
        await AssertInvalidAsync(bench, session);
    }

    private static async Task AssertInvalidAsync(GatewayBench bench, string session)
    {
        var answer = await bench.SendAsync(GatewayBench.Request(bench.Function(Setup), GatewayBench.Session(session)));
        Assert.Equal([("XL03000006", "Invalid session q....")], answer.Element("operation")!.Errors());
    }
}
