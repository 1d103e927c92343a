using System.Net;
using IntacctSync.Web.Access;

namespace IntacctSync.Tests.Web;

public static class OperationsGateTests
{
    public class With_a_key : ApiTest
    {
        protected override OperationsAccess Access => new("the-operations-key", WithoutKey.LoopbackOnly);

        [Fact]
        public async Task The_key_opens_the_operations_from_anywhere()
        {
            From = IPAddress.Parse("203.0.113.9");
            (
                await CallAsync("GET", "/api/connections", null, r => r.Headers.Add("x-api-key", "the-operations-key"))
            ).Is(200);
        }

        [Theory]
        [InlineData(null)]
        [InlineData("")]
        [InlineData("the-operations-ke")]
        [InlineData("The-operations-key")]
        public async Task Without_it_or_with_another_one_they_answer_401_even_to_loopback(string? key) =>
            Assert.Contains(
                "x-api-key",
                (
                    await CallAsync(
                        "GET",
                        "/api/connections",
                        null,
                        r =>
                        {
                            if (key is not null)
                                r.Headers.TryAddWithoutValidation("x-api-key", key);
                        }
                    )
                ).Is(401)["detail"],
                StringComparison.Ordinal
            );

        [Fact]
        public async Task A_page_of_another_origin_is_refused_even_with_the_key() =>
            (
                await CallAsync(
                    "GET",
                    "/api/connections",
                    null,
                    r =>
                    {
                        r.Headers.Add("x-api-key", "the-operations-key");
                        r.Headers.Add("Origin", "http://127.0.0.1:1");
                    }
                )
            ).Is(403);

        [Fact]
        public async Task Two_thousand_wrong_keys_are_slowed_and_noticed_in_one_line_and_the_right_one_is_served()
        {
            var statuses = new List<int>();
            for (var i = 0; i < 2000; i++)
                statuses.Add(
                    (
                        await CallAsync("GET", "/api/connections", null, r => r.Headers.Add("x-api-key", $"wrong-{i}"))
                    ).Status
                );
            Assert.All(statuses.Take(10), s => Assert.Equal(401, s));
            Assert.Contains(429, statuses.Skip(10));
            Assert.Single(LogLines, line => line.Contains("without the right key", StringComparison.Ordinal));
            (
                await CallAsync("GET", "/api/connections", null, r => r.Headers.Add("x-api-key", "the-operations-key"))
            ).Is(200);
        }

        [Theory]
        [InlineData("/api/health/live")]
        [InlineData("/api/health/ready")]
        [InlineData("/api/webhooks/anything")]
        public async Task Health_and_the_address_check_of_webhooks_need_none(string path) =>
            (await CallAsync("GET", path)).Is(200);

        [Fact]
        public void The_key_is_in_no_text() =>
            Assert.DoesNotContain("the-operations-key", Access.ToString(), StringComparison.Ordinal);
    }

    public sealed class Without_a_key_on_one_machine : ApiTest
    {
        [Theory]
        [InlineData("localhost:8080")]
        [InlineData("127.0.0.1")]
        [InlineData("[::1]:8080")]
        public async Task Loopback_by_a_loopback_name_is_served(string host) =>
            (await CallAsync("GET", "/api/connections", null, r => r.Headers.Host = host)).Is(200);

        [Theory]
        [InlineData("evil.example")]
        [InlineData("localhost.evil.example")]
        [InlineData("10.0.0.1")]
        public async Task Another_Host_header_is_refused_since_a_name_can_be_bound_anew_to_loopback(string host) =>
            Assert.Contains(
                "Admin:ApiKey",
                (await CallAsync("GET", "/api/connections", null, r => r.Headers.Host = host)).Is(403)["detail"],
                StringComparison.Ordinal
            );

        [Fact]
        public async Task A_caller_from_elsewhere_is_refused()
        {
            From = IPAddress.Parse("203.0.113.9");
            (await CallAsync("GET", "/api/connections", null, r => r.Headers.Host = "localhost")).Is(403);
        }

        [Theory]
        [InlineData("Origin", "https://evil.example")]
        [InlineData("Origin", "null")]
        [InlineData("Origin", "http://localhost:1")]
        [InlineData("Sec-Fetch-Site", "cross-site")]
        [InlineData("Sec-Fetch-Site", "same-site")]
        [InlineData("X-Forwarded-For", "203.0.113.9")]
        [InlineData("X-Forwarded-Proto", "https")]
        [InlineData("Forwarded", "for=203.0.113.9")]
        [InlineData("Via", "1.1 proxy")]
        [InlineData("X-Real-IP", "203.0.113.9")]
        [InlineData("CF-Connecting-IP", "203.0.113.9")]
        public async Task A_strangers_page_and_a_proxy_are_refused(string header, string value) =>
            (
                await CallAsync(
                    "POST",
                    "/api/connections/acme/retry",
                    null,
                    r => r.Headers.TryAddWithoutValidation(header, value)
                )
            ).Is(403);

        [Fact]
        public async Task A_page_of_this_host_is_served_and_one_of_another_port_is_not()
        {
            await PutAsync();
            (await FromPageAsync("http://localhost:8080")).Is(200);
            (await FromPageAsync("http://localhost:8081")).Is(403);
            (await FromPageAsync("https://localhost:8080")).Is(403);
        }

        [Fact]
        public async Task A_caller_that_speaks_as_nginx_does_to_what_is_behind_it_is_refused() =>
            (await CallAsync("GET", "/api/connections", null, r => r.Version = HttpVersion.Version10)).Is(403);

        private Task<Answer> FromPageAsync(string origin) =>
            CallAsync(
                "GET",
                "/api/connections",
                null,
                r =>
                {
                    r.Headers.Host = "localhost:8080";
                    r.Headers.Add("Origin", origin);
                }
            );
    }

    public sealed class Without_a_key_elsewhere : ApiTest
    {
        protected override OperationsAccess Access => new(null, WithoutKey.Refuse);

        [Fact]
        public async Task Operations_answer_503_naming_the_key() =>
            Assert.Contains(
                "Admin:ApiKey",
                (await CallAsync("GET", "/api/connections")).Is(503)["detail"],
                StringComparison.Ordinal
            );

        [Fact]
        public async Task Health_is_served() => (await CallAsync("GET", "/api/health/live")).Is(200);
    }
}
