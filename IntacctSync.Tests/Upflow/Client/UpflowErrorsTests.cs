using System.Net;
using System.Text;
using IntacctSync.Core.Upflow.Client;

namespace IntacctSync.Tests.Upflow.Client;

public sealed class UpflowErrorsTests
{
    private static readonly UpflowAccount Account = new(new Uri("https://api.upflow.io/v1"), "the-key", "the-secret");

    [Theory]
    [InlineData(200, "{\"id\": \"1\"}", null)]
    [InlineData(201, "CREATED", null)]
    [InlineData(204, "", null)]
    [InlineData(200, "{\"id\": ", UpflowFailure.Unreadable)]
    [InlineData(200, "<html>Sign in</html>", UpflowFailure.NotUpflow)]
    [InlineData(302, "", UpflowFailure.NotUpflow)]
    [InlineData(400, "{\"message\": \"no\"}", UpflowFailure.Rejected)]
    [InlineData(413, "", UpflowFailure.Rejected)]
    [InlineData(401, "{}", UpflowFailure.KeyRejected)]
    [InlineData(403, "{}", UpflowFailure.NotPermitted)]
    [InlineData(404, "{\"message\": \"Invoice not found\"}", UpflowFailure.NotFound)]
    [InlineData(404, "<html>Not here</html>", UpflowFailure.NotUpflow)]
    [InlineData(429, "", UpflowFailure.Throttled)]
    [InlineData(408, "", UpflowFailure.Transient)]
    [InlineData(503, "<html>Busy</html>", UpflowFailure.Transient)]
    public void An_answer_is_judged_by_its_status_and_its_shape(int status, string body, UpflowFailure? expected) =>
        Assert.Equal(expected, UpflowErrors.Classify(Of(status, body)));

    [Fact]
    public void What_was_said_is_told_without_the_keys()
    {
        var answer = Of(400, "{\"message\": \"the-secret of the-key <b>is</b> wrong\"}");
        Assert.Equal("*** of *** is wrong", answer.Excerpt);
    }

    [Theory]
    [InlineData(UpflowFailure.Transient, true)]
    [InlineData(UpflowFailure.Unreadable, true)]
    [InlineData(UpflowFailure.Rejected, false)]
    [InlineData(UpflowFailure.Throttled, false)]
    public void A_write_is_in_doubt_where_it_may_have_been_carried_out(UpflowFailure failure, bool doubt)
    {
        Assert.Equal(doubt, UpflowErrors.LeavesDoubt(failure, HttpStatusCode.OK, writes: true));
        Assert.False(UpflowErrors.LeavesDoubt(failure, HttpStatusCode.OK, writes: false));
    }

    private static UpflowAnswer Of(int status, string body) =>
        UpflowAnswer.Of((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), Account);
}
