using System.Net;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct.Responses;

public sealed class GatewayFaultTests : IDisposable
{
    private const string Html =
        "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><div "
        + "class=\"cf-error-details\">Error</div></body></html>";

    private readonly IntacctStand _stand = new IntacctStand().LoggedIn();

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, Html, "text/html")]
    [InlineData(HttpStatusCode.ServiceUnavailable, Html, "text/html")]
    [InlineData(HttpStatusCode.OK, Html, "text/html")]
    [InlineData(HttpStatusCode.Forbidden, Html, "text/html")]
    [InlineData((HttpStatusCode)524, "error code: 524", "text/plain")]
    [InlineData(HttpStatusCode.InternalServerError, "", "text/html")]
    [InlineData(HttpStatusCode.OK, "", "text/xml")]
    [InlineData(
        HttpStatusCode.OK,
        "<response><control><status>success</status></control><operation><authentication><status>success</sta",
        "text/xml"
    )]
    [InlineData(HttpStatusCode.OK, "<response/><response/>", "text/xml")]
    [InlineData(
        HttpStatusCode.OK,
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><response>&b;</response>",
        "text/xml"
    )]
    [InlineData(
        HttpStatusCode.InternalServerError,
        "<response><control><status>failure</status></control></response>",
        "text/xml"
    )]
    public async Task An_answer_that_is_not_intacct_s_leaves_the_outcome_open(
        HttpStatusCode status,
        string body,
        string type
    )
    {
        _stand.Gateway.Then(body, status, type);
        var failure = await _stand.FailureAsync();
        Assert.Equal((IntacctFailure.OutcomeUnknown, true), (failure.Failure, failure.OutcomeUnknown));
        Assert.Contains($"HTTP {(int)status}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, _stand.Gateway.Asked);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("30", 30)]
    [InlineData("Mon, 02 Mar 2026 09:01:00 GMT", 60)]
    [InlineData("Mon, 02 Mar 2026 08:00:00 GMT", 0)]
    [InlineData("86400", 900)]
    public async Task Too_many_requests_executed_nothing_and_says_how_long_to_wait(string? retryAfter, int? seconds)
    {
        _stand.Gateway.Then(
            (_, _) =>
            {
                var answer = StubHandler.Answer(
                    Answers.ControlFailure("GW-0010", "Rate limit"),
                    HttpStatusCode.TooManyRequests
                );
                if (retryAfter is not null)
                    answer.Headers.Add("Retry-After", retryAfter);
                return Task.FromResult(answer);
            }
        );
        var failure = await _stand.FailureAsync();
        Assert.Equal((IntacctFailure.Throttled, false), (failure.Failure, failure.OutcomeUnknown));
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, failure.RetryAfter);
    }

    [Fact]
    public async Task Too_many_requests_without_xml_are_the_same()
    {
        _stand.Gateway.Then(Html, HttpStatusCode.TooManyRequests, "text/html");
        Assert.Equal(
            (IntacctFailure.Throttled, false),
            await _stand.FailureAsync() is var f ? (f.Failure, f.OutcomeUnknown) : default
        );
    }

    [Fact]
    public async Task Depth_without_end_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 5000));
        _stand.Gateway.Then(
            Answers.Operation($"<result><status>success</status><controlid>is-1</controlid><data>{deep}")
        );
        Assert.Contains("deeper than", (await _stand.FailureAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<result><function>create</function><controlid>is-1</controlid><errormessage/></result>")]
    [InlineData("<result><status>success</status><function>create</function><controlid>is-2</controlid></result>")]
    [InlineData("<result><status>success</status><function>create</function></result>")]
    [InlineData("<result><status>Success </status><function>create</function><controlid>is-1</controlid></result>")]
    [InlineData("<result><status>pending</status><function>create</function><controlid>is-1</controlid></result>")]
    [InlineData(
        "<result><status>success</status><controlid>is-1</controlid></result><result><status>failure</status>"
            + "<controlid>is-1</controlid></result>"
    )]
    public async Task Whatever_is_not_plainly_a_success_of_that_function_is_never_taken_for_one(string results)
    {
        _stand.Gateway.Then(Answers.Operation(results));
        var response = await SendAsync(Some.CreateFunction());
        Assert.Equal(
            (FunctionStatus.Unknown, IntacctFailure.OutcomeUnknown),
            (response.Results[0].Status, response.Results[0].Failure)
        );
    }

    [Theory]
    [InlineData("<control/>", "<authentication><status>success</status></authentication>")]
    [InlineData("<control><status>success</status></control>", "<authentication/>")]
    [InlineData("", "")]
    public async Task A_success_whose_request_or_session_was_not_said_to_succeed_is_in_doubt(
        string control,
        string authentication
    )
    {
        _stand.Gateway.Then(
            $"<response>{control}<operation>{authentication}{Answers.Success("is-1")}</operation></response>"
        );
        Assert.Equal(FunctionStatus.Unknown, (await SendAsync(Some.CreateFunction())).Results[0].Status);
    }

    [Fact]
    public async Task A_refused_replay_without_a_status_says_so()
    {
        _stand.Gateway.Then(
            Answers.Operation(
                $"<result><function>create</function>"
                    + $"<controlid>is-1</controlid>"
                    + $"{Answers.Errors("XX1", "The control id is-1 was already processed")}</result>"
            )
        );
        var result = (await SendAsync(Some.CreateFunction())).Results[0];
        Assert.Equal((FunctionStatus.Unknown, IntacctFailure.ReplayRefused), (result.Status, result.Failure));
    }

    [Fact]
    public async Task An_error_beside_the_results_of_a_session_that_was_accepted_leaves_the_outcome_open()
    {
        _stand.Gateway.Then(Answers.Operation(Answers.Errors("BL01001973", "Something")));
        var failure = await _stand.FailureAsync();
        Assert.Equal(
            (IntacctFailure.OutcomeUnknown, true, "BL01001973"),
            (failure.Failure, failure.OutcomeUnknown, failure.Errors.Cause!.Number)
        );
    }

    [Fact]
    public async Task Results_are_matched_by_control_id_in_whatever_order_they_come()
    {
        _stand.Gateway.Then(
            Answers.Operation(
                Answers.Success("is-2", "<key>2</key>")
                    + Answers.Failure("is-3", "BL34000061", "exists")
                    + Answers.Success("is-1", "<key>1</key>")
            )
        );
        var response = await SendAsync(
            Some.CreateFunction("is-1"),
            Some.CreateFunction("is-2"),
            Some.CreateFunction("is-3"),
            Some.CreateFunction("is-4")
        );
        Assert.Equal(
            ("1", "2", null, null),
            (response.Results[0].Key, response.Results[1].Key, response.Results[2].Key, response.Results[3].Key)
        );
        Assert.Equal(
            [FunctionStatus.Success, FunctionStatus.Success, FunctionStatus.Failure, FunctionStatus.Unknown],
            response.Results.Select(r => r.Status)
        );
    }

    [Fact]
    public async Task Functions_without_a_control_id_of_their_own_are_not_sent()
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            SendAsync(Some.CreateFunction("is-1"), Some.CreateFunction("is-1"))
        );
        await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(Some.CreateFunction("")));
        await Assert.ThrowsAsync<ArgumentException>(() => SendAsync(Some.CreateFunction(new string('x', 257))));
        await Assert.ThrowsAsync<ArgumentException>(() => SendAsync());
        Assert.Equal(0, _stand.Gateway.Asked);
    }

    [Fact]
    public async Task Characters_that_xml_forbids_do_not_make_an_answer_unreadable()
    {
        _stand.Gateway.Then(
            Answers.Operation(Answers.Success("is-1", "<data><customer><NAME>a\u0001b&#11;c</NAME></customer></data>"))
        );
        Assert.Equal("a bc", (await SendAsync(Some.CreateFunction())).Results[0].Records[0]["NAME"]);
    }

    public void Dispose() => _stand.Dispose();

    private Task<IntacctResponse> SendAsync(params IntacctFunction[] functions) =>
        _stand.Client.SendAsync(Some.IntacctCredentials(), functions, uniqueId: true, CancellationToken.None);
}
