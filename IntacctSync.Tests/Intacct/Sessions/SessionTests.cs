using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct.Sessions;

public sealed class SessionTests : IDisposable
{
    private const string Endpoint = "https://na12.intacct.com/ia/xml/xmlgw.phtml";

    private readonly IntacctStand _stand = new();

    [Fact]
    public async Task A_session_is_opened_at_the_first_endpoint_and_used_at_its_own()
    {
        _stand.LoggedIn(endpoint: Endpoint).Gateway.Then(Done()).Then(Done());
        await SendAsync();
        await SendAsync();
        Assert.Equal([_stand.Options.Endpoint, new Uri(Endpoint), new Uri(Endpoint)], _stand.Gateway.Addresses);
        Assert.All(
            _stand.Gateway.Bodies.Skip(1),
            body => Assert.Contains($"<sessionid>{Some.SessionId}</sessionid>", body, StringComparison.Ordinal)
        );
        Assert.All(
            _stand.Gateway.Bodies.Skip(1),
            body => Assert.DoesNotContain(Some.UserPassword, body, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("https://api.intacct.com.evil.example/")]
    [InlineData("http://api.intacct.com/ia/xml/xmlgw.phtml")]
    [InlineData("nowhere")]
    public async Task A_session_at_a_host_that_is_not_allowed_is_refused_and_nothing_is_sent_there(string endpoint)
    {
        _stand.LoggedIn(endpoint: endpoint);
        var failure = await _stand.FailureAsync();
        Assert.Equal(
            (IntacctFailure.ForbiddenEndpoint, false, 1),
            (failure.Failure, failure.OutcomeUnknown, _stand.Gateway.Asked)
        );
    }

    [Fact]
    public async Task A_session_of_another_company_is_refused_and_nothing_is_sent_in_it()
    {
        _stand.Gateway.Then(
            async (request, cancellationToken) =>
            {
                using var own = await Answers.LoginAsync(request, Some.SessionId, Endpoint, null);
                var answer = await own.Content.ReadAsStringAsync(cancellationToken);
                return StubHandler.Answer(answer.Replace("Harbor-Dental", "Harbor-Copy", StringComparison.Ordinal));
            }
        );
        var failure = await _stand.FailureAsync();
        Assert.Equal(
            (IntacctFailure.OtherCompany, "intacct-other-account", 1),
            (failure.Failure, failure.Classified.Problem.Code, _stand.Gateway.Asked)
        );
    }

    [Fact]
    public async Task A_configured_host_that_is_not_allowed_is_sent_no_password()
    {
        using var stand = new IntacctStand(new IntacctOptions { Endpoint = new Uri("https://evil.example/") });
        Assert.Equal(IntacctFailure.ForbiddenEndpoint, (await stand.FailureAsync()).Failure);
        Assert.Equal(0, stand.Gateway.Asked);
    }

    [Fact]
    public async Task First_calls_at_the_same_time_share_one_login()
    {
        var login = new TaskCompletionSource();
        _stand.Gateway.Then(
            async (request, _) =>
            {
                await login.Task;
                return await Answers.LoginAsync(request, Some.SessionId, Endpoint, "2026-03-02T11:00:00+00:00");
            }
        );
        _stand.Gateway.Otherwise = _ => StubHandler.Answer(Done());
        var calls = Enumerable.Range(0, 5).Select(_ => SendAsync()).ToList();
        login.SetResult();
        await Task.WhenAll(calls);
        Assert.Equal(1, _stand.Gateway.Bodies.Count(b => b.Contains("getAPISession", StringComparison.Ordinal)));
        Assert.Equal(6, _stand.Gateway.Asked);
    }

    [Fact]
    public async Task Other_credentials_have_a_session_of_their_own()
    {
        _stand.LoggedIn("one..").Gateway.Then(Done());
        await SendAsync();
        _stand.LoggedIn("two..").Gateway.Then(Done());
        await _stand.Client.SendAsync(
            Some.IntacctCredentials(entityId: "West"),
            [Some.CreateFunction()],
            true,
            CancellationToken.None
        );
        Assert.Contains("<sessionid>two..</sessionid>", _stand.Gateway.Bodies.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_answer_prolongs_the_session_by_its_own_two_times_whatever_our_clock_says()
    {
        // Two hours by Intacct's clock, which is a day ahead of ours.
        _stand
            .LoggedIn(timeout: "2026-03-02T11:00:00+00:00")
            .Gateway.Then(
                Answers.Operation(Answers.Success("is-1"), "2026-03-03T13:00:00-07:00", "2026-03-03T11:00:00-07:00")
            );
        await SendAsync();
        _stand.Clock.Advance(TimeSpan.FromMinutes(114));
        _stand.Gateway.Then(Answers.Operation(Answers.Success("is-1"), timeout: null));
        await SendAsync();
        Assert.Equal(3, _stand.Gateway.Asked);
        _stand.Clock.Advance(TimeSpan.FromMinutes(1));
        _stand.LoggedIn("next..").Gateway.Then(Done());
        await SendAsync();
        Assert.Equal(5, _stand.Gateway.Asked);
        Assert.Contains("<sessionid>next..</sessionid>", _stand.Gateway.Bodies.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_intacct_forgot_is_replaced_once_and_the_same_functions_go_out_again()
    {
        _stand.LoggedIn("old..").Gateway.Then(Answers.AuthenticationFailure("Invalid session o...."));
        _stand.LoggedIn("new..").Gateway.Then(Done());
        Assert.Equal(FunctionStatus.Success, (await SendAsync()).Results[0].Status);
        var bodies = _stand.Gateway.Bodies.ToList();
        Assert.Equal(
            bodies[1][bodies[1].IndexOf("<content>", StringComparison.Ordinal)..],
            bodies[3][bodies[3].IndexOf("<content>", StringComparison.Ordinal)..]
        );
    }

    [Fact]
    public async Task A_new_session_that_is_forgotten_too_is_not_replaced_again()
    {
        _stand.LoggedIn().Gateway.Then(Answers.AuthenticationFailure("Invalid session o...."));
        _stand.LoggedIn().Gateway.Then(Answers.AuthenticationFailure("Invalid session o...."));
        var failure = await _stand.FailureAsync();
        Assert.Equal(
            (IntacctFailure.SessionInvalid, false, 4),
            (failure.Failure, failure.OutcomeUnknown, _stand.Gateway.Asked)
        );
    }

    [Fact]
    public async Task A_refused_login_is_shared_and_not_repeated_until_a_minute_has_passed_or_a_probe_asks()
    {
        _stand.Gateway.Then(Answers.AuthenticationFailure("Sign-in information is incorrect"));
        var both = await Task.WhenAll(_stand.FailureAsync(), _stand.FailureAsync());
        Assert.All(both, f => Assert.Equal((IntacctFailure.LoginRejected, false), (f.Failure, f.OutcomeUnknown)));
        Assert.Equal(IntacctFailure.LoginRejected, (await _stand.FailureAsync()).Failure);
        Assert.Equal(1, _stand.Gateway.Asked);

        _stand.Gateway.Then(Answers.AuthenticationFailure("Sign-in information is incorrect"));
        await Assert.ThrowsAsync<IntacctException>(() =>
            _stand.Client.ProbeAsync(Some.IntacctCredentials(), CancellationToken.None)
        );
        Assert.Equal(2, _stand.Gateway.Asked);

        _stand.Clock.Advance(TimeSpan.FromMinutes(1));
        _stand.LoggedIn().Gateway.Then(Done());
        await SendAsync();
    }

    [Fact]
    public async Task A_probe_logs_in_anew_and_its_session_is_used_from_then_on()
    {
        _stand.LoggedIn("one..").Gateway.Then(Done());
        await SendAsync();
        _stand.LoggedIn("two..");
        await _stand.Client.ProbeAsync(Some.IntacctCredentials(), CancellationToken.None);
        _stand.Gateway.Then(Done());
        await SendAsync();
        Assert.Contains("<sessionid>two..</sessionid>", _stand.Gateway.Bodies.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_take_the_login_from_the_others()
    {
        var login = new TaskCompletionSource();
        _stand
            .Gateway.Then(
                async (request, _) =>
                {
                    await login.Task;
                    return await Answers.LoginAsync(request, Some.SessionId, Endpoint, null);
                }
            )
            .Then(Done());
        using var impatient = new CancellationTokenSource();
        var first = _stand.Client.SendAsync(Some.IntacctCredentials(), [Some.CreateFunction()], true, impatient.Token);
        var second = SendAsync();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        login.SetResult();
        Assert.Equal(FunctionStatus.Success, (await second).Results[0].Status);
    }

    [Fact]
    public async Task A_session_for_another_entity_than_was_asked_for_is_refused()
    {
        _stand.Gateway.Then(
            async (request, ct) =>
                StubHandler.Answer(
                    Answers
                        .Login(
                            Answers.ControlIdOf(await request.Content!.ReadAsStringAsync(ct)),
                            Some.SessionId,
                            Endpoint
                        )
                        .Replace("<locationid/></api>", "<locationid>East</locationid></api>", StringComparison.Ordinal)
                )
        );
        var failure = await Assert.ThrowsAsync<IntacctException>(() =>
            _stand.Client.SendAsync(
                Some.IntacctCredentials(entityId: "West"),
                [Some.CreateFunction()],
                true,
                CancellationToken.None
            )
        );
        Assert.Contains("East", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _stand.Dispose();

    private static string Done() => Answers.Operation(Answers.Success("is-1"));

    private Task<IntacctResponse> SendAsync() =>
        _stand.Client.SendAsync(
            Some.IntacctCredentials(),
            [Some.CreateFunction()],
            uniqueId: true,
            CancellationToken.None
        );
}
