using System.Net;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;
using IntacctSync.Core.Remote;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Intacct.Transport;

/// <summary>Every request to Intacct is a POST; which of them may be sent again depends on what it asks.</summary>
public sealed class RepeatedReadTests : IDisposable
{
    private static readonly IntacctQuery Query = new("CUSTOMER", ["RECORDNO"]);

    private readonly IntacctStand _stand = new IntacctStand().LoggedIn();

    [Fact]
    public async Task A_query_whose_answer_was_lost_is_sent_again_and_both_are_counted()
    {
        _stand.Gateway.ThenThrow(new HttpRequestException("reset"));
        _stand.Gateway.Otherwise = request => StubHandler.Answer(Answers.Page(request, "", 0, 0));
        var pages = await PagesAsync();
        Assert.Equal(2, Assert.Single(pages).Transactions);
        Assert.Equal(3, _stand.Gateway.Asked);
    }

    [Fact]
    public async Task A_query_that_never_left_is_counted_once()
    {
        _stand.Gateway.ThenThrow(new HttpRequestException(HttpRequestError.NameResolutionError, "unknown host"));
        _stand.Gateway.Otherwise = request => StubHandler.Answer(Answers.Page(request, "", 0, 0));
        Assert.Equal(1, Assert.Single(await PagesAsync()).Transactions);
    }

    [Fact]
    public async Task A_gateway_that_fails_for_a_moment_is_asked_again()
    {
        _stand.Gateway.Then("<html>", HttpStatusCode.BadGateway, "text/html");
        _stand.Gateway.Otherwise = request => StubHandler.Answer(Answers.Page(request, "", 0, 0));
        Assert.Single(await PagesAsync());
    }

    [Fact]
    public async Task A_company_that_gives_no_answers_is_waited_for_and_its_records_have_not_failed()
    {
        _stand.Gateway.Otherwise = _ => throw new HttpRequestException("reset");
        // The login was the first call.
        for (var i = 1; i < RemotePipelines.FewestCalls; i++)
            Assert.True((await _stand.FailureAsync()).OutcomeUnknown);
        var asked = _stand.Gateway.Asked;
        var refused = await _stand.FailureAsync();
        Assert.Equal((IntacctFailure.Throttled, false), (refused.Failure, refused.OutcomeUnknown));
        Assert.Equal(FailureClass.Throttled, refused.Classified.Class);
        Assert.NotNull(refused.Classified.RetryAfter);
        Assert.Equal(asked, _stand.Gateway.Asked);
    }

    public void Dispose() => _stand.Dispose();

    private async Task<List<IntacctPage>> PagesAsync()
    {
        var reading = ReadAsync();
        await _stand.Clock.PassPausesAsync(reading, TimeSpan.FromSeconds(1));
        return await reading;
    }

    private async Task<List<IntacctPage>> ReadAsync()
    {
        List<IntacctPage> pages = [];
        var reading = _stand.Client.QueryPagesAsync(Some.IntacctCredentials(), Query, CancellationToken.None);
        await foreach (var page in reading)
            pages.Add(page);
        return pages;
    }
}
