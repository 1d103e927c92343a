using System.Net;
using System.Text;
using IntacctSync.Core.Zuper.Client;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Tests.Zuper.Client;

public sealed class ZuperErrorsTests
{
    private const string Success = """{"type":"success","data":{}}""";
    private const string Error =
        """{"type":"error","title":"Invalid Category","message":"The Category is not valid"}""";
    private const string Html =
        "<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Cannot GET /api/nothing</pre></body></html>";

    [Theory]
    [InlineData(200, Success, null)]
    [InlineData(201, Success, null)]
    [InlineData(200, """{"type":"SUCCESS","message":"done"}""", null)]
    [InlineData(200, """{"type":"Success "}""", null)]
    [InlineData(200, """{"data":[]}""", null)]
    [InlineData(200, """{"config":{}}""", null)]
    [InlineData(200, Error, ZuperFailure.Rejected)]
    [InlineData(200, """{"type":"ERROR","message":"x"}""", ZuperFailure.Rejected)]
    [InlineData(200, """{"type":"pending"}""", ZuperFailure.Unreadable)]
    [InlineData(200, """{"message":"Webhook details are mandatory"}""", ZuperFailure.Unreadable)]
    [InlineData(200, "[]", ZuperFailure.Unreadable)]
    [InlineData(200, """{"type":"success","data":[{"organization_uid":"1""", ZuperFailure.Unreadable)]
    [InlineData(200, "", ZuperFailure.Unreadable)]
    [InlineData(204, "", ZuperFailure.Unreadable)]
    [InlineData(200, Html, ZuperFailure.NotZuper)]
    [InlineData(301, "", ZuperFailure.NotZuper)]
    [InlineData(302, Html, ZuperFailure.NotZuper)]
    [InlineData(400, Error, ZuperFailure.Rejected)]
    [InlineData(400, "Bad Request", ZuperFailure.Rejected)]
    [InlineData(401, Error, ZuperFailure.KeyRejected)]
    [InlineData(401, "", ZuperFailure.KeyRejected)]
    [InlineData(403, Html, ZuperFailure.NotPermitted)]
    [InlineData(404, Error, ZuperFailure.NotFound)]
    [InlineData(404, Html, ZuperFailure.NotZuper)]
    [InlineData(404, "", ZuperFailure.NotZuper)]
    [InlineData(405, Html, ZuperFailure.NotZuper)]
    [InlineData(408, "", ZuperFailure.Transient)]
    [InlineData(409, Error, ZuperFailure.Rejected)]
    [InlineData(410, Error, ZuperFailure.NotFound)]
    [InlineData(422, Error, ZuperFailure.Rejected)]
    [InlineData(425, "", ZuperFailure.Transient)]
    [InlineData(429, "", ZuperFailure.Throttled)]
    [InlineData(429, Html, ZuperFailure.Throttled)]
    [InlineData(500, Error, ZuperFailure.Transient)]
    [InlineData(502, Html, ZuperFailure.Transient)]
    [InlineData(503, Html, ZuperFailure.Transient)]
    [InlineData(504, "", ZuperFailure.Transient)]
    [InlineData(529, "", ZuperFailure.Throttled)]
    public void An_answer_has_one_meaning(int status, string body, ZuperFailure? expected) =>
        Assert.Equal(expected, ZuperErrors.Classify(Answer(status, body), writes: false));

    [Theory]
    [InlineData("""{"data":{"organization_uid":"1"}}""", ZuperFailure.Unreadable)]
    [InlineData("""{"type":"success"}""", null)]
    public void A_write_is_done_only_when_zuper_says_so(string body, ZuperFailure? expected) =>
        Assert.Equal(expected, ZuperErrors.Classify(Answer(200, body), writes: true));

    [Theory]
    [InlineData(ZuperFailure.OutcomeUnknown, null, true)]
    [InlineData(ZuperFailure.Transient, 502, true)]
    [InlineData(ZuperFailure.Unreadable, 200, true)]
    [InlineData(ZuperFailure.NotZuper, 200, true)]
    [InlineData(ZuperFailure.NotZuper, 404, false)]
    [InlineData(ZuperFailure.Unreachable, null, false)]
    [InlineData(ZuperFailure.Throttled, 429, false)]
    [InlineData(ZuperFailure.KeyRejected, 401, false)]
    [InlineData(ZuperFailure.NotFound, 404, false)]
    [InlineData(ZuperFailure.Rejected, 400, false)]
    [InlineData(ZuperFailure.ForbiddenHost, null, false)]
    public void A_write_is_in_doubt_when_it_may_have_been_carried_out(ZuperFailure failure, int? status, bool doubt)
    {
        Assert.Equal(doubt, ZuperErrors.LeavesDoubt(failure, (HttpStatusCode?)status, writes: true));
        Assert.False(ZuperErrors.LeavesDoubt(failure, (HttpStatusCode?)status, writes: false));
    }

    [Theory]
    [InlineData("Invalid Product UID", true)]
    [InlineData("No Property found for given UID", true)]
    [InlineData("Invalid Sort By Value", false)]
    [InlineData("Missing Organization name", false)]
    public void A_refusal_that_names_an_unknown_uid_is_known(string text, bool expected) =>
        Assert.Equal(expected, ZuperErrors.NamesUnknownRecord(text));

    [Fact]
    public void An_excerpt_has_no_mark_up_no_control_characters_and_no_secret_and_is_short()
    {
        var body =
            $"<html><style>.x{{}}</style><body>\r\n\t<h1>Down\u0007</h1> key=s3cret "
            + $"{new string('x', 500)}</body></html>";
        var excerpt = ZuperExcerpt.Of(Encoding.UTF8.GetBytes(body), "s3cret");
        Assert.StartsWith("Down key=*** xxx", excerpt, StringComparison.Ordinal);
        Assert.Equal(ZuperExcerpt.MaxLength, excerpt.Length);
        Assert.Equal("Error Cannot GET /api/nothing", Answer(404, Html).Excerpt);
    }

    [Fact]
    public void The_excerpt_of_an_envelope_is_what_it_says()
    {
        Assert.Equal("Invalid Category: The Category is not valid", Answer(400, Error).Excerpt);
        Assert.Equal(
            "COUNT_LIMIT_EXCEEDED",
            Answer(400, """{"title":"COUNT_LIMIT_EXCEEDED","message":"COUNT_LIMIT_EXCEEDED"}""").Excerpt
        );
        Assert.Equal(
            "Validation Error: value is required: group not found: g1",
            Answer(
                400,
                """{"message":"Validation Error","errors":[{"message":"value is required"}],"data":{"group_uids_not_found":["g1"]}}"""
            ).Excerpt
        );
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"type\":\"\\ud800\",\"message\":{\"a\":1}}")]
    [InlineData("{\"type\":5,\"errors\":7,\"data\":\"x\"}")]
    [InlineData("\u0000\u0001")]
    [InlineData("{{{{")]
    public void No_body_makes_reading_it_throw(string body) =>
        Assert.NotNull(ZuperErrors.Classify(Answer(200, body), writes: false));

    [Theory]
    [InlineData(200, "{\"type\":\"success\",\"data\":{\"\\ud800\":1}}", ZuperFailure.Unreadable)]
    [InlineData(200, "{\"\\udfff\":\"success\"}", ZuperFailure.Unreadable)]
    [InlineData(400, "{\"type\":\"error\",\"\\ud800\":1}", ZuperFailure.Rejected)]
    [InlineData(503, "{\"\\ud800\":1}", ZuperFailure.Transient)]
    public void A_name_that_is_half_a_character_is_a_failure_of_its_class(int status, string body, ZuperFailure failure)
    {
        Assert.Equal(failure, ZuperErrors.Classify(Answer(status, body), writes: false));
        Assert.Equal(failure, ZuperErrors.Classify(Answer(status, body), writes: true));
    }

    private static ZuperAnswer Answer(int status, string body) =>
        ZuperAnswer.Of((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), null);
}
