using System.Text;
using IntacctSync.Core.Detection.Webhooks;

namespace IntacctSync.Tests.Detection.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_SW50YWNjdFN5bmMtdGVzdC12ZWN0b3I=";
    private const string Id = "msg_1";
    private const string Timestamp = "1772442000";

    // Made by: (printf 'msg_1.1772442000.'; printf '%s' '{"event":…}') | openssl dgst -sha256 -mac HMAC -macopt
    // hexkey:$(printf 'IntacctSync-test-vector' | od -An -tx1 | tr -d ' \n') -binary | base64 where {"event":…} is
    // Body; the secret is the base64 of IntacctSync-test-vector.
    private const string Signature = "v1,UKJKWrOUlUMCNSXoqIttZgzzaIiVrZkAiFJ4xEec8tA=";

    private const string Body =
        """{"event":"organization.update","organization_uid":"1e0d7c40-0000-4000-8000-000000000001"}""";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1772442000);

    [Theory]
    [InlineData(Secret)]
    [InlineData("SW50YWNjdFN5bmMtdGVzdC12ZWN0b3I=")]
    [InlineData("SW50YWNjdFN5bmMtdGVzdC12ZWN0b3I")]
    public void A_signature_that_openssl_made_is_right(string secret) =>
        Assert.Equal(WebhookOutcome.Valid, Check(Signed(), secret).Outcome);

    [Theory]
    [InlineData("v1,AAAA " + Signature)]
    [InlineData(Signature + " v1a,AAAA")]
    [InlineData("  v2,x  " + Signature + "  ")]
    public void One_right_signature_of_several_is_enough(string signatures) =>
        Assert.Equal(WebhookOutcome.Valid, Check(Signed(signature: signatures)).Outcome);

    [Theory]
    [InlineData(-300, WebhookOutcome.Valid)]
    [InlineData(300, WebhookOutcome.Valid)]
    [InlineData(-301, WebhookOutcome.TimestampOutOfTolerance)]
    [InlineData(301, WebhookOutcome.TimestampOutOfTolerance)]
    public void A_timestamp_may_be_300_seconds_off(int seconds, WebhookOutcome expected) =>
        Assert.Equal(
            expected,
            WebhookSignature
                .Check(Encoding.UTF8.GetBytes(Body), Lookup(Signed()), Secret, Now.AddSeconds(seconds))
                .Outcome
        );

    [Theory]
    [InlineData("0", WebhookOutcome.TimestampOutOfTolerance)]
    [InlineData("9223372036854775807", WebhookOutcome.TimestampOutOfTolerance)]
    [InlineData("9223372036854775808", WebhookOutcome.BadSignature)]
    [InlineData("-1772442000", WebhookOutcome.BadSignature)]
    [InlineData("1772442000.5", WebhookOutcome.BadSignature)]
    [InlineData("2026-03-02T09:00:00Z", WebhookOutcome.BadSignature)]
    [InlineData("", WebhookOutcome.BadSignature)]
    [InlineData(null, WebhookOutcome.BadSignature)]
    public void A_wrong_timestamp_is_refused(string? timestamp, WebhookOutcome expected) =>
        Assert.Equal(expected, Check(Signed(timestamp: timestamp)).Outcome);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("v1")]
    [InlineData("v1,")]
    [InlineData("v1,!!!!")]
    [InlineData("v1,AAAA")]
    [InlineData("V1,UKJKWrOUlUMCNSXoqIttZgzzaIiVrZkAiFJ4xEec8tA=")]
    [InlineData("v2,UKJKWrOUlUMCNSXoqIttZgzzaIiVrZkAiFJ4xEec8tA=")]
    [InlineData("UKJKWrOUlUMCNSXoqIttZgzzaIiVrZkAiFJ4xEec8tA=")]
    [InlineData("v1,UKJKWrOUlUMCNSXoqIttZgzzaIiVrZkAiFJ4xEec9tA=")]
    [InlineData("v1,UKJKWrOUlUMCNSXoqIttZgzzaIiVrZkAiFJ4xEec8tA=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(null)]
    public void A_signature_that_does_not_fit_is_refused(string? signature) =>
        Assert.Equal(WebhookOutcome.BadSignature, Check(Signed(signature: signature)).Outcome);

    [Fact]
    public void Body_id_timestamp_and_secret_are_all_signed()
    {
        Assert.Equal(
            WebhookOutcome.BadSignature,
            WebhookSignature.Check(Encoding.UTF8.GetBytes(Body + " "), Lookup(Signed()), Secret, Now).Outcome
        );
        Assert.Equal(WebhookOutcome.BadSignature, Check(Signed(id: "msg_2")).Outcome);
        Assert.Equal(WebhookOutcome.BadSignature, Check(Signed(id: null)).Outcome);
        Assert.Equal(WebhookOutcome.BadSignature, Check(Signed(timestamp: "1772442001")).Outcome);
        Assert.Equal(WebhookOutcome.BadSignature, Check(Signed(), "whsec_QW5vdGhlcg==").Outcome);
    }

    [Theory]
    [InlineData("a-secret-of-words", "a-secret-of-words", WebhookOutcome.Valid)]
    [InlineData(Secret, Secret, WebhookOutcome.Valid)]
    [InlineData("a-secret-of-words", "a-secret-of-word", WebhookOutcome.WrongSecret)]
    [InlineData("a-secret-of-words", "A-secret-of-words", WebhookOutcome.WrongSecret)]
    [InlineData("a-secret-of-words", "", WebhookOutcome.WrongSecret)]
    public void The_shared_secret_must_be_equal(string secret, string given, WebhookOutcome expected) =>
        Assert.Equal(expected, Check(Shared(given), secret).Outcome);

    [Fact]
    public void Either_way_is_enough()
    {
        var both = Signed();
        both["x-hook-secret"] = "wrong";
        Assert.Equal(WebhookOutcome.Valid, Check(both).Outcome);
        var other = Signed(signature: "v1,AAAA");
        other["x-hook-secret"] = Secret;
        Assert.Equal(WebhookOutcome.Valid, Check(other).Outcome);
    }

    [Fact]
    public void Nothing_at_all_is_missing() =>
        Assert.Equal(WebhookOutcome.Missing, Check(Signed(null, null, null)).Outcome);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("whsec_")]
    public void Without_a_secret_everything_is_refused(string? secret)
    {
        Assert.Equal(WebhookOutcome.NoSecret, Check(Signed(null, null, null), secret).Outcome);
        Assert.Equal(WebhookOutcome.NoSecret, Check(Signed(), secret).Outcome);
        Assert.Equal(WebhookOutcome.NoSecret, Check(Shared(secret ?? ""), secret).Outcome);
    }

    [Theory]
    [InlineData("x-hook-secret", "canary-given")]
    [InlineData("webhook-signature", "v1,Y2FuYXJ5LWdpdmVu")]
    public void No_reason_shows_a_secret_or_what_was_given(string header, string given)
    {
        var headers = Signed(signature: null);
        headers[header] = given;
        var reason = Check(headers).Reason;
        Assert.DoesNotContain(given, reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret[6..], reason, StringComparison.Ordinal);
    }

    private static WebhookVerdict Check(Dictionary<string, string?> headers, string? secret = Secret) =>
        WebhookSignature.Check(Encoding.UTF8.GetBytes(Body), Lookup(headers), secret, Now);

    private static Dictionary<string, string?> Shared(string secret) =>
        new(StringComparer.Ordinal) { ["x-hook-secret"] = secret };

    private static Func<string, string?> Lookup(Dictionary<string, string?> headers) =>
        name => headers.GetValueOrDefault(name);

    private static Dictionary<string, string?> Signed(
        string? id = Id,
        string? timestamp = Timestamp,
        string? signature = Signature
    ) =>
        new(StringComparer.Ordinal)
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = timestamp,
            ["webhook-signature"] = signature,
        };
}
