using System.Text;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Detection.Webhooks;

public sealed class WebhookEventIdTests
{
    private const string First =
        """{"event":"organization.update","organization_uid":"u","triggered_at":"2026-02-03T15:04:05.000Z","retry_count":"0","max_retries":"4","o":{"a":1,"b":[true,null,"x"]}}""";

    private readonly CountingIds _ids = new();

    [Fact]
    public void The_header_names_the_event()
    {
        Assert.Equal("msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", Of(First, " msg_2KWPBgLlAfxdpx2AI54pPJ85f4W "));
        Assert.Equal(Of("other", "msg_1"), Of(First, "msg_1"));
    }

    [Theory]
    [InlineData(65)]
    [InlineData(10_000)]
    public void A_header_that_is_too_long_is_hashed(int length)
    {
        var id = Of(First, new string('a', length));
        Assert.InRange(id.Length, 10, 64);
        Assert.Equal(id, Of("", new string('a', length)));
        Assert.NotEqual(id, Of(First, new string('a', length - 1) + "b"), StringComparer.Ordinal);
    }

    [Fact]
    public void A_header_with_odd_characters_is_hashed() =>
        Assert.StartsWith("wid-", Of(First, "a/b:c\u0007"), StringComparison.Ordinal);

    [Theory]
    [InlineData(
        """{"event":"organization.update","organization_uid":"u","triggered_at":"2026-02-03T15:04:05.000Z","retry_count":"3","max_retries":"4","o":{"a":1,"b":[true,null,"x"]}}"""
    )]
    [InlineData(
        """{"event":"organization.update","organization_uid":"u","triggered_at":"2026-02-03T15:04:05.000Z","o":{"a":1,"b":[true,null,"x"]}}"""
    )]
    [InlineData(
        """{ "o": {"b":[true,null,"\u0078"],"a":1}, "triggered_at":"2026-02-03T15:04:05.000Z", "organization_uid":"u", "event":"organization.update" }"""
    )]
    public void Two_deliveries_of_one_event_have_one_id(string again) => Assert.Equal(Of(First), Of(again));

    [Theory]
    [InlineData(
        """{"event":"organization.update","organization_uid":"u","triggered_at":"2026-02-03T15:04:06.000Z","o":{"a":1,"b":[true,null,"x"]}}"""
    )]
    [InlineData(
        """{"event":"organization.update","organization_uid":"v","triggered_at":"2026-02-03T15:04:05.000Z","o":{"a":1,"b":[true,null,"x"]}}"""
    )]
    [InlineData(
        """{"event":"organization.update","organization_uid":"u","triggered_at":"2026-02-03T15:04:05.000Z","o":{"a":1,"b":[null,true,"x"]}}"""
    )]
    [InlineData(
        """{"event":"organization.update","organization_uid":"u","triggered_at":"2026-02-03T15:04:05.000Z","o":{"a":1,"b":[true,null,"x"],"retry_count":"0"}}"""
    )]
    [InlineData(
        """{"event":"organization.update","organization_uid":"u","triggered_at":"2026-02-03T15:04:05.000Z","o":{"a":"1","b":[true,null,"x"]}}"""
    )]
    public void Two_events_have_two_ids(string other) => Assert.NotEqual(Of(First), Of(other), StringComparer.Ordinal);

    [Theory]
    [InlineData("""{"event":"organization.update","organization_uid":"u"}""")]
    [InlineData("""{"event":"organization.update","triggered_at":null}""")]
    [InlineData("""{"event":"organization.update","triggered_at":" "}""")]
    [InlineData("""["triggered_at"]""")]
    [InlineData("{'triggered_at': 'x'}")]
    [InlineData("{\"triggered_at\":\"x\",\"a\":\"\\ud800\"}")]
    [InlineData("")]
    public void A_body_that_can_not_be_told_from_another_is_never_taken_for_a_repeat(string body)
    {
        Assert.Equal("id-000001", Of(body));
        Assert.Equal("id-000002", Of(body, " "));
    }

    private string Of(string body, string? header = null) =>
        WebhookEventId.Of(header, Encoding.UTF8.GetBytes(body), _ids);
}
