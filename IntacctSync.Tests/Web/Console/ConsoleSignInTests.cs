using IntacctSync.Core.Notifications;
using IntacctSync.Web.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Web.Console;

public static class ConsoleSignInTests
{
    private const string Key = "the-operations-key";
    private const string SignIn = "/console/sign-in";

    public sealed class With_a_key : ConsoleTest
    {
        protected override OperationsAccess Access => new(Key, WithoutKey.Refuse);

        [Fact]
        public async Task A_page_sends_to_the_sign_in_and_the_sign_in_sends_back()
        {
            var visitor = Visit();
            var sent = (await visitor.GetAsync("/console?x=1")).Is(303);
            Assert.Equal($"{SignIn}?to=%2Fconsole%3Fx%3D1", sent.Location);
            (await visitor.GetAsync(SignIn + "?to=%2Fconsole%2Fconnections%2Facme")).Is(200);
            var back = await visitor.PostAsync(SignIn, [("key", Key), ("to", "/console/connections/acme")]);
            Assert.Equal("/console/connections/acme", back.Is(303).Location);
            (await visitor.GetAsync("/console")).Is(200).Says("Sign out");
        }

        [Fact]
        public async Task The_cookie_is_kept_from_scripts_and_other_sites_for_twelve_hours()
        {
            var visitor = Visit();
            await visitor.GetAsync(SignIn);
            var signed = await visitor.PostAsync(
                SignIn,
                [("key", Key)],
                r => r.Headers.Add("X-Forwarded-Proto", "https")
            );
            var cookie = Assert.Single(
                signed.Cookies,
                c => c.StartsWith("intacctsync-session=", StringComparison.Ordinal)
            );
            Assert.All(
                ["httponly", "samesite=strict", "secure", "path=/console", "max-age=43200"],
                part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase)
            );
            Assert.DoesNotContain(Key, cookie, StringComparison.Ordinal);
        }

        [Fact]
        public async Task Over_plain_http_the_cookie_is_not_marked_secure_since_it_would_be_lost()
        {
            var visitor = Visit();
            await visitor.GetAsync(SignIn);
            var signed = await visitor.PostAsync(SignIn, [("key", Key)]);
            Assert.NotEmpty(signed.Cookies);
            Assert.DoesNotContain(signed.Cookies, c => c.Contains("secure", StringComparison.OrdinalIgnoreCase));
        }

        [Fact]
        public async Task A_form_that_does_not_say_how_long_it_is_is_read_up_to_its_limit()
        {
            var visitor = Visit();
            await visitor.GetAsync(SignIn);
            var answer = await visitor.PostAsync(
                SignIn,
                [("key", Key), ("more", new string('x', 300 * 1024))],
                r => r.Headers.TransferEncodingChunked = true
            );
            Assert.NotEqual(303, answer.Status);
            Assert.DoesNotContain(answer.Cookies, c => c.StartsWith("intacctsync-session=", StringComparison.Ordinal));
        }

        [Fact]
        public async Task After_twelve_hours_one_signs_in_again()
        {
            var visitor = await SignedInAsync();
            Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(2));
            (await visitor.GetAsync("/console")).Is(200);
            Clock.Advance(TimeSpan.FromSeconds(3));
            (await visitor.GetAsync("/console")).Is(303);
        }

        [Fact]
        public async Task A_cookie_of_ones_own_making_is_worth_nothing()
        {
            var visitor = Visit();
            foreach (var cookie in new[] { "", ".", "a.b.c", "9223372036854775807.x.y", "99999999999.abc." })
                (
                    await visitor.GetAsync(
                        "/console",
                        r => r.Headers.TryAddWithoutValidation("Cookie", "intacctsync-session=" + cookie)
                    )
                ).Is(303);
        }

        [Fact]
        public async Task Signing_out_ends_it()
        {
            var visitor = await SignedInAsync();
            await visitor.GetAsync("/console");
            (await visitor.PostAsync("/console/sign-out", [])).Is(303);
            (await visitor.GetAsync("/console")).Is(303);
        }

        [Fact]
        public async Task Wrong_keys_are_slowed_and_the_right_one_is_taken_all_the_same()
        {
            var visitor = Visit();
            await visitor.GetAsync(SignIn);
            var statuses = new List<int>();
            for (var i = 0; i < 50; i++)
                statuses.Add((await visitor.PostAsync(SignIn, [("key", $"wrong-{i}")])).Status);
            Assert.All(statuses.Take(10), s => Assert.Equal(401, s));
            Assert.Contains(429, statuses.Skip(10));
            (await visitor.PostAsync(SignIn, [("key", Key)])).Is(303);
        }

        [Theory]
        [InlineData("https://elsewhere.example/")]
        [InlineData("//elsewhere.example/")]
        [InlineData("/console/../api")]
        [InlineData("/\\elsewhere.example")]
        [InlineData("/consoles")]
        [InlineData("/console/sign-in")]
        public async Task One_is_sent_to_no_page_but_those_of_the_console(string to)
        {
            var visitor = Visit();
            await visitor.GetAsync(SignIn);
            var location = (await visitor.PostAsync(SignIn, [("key", Key), ("to", to)])).Is(303).Location!;
            Assert.True(
                location == "/console" || location.StartsWith("/console/..", StringComparison.Ordinal),
                location
            );
        }

        [Fact]
        public async Task A_form_without_its_token_is_refused()
        {
            var visitor = await SignedInAsync();
            foreach (var token in new[] { null, "", "made-up" })
            {
                visitor.Token = token;
                (await visitor.PostAsync("/console/connections/acme/causes/retry", [])).Is(400);
                visitor.Token = token;
                (await visitor.PostAsync(SignIn, [("key", Key)])).Is(400);
            }
        }

        [Fact]
        public async Task A_token_of_before_the_sign_in_or_of_somebody_else_is_refused()
        {
            var visitor = Visit();
            await visitor.GetAsync(SignIn);
            var before = visitor.Token;
            await visitor.PostAsync(SignIn, [("key", Key)]);
            visitor.Token = before;
            (await visitor.PostAsync("/console/connections/acme/causes/retry", [])).Is(400);
            visitor.Token = (await SignedInAsync()).Token;
            (await visitor.PostAsync("/console/connections/acme/causes/retry", [])).Is(400);
        }

        [Fact]
        public async Task A_form_of_another_site_is_refused()
        {
            var visitor = await SignedInAsync();
            await visitor.GetAsync("/console");
            (await visitor.PostAsync("/console/sign-out", [], r => r.Headers.Add("Sec-Fetch-Site", "cross-site"))).Is(
                403
            );
        }

        [Fact]
        public async Task A_link_of_a_mail_asks_once_more_so_that_the_cookie_comes_along()
        {
            var page = await Visit()
                .GetAsync("/console/connections/acme?a=1&b=2", r => r.Headers.Add("Sec-Fetch-Site", "cross-site"));
            Assert.Contains(
                "content=\"0;url=/console/connections/acme?a=1&amp;b=2\"",
                page.Is(200).Html,
                StringComparison.Ordinal
            );
        }

        private async Task<Visitor> SignedInAsync()
        {
            var visitor = Visit();
            await visitor.GetAsync(SignIn);
            (await visitor.PostAsync(SignIn, [("key", Key)])).Is(303);
            await visitor.GetAsync("/console");
            return visitor;
        }
    }

    /// <summary>The host is called by plain http and its own address; people call the proxy.</summary>
    public sealed class Behind_a_proxy_that_ends_https : ConsoleTest
    {
        protected override OperationsAccess Access => new(Key, WithoutKey.Refuse);

        [Theory]
        [InlineData(null, "https://sync.example.com", 303)]
        [InlineData(null, "https://SYNC.example.com:443", 303)]
        [InlineData("same-origin", "https://sync.example.com", 303)]
        [InlineData("cross-site", "https://sync.example.com", 403)]
        [InlineData("same-site", "https://sync.example.com", 403)]
        [InlineData(null, "http://sync.example.com", 403)]
        [InlineData(null, "https://sync.example.com:8443", 403)]
        [InlineData(null, "https://evil.example", 403)]
        [InlineData(null, "null", 403)]
        public async Task The_public_address_signs_in_and_no_other_page_does(string? site, string origin, int status) =>
            Assert.Equal(status, (await SignInAsync(Visit(), site, origin)).Status);

        [Theory]
        [InlineData("X-Forwarded-Host")]
        [InlineData("X-Original-Host")]
        [InlineData("Forwarded")]
        public async Task What_anybody_may_send_opens_nothing(string header) =>
            (
                await SignInAsync(
                    Visit(),
                    null,
                    "https://evil.example",
                    (header, header == "Forwarded" ? "host=evil.example;proto=https" : "evil.example")
                )
            ).Is(403);

        protected override void AddMore(IServiceCollection services) =>
            services.AddSingleton(new EmailOptions { LinkBase = "https://sync.example.com/" });
    }

    public sealed class Behind_a_proxy_whose_address_is_not_set : ConsoleTest
    {
        protected override OperationsAccess Access => new(Key, WithoutKey.Refuse);

        [Fact]
        public async Task A_browser_that_names_only_its_origin_is_told_what_to_set() =>
            (await SignInAsync(Visit(), null, "https://sync.example.com")).Is(403).Says("set Email:LinkBase");

        [Fact]
        public async Task A_browser_that_says_where_the_form_comes_from_signs_in() =>
            (await SignInAsync(Visit(), "same-origin", "https://sync.example.com")).Is(303);
    }

    private static async Task<SeenPage> SignInAsync(
        Visitor visitor,
        string? site,
        string origin,
        (string Name, string Value)? more = null
    )
    {
        await visitor.GetAsync(SignIn);
        return await visitor.PostAsync(
            SignIn,
            [("key", Key)],
            r =>
            {
                r.Headers.Add("X-Forwarded-Proto", "https");
                r.Headers.Add("Origin", origin);
                if (site is not null)
                    r.Headers.Add("Sec-Fetch-Site", site);
                if (more is { } header)
                    r.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        );
    }

    public sealed class In_the_sandbox : ConsoleTest
    {
        [Fact]
        public async Task Nobody_has_to_sign_in()
        {
            var page = (await Visit().GetAsync("/console")).Is(200).Says("Sandbox");
            Assert.DoesNotContain("Sign out", page.Text, StringComparison.Ordinal);
        }

        [Fact]
        public async Task Only_this_machine_is_served()
        {
            (await Visit().GetAsync("/console", r => r.Headers.Add("X-Forwarded-For", "203.0.113.9"))).Is(403);
            (await Visit().GetAsync("/console", r => r.Headers.Host = "rebound.example")).Is(403);
            From = System.Net.IPAddress.Parse("203.0.113.9");
            (await Visit().GetAsync("/console")).Is(403);
        }

        [Fact]
        public async Task The_address_of_Email_LinkBase_counts_for_nothing_here()
        {
            var visitor = Visit();
            await visitor.GetAsync("/console");
            (
                await visitor.PostAsync(
                    "/console/sign-out",
                    [],
                    r => r.Headers.Add("Origin", "https://sync.example.com")
                )
            ).Is(403);
        }

        protected override void AddMore(IServiceCollection services) =>
            services.AddSingleton(new EmailOptions { LinkBase = "https://sync.example.com" });

        [Fact]
        public async Task A_form_needs_its_token_here_too() =>
            Assert.Equal(400, (await Visit().PostAsync("/console/connections/acme/causes/retry", [])).Status);
    }

    public sealed class Without_a_key : ConsoleTest
    {
        protected override OperationsAccess Access => new(null, WithoutKey.Refuse);

        [Fact]
        public async Task The_page_names_the_setting() =>
            (await Visit().GetAsync("/console")).Is(503).Says("Admin:ApiKey is not set");
    }
}
