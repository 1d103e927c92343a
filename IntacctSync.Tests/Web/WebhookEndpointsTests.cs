using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using IntacctSync.Core.Detection.Webhooks;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Secrets;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Web;

public class WebhookEndpointsTests : ApiTest
{
    private const string Update =
        """{"event": "organization.update", "organization_uid": "1e0d7c40-0000-4000-8000-000000000001", "triggered_at": "2026-03-02T09:00:00Z"}""";

    private readonly SilentVault _vault = new();

    protected override ISecretStore Secrets => _vault;

    [Fact]
    public async Task An_event_is_accepted_and_queued_under_its_id()
    {
        (await PutAsync()).Is(201);
        var answer = (await HookAsync(Update, eventId: "evt-1")).Is(202);
        Assert.Equal(["evt-1", "accepted"], answer.Of("eventId", "status"));
        var envelope = Assert.Single(Queue.Sent).Envelope;
        Assert.Equal((EnvelopeKind.Record, Some.Uid(1)), (envelope.Kind, envelope.SourceId));
        Assert.StartsWith("evt-1@", envelope.EventId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_arrives_twice_at_once_is_a_duplicate()
    {
        (await PutAsync()).Is(201);
        Assert.Equal("accepted", (await HookAsync(Update)).Is(202)["status"]);
        Assert.Equal("duplicate", (await HookAsync(Update)).Is(202)["status"]);
        Assert.Single(Queue.Sent);
    }

    [Theory]
    [InlineData("constant")]
    [InlineData(null)]
    public async Task Two_changes_under_one_id_or_in_equal_bodies_within_a_second_both_arrive(string? eventId)
    {
        (await PutAsync()).Is(201);
        var first = (await HookAsync(Update, eventId: eventId)).Is(202);
        Clock.Advance(TimeSpan.FromMilliseconds(300));
        var second = (await HookAsync(Update, eventId: eventId)).Is(202);
        Assert.Equal(("accepted", "duplicate"), (first["status"], second["status"]));
        Assert.Equal(first["eventId"], second["eventId"]);
        Assert.Equal(2, Queue.Sent.DistinctBy(s => s.Envelope.MessageId, StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(9, "duplicate")]
    [InlineData(25, "accepted")]
    public async Task A_repeat_is_called_a_duplicate_for_some_minutes_and_is_read_all_the_same(
        int minutes,
        string status
    )
    {
        (await PutAsync()).Is(201);
        (await PutAsync(id: "other")).Is(201);
        Assert.Equal("accepted", (await HookAsync(Update, eventId: "evt-1")).Is(202)["status"]);
        Clock.Advance(TimeSpan.FromMinutes(minutes));
        Assert.Equal(status, (await HookAsync(Update, eventId: "evt-1")).Is(202)["status"]);
        Assert.Equal("accepted", (await HookAsync(Update, eventId: "evt-2")).Is(202)["status"]);
        Assert.Equal(3, Queue.Sent.Count);
    }

    [Fact]
    public async Task A_sweep_that_is_asked_for_twice_under_one_id_is_made_twice()
    {
        (await PutAsync()).Is(201);
        await HookAsync("""{"event": "organization.bulk_action"}""", eventId: "constant");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await HookAsync("""{"event": "organization.bulk_action"}""", eventId: "constant");
        Assert.Equal(2, Queue.Sent.Count);
    }

    [Theory]
    [InlineData("""{"event": "asset.update", "asset_uid": "1"}""")]
    [InlineData("""{"event": "product.update", "product_uid": "1"}""")]
    [InlineData("""{"event": "invoice.payment_mode_update", "invoice_uid": "1"}""")]
    public async Task An_event_that_no_flow_wants_is_ignored(string body)
    {
        (await PutAsync()).Is(201);
        Assert.Equal("ignored", (await HookAsync(body)).Is(202)["status"]);
        Assert.Empty(Queue.Sent);
    }

    [Fact]
    public async Task A_flow_that_is_off_ignores_its_events()
    {
        (await PutAsync(d => d["syncOrganizations"] = false)).Is(201);
        Assert.Equal("ignored", (await HookAsync(Update)).Is(202)["status"]);
    }

    [Fact]
    public async Task An_authenticated_body_that_can_not_be_read_causes_a_sweep_of_every_module()
    {
        (await PutAsync()).Is(201);
        Assert.Equal("accepted", (await HookAsync("not json")).Is(202)["status"]);
        Assert.All(Queue.Sent, s => Assert.Equal(EnvelopeKind.Poll, s.Envelope.Kind));
        Assert.Equal(
            ["customers", "invoices", "organizations"],
            Queue.Sent.Select(s => s.Envelope.Feed).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_standard_signature_of_the_raw_body_is_enough()
    {
        (await PutAsync()).Is(201);
        var at = Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Some.WebhookSecret),
            Encoding.UTF8.GetBytes($"evt-9.{at}.{Update}")
        );
        (
            await CallAsync(
                "POST",
                "/api/webhooks/acme",
                null,
                r =>
                {
                    r.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Update));
                    r.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                    r.Headers.Add("webhook-id", "evt-9");
                    r.Headers.Add("webhook-timestamp", at);
                    r.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
                }
            )
        ).Is(202);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Whoever_does_not_know_the_secret_gets_401_and_learns_nothing(string? secret)
    {
        (await PutAsync()).Is(201);
        var answer = (await HookAsync(Update, secret: secret)).Is(401);
        Assert.Null(answer["detail"]);
        Assert.Null(answer["errors"]);
        Assert.Empty(Queue.Sent);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("No_Id")]
    public async Task An_unknown_connection_answers_404(string id) => (await HookAsync(Update, id)).Is(404);

    [Fact]
    public async Task A_deactivated_connection_answers_410()
    {
        (await PutAsync()).Is(201);
        (await CallAsync("DELETE", "/api/connections/acme")).Is(204);
        (await HookAsync(Update)).Is(410);
        Assert.Empty(Queue.Sent);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonp")]
    [InlineData("")]
    public async Task Another_content_type_answers_415(string type)
    {
        (await PutAsync()).Is(201);
        (await HookAsync(Update, type: type)).Is(415);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON;charset=ISO-8859-1")]
    public async Task JSON_of_any_charset_is_taken(string type)
    {
        (await PutAsync()).Is(201);
        (await HookAsync(Update, type: type)).Is(202);
    }

    [Fact]
    public async Task A_body_of_256_KiB_is_taken_and_one_byte_more_answers_413()
    {
        (await PutAsync()).Is(201);
        (await HookAsync(Update.PadRight(256 * 1024))).Is(202);
        (await HookAsync(Update.PadRight((256 * 1024) + 1))).Is(413);
    }

    [Fact]
    public async Task A_body_that_does_not_tell_its_length_is_cut_off_as_well()
    {
        (await PutAsync()).Is(201);
        (
            await CallAsync(
                "POST",
                "/api/webhooks/acme",
                null,
                r =>
                {
                    r.Content = new StreamContent(new MemoryStream(new byte[(256 * 1024) + 1]));
                    r.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                    r.Headers.TransferEncodingChunked = true;
                    r.Headers.Add("x-hook-secret", Some.WebhookSecret);
                }
            )
        ).Is(413);
        Assert.Empty(Queue.Sent);
    }

    [Fact]
    public async Task Webhooks_with_the_secret_have_no_rate_and_those_without_leave_them_alone()
    {
        (await PutAsync()).Is(201);
        for (var i = 0; i < 600; i++)
            await HookAsync(Update, secret: "wrong");
        for (var i = 0; i < 700; i++)
            (await HookAsync(Update, eventId: $"evt-{i}")).Is(202);
        Assert.Equal(700, Queue.Sent.Count);
    }

    [Fact]
    public async Task Strangers_use_up_nothing_of_the_connections_own_senders_and_are_told_of_in_one_line()
    {
        (await PutAsync()).Is(201);
        var statuses = new List<int>();
        for (var i = 0; i < 1000; i++)
            statuses.Add((await HookAsync(Update, secret: "wrong")).Status);
        Assert.All(statuses.Take(60), s => Assert.Equal(401, s));
        Assert.Contains(429, statuses.Skip(60));
        for (var i = 0; i < 60; i++)
            (await HookAsync(Update)).Is(202);
        Assert.Single(LogLines, line => line.Contains("were refused", StringComparison.Ordinal));
        Assert.Equal(1000, await Get<WebhookRefusals>().TodayAsync(ConnectionId.Parse("acme"), CancellationToken.None));
    }

    [Fact]
    public async Task The_body_of_a_sender_who_proves_nothing_is_not_even_read()
    {
        (await PutAsync()).Is(201);
        (await HookAsync(Update.PadRight((256 * 1024) + 1), secret: "wrong")).Is(401);
        (await HookAsync(Update, secret: "wrong", type: "text/plain")).Is(401);
    }

    [Theory]
    [InlineData("""{"event": "organization.update", "\ud800": 1}""")]
    [InlineData("""{"event": "organization.update", "organization": {"\uDC00x": "y"}}""")]
    public async Task A_name_that_is_half_a_character_causes_a_sweep(string body)
    {
        (await PutAsync()).Is(201);
        Assert.Equal("accepted", (await HookAsync(body)).Is(202)["status"]);
        Assert.All(Queue.Sent, s => Assert.Equal(EnvelopeKind.Poll, s.Envelope.Kind));
        Assert.NotEmpty(Queue.Sent);
    }

    [Fact]
    public async Task A_replaced_secret_is_taken_for_24_hours_and_a_cleared_one_no_longer()
    {
        (await PutAsync()).Is(201);
        (await PutAsync(d => d["zuper"]!["webhookSecret"] = "canary-the-next-secret")).Is(200);
        (await HookAsync(Update)).Is(202);
        (await HookAsync(Update, secret: "canary-the-next-secret")).Is(202);
        Clock.Advance(TimeSpan.FromHours(24));
        (await HookAsync(Update)).Is(401);
        (await HookAsync(Update, secret: "canary-the-next-secret")).Is(202);
        (await PutAsync(d => d["zuper"]!["webhookSecret"] = "canary-the-third-secret")).Is(200);
        (await PutAsync(d => d["zuper"]!["webhookSecret"] = new JsonObject { ["set"] = false })).Is(200);
        (await HookAsync(Update, secret: "canary-the-next-secret")).Is(401);
        (await HookAsync(Update, secret: "canary-the-third-secret")).Is(401);
    }

    [Fact]
    public async Task An_event_that_could_not_be_made_durable_answers_503_with_Retry_After()
    {
        (await PutAsync()).Is(201);
        Queue.Down = true;
        Assert.NotNull((await HookAsync(Update)).Is(503).Headers.RetryAfter);
        Queue.Down = false;
        Table.Down = true;
        Assert.NotNull((await HookAsync(Update)).Is(503).Headers.RetryAfter);
        Table.Down = false;
        Assert.Equal("accepted", (await HookAsync(Update)).Is(202)["status"]);
    }

    [Fact]
    public async Task Webhooks_that_nobody_proved_while_the_store_is_down_are_one_line_of_the_log()
    {
        Table.Down = true;
        for (var i = 0; i < 1000; i++)
            (await HookAsync(Update, secret: "wrong")).Is(503);
        Assert.Single(LogLines, Told);
        Clock.Advance(TimeSpan.FromMinutes(1));
        (await HookAsync(Update, secret: "wrong")).Is(503);
        Assert.Contains("last told: 1000,", LogLines.Last(Told), StringComparison.Ordinal);

        static bool Told(string line) => line.Contains("could not be taken", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_hangs_likewise()
    {
        (await PutAsync()).Is(201);
        Queue.Hangs = true;
        await AssertAskedToComeAgainAsync(TimeSpan.FromSeconds(8), Queue.Taken);
        Queue.Hangs = false;
        Assert.Equal("accepted", (await HookAsync(Update)).Is(202)["status"]);
    }

    [Fact]
    public async Task A_store_that_hangs_is_waited_for_eight_seconds_and_then_answers_503_with_Retry_After()
    {
        (await PutAsync()).Is(201);
        Table.Hangs = true;
        await AssertAskedToComeAgainAsync(TimeSpan.FromSeconds(8));
        Table.Hangs = false;
        Assert.Equal("accepted", (await HookAsync(Update)).Is(202)["status"]);
    }

    [Fact]
    public async Task A_vault_that_hangs_likewise()
    {
        (await PutAsync()).Is(201);
        _vault.Hangs = true;
        await AssertAskedToComeAgainAsync(TimeSpan.FromSeconds(8));
        _vault.Hangs = false;
        Assert.Equal("accepted", (await HookAsync(Update)).Is(202)["status"]);
    }

    [Fact]
    public async Task That_a_connection_has_no_secret_is_looked_up_once_in_five_seconds_until_a_put_brings_one()
    {
        (await PutAsync(d => d["zuper"]!.AsObject().Remove("webhookSecret"))).Is(201);
        await HookAsync(Update);
        var asked = _vault.Asked;
        for (var i = 0; i < 20; i++)
            (await HookAsync(Update)).Is(401);
        Assert.Equal(asked, _vault.Asked);
        Clock.Advance(TimeSpan.FromSeconds(5));
        (await HookAsync(Update)).Is(401);
        Assert.True(_vault.Asked > asked);
        (await PutAsync()).Is(200);
        (await HookAsync(Update)).Is(202);
    }

    [Fact]
    public async Task The_address_check_answers_200_for_any_id() =>
        (await CallAsync("GET", "/api/webhooks/No_Id")).Is(200);

    /// <param name="after">How long it takes.</param>
    /// <param name="waits">Ends when the call waits for what hangs; null where its first timer says so.</param>
    private async Task AssertAskedToComeAgainAsync(TimeSpan after, Task? waits = null)
    {
        var asked = HookAsync(Update);
        await (waits ?? Clock.NextTimerIsDueAsync(Clock.GetUtcNow() + after)).WaitAsync(TimeSpan.FromMinutes(1));
        Clock.Advance(after - TimeSpan.FromTicks(1));
        Assert.False(asked.IsCompleted);
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.NotNull((await asked).Is(503).Headers.RetryAfter);
    }

    /// <summary>Secrets in memory, which may take a call and never answer it.</summary>
    private sealed class SilentVault : ISecretStore
    {
        private readonly StubSecrets _inner = new();

        public bool Hangs { get; set; }

        /// <summary>How many secrets were asked for.</summary>
        public int Asked { get; private set; }

        public Task<string?> GetAsync(SecretName name, CancellationToken cancellationToken)
        {
            Asked++;
            return Hangs ? new TaskCompletionSource<string?>().Task : _inner.GetAsync(name, cancellationToken);
        }

        public Task SetAsync(SecretName name, string secret, CancellationToken cancellationToken) =>
            _inner.SetAsync(name, secret, cancellationToken);

        public Task DeleteAsync(SecretName name, CancellationToken cancellationToken) =>
            _inner.DeleteAsync(name, cancellationToken);

        public Task DeleteAllAsync(ConnectionId connection, CancellationToken cancellationToken) =>
            _inner.DeleteAllAsync(connection, cancellationToken);
    }
}
