using System.Text;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Zuper;

namespace IntacctSync.Tests.Web.Console;

public sealed class ConsolePagesTests : ConsoleTest
{
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";

    [Fact]
    public async Task Every_page_keeps_out_what_is_not_its_own()
    {
        (await PutAsync()).Is(201);
        await NeedAsync("o-1", "Harbor Dental Group");
        foreach (var path in await PathsAsync())
        {
            var page = await Visit().GetAsync(path);
            Assert.Contains("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Contains(
                "frame-ancestors 'none'",
                page.Headers["Content-Security-Policy"],
                StringComparison.Ordinal
            );
            Assert.Equal("no-store", page.Headers["Cache-Control"]);
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("http://", page.Html, StringComparison.OrdinalIgnoreCase);

            // A link that a person may follow loads nothing.
            Assert.DoesNotContain(
                "https://",
                page.Html.Replace("https://us-west-1c.zuperpro.com", "", StringComparison.Ordinal)
                    .Replace("<a href=\"https://web.zuperpro.com/", "", StringComparison.Ordinal),
                StringComparison.OrdinalIgnoreCase
            );
            Assert.InRange(Encoding.UTF8.GetByteCount(page.Html), 500, 100 * 1024);
        }
    }

    [Fact]
    public async Task What_does_not_exist_is_a_page_that_says_so()
    {
        (await PutAsync()).Is(201);
        foreach (
            var path in new[]
            {
                "/console/nothing",
                "/console/connections/other",
                "/console/connections/UPPER",
                $"{Home}/records/organizations/none",
                $"{Home}/records/nonsense/none",
                $"{Home}/nothing",
            }
        )
            Assert.Contains(
                "<h1>There is nothing here</h1>",
                (await Visit().GetAsync(path)).Is(404).Html,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task A_name_of_another_system_is_shown_as_text()
    {
        (await PutAsync()).Is(201);
        await NeedAsync("o-1", Hostile);
        await NeedAsync(Hostile, "Nice");
        foreach (
            var path in new[]
            {
                "/console",
                Home,
                $"{Home}/causes",
                $"{Home}/records",
                $"{Home}/records/organizations/o-1",
            }
        )
        {
            var page = (await Visit().GetAsync(path)).Is(200);
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", page.Html, StringComparison.OrdinalIgnoreCase);
        }

        (await Visit().GetAsync($"{Home}/records/organizations/{Uri.EscapeDataString(Hostile)}")).Is(200).Says("Nice");
        var sought = (await Visit().GetAsync($"{Home}/records?q={Uri.EscapeDataString(Hostile)}")).Is(200);
        Assert.DoesNotContain("<script", sought.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_name_turns_nothing_that_stands_behind_it()
    {
        (await PutAsync()).Is(201);
        var problem = FailedRecord() with { Message = "It is called \u202egnp.exe and \u2066more\u2069." };
        await RememberAsync(
            "o-1",
            e =>
                (
                    e with
                    {
                        Title = "Evil \u202egnp.exe",
                        Facts = new RecordFacts(12.5m, "USD", new DateOnly(2026, 3, 2), "Party \u202egnp.exe"),
                    }
                ).Need(At, problem)
        );
        foreach (
            var path in new[]
            {
                "/console",
                Home,
                $"{Home}/causes",
                $"{Home}/records",
                $"{Home}/records/organizations/o-1",
            }
        )
        {
            var html = System.Net.WebUtility.HtmlDecode((await Visit().GetAsync(path)).Is(200).Html);
            Assert.Contains("<bdi>Evil gnp.exe</bdi>", html, StringComparison.Ordinal);
            Assert.DoesNotContain(html, c => c is '\u202e' or '\u2066' or '\u2069');
        }
    }

    [Fact]
    public async Task A_name_in_any_script_is_sent_as_its_letters()
    {
        (await PutAsync()).Is(201);
        await NeedAsync("o-1", "شركة Ångström 株式会社 \u200b\u00a0&lt;");
        var html = (await Visit().GetAsync($"{Home}/records")).Is(200).Html;
        Assert.Contains("شركة Ångström 株式会社 &#x200B;&#xA0;&amp;lt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_causes_are_shown_page_by_page()
    {
        (await PutAsync()).Is(201);
        for (var i = 0; i < 12; i++)
            await RememberAsync($"o-{i}", e => e.Need(At.AddMinutes(-i), FailedRecord($"cause-{i:D2}")));
        var first = (await Visit().GetAsync($"{Home}/causes")).Is(200).Says("12 records need a person, for 12 causes");
        first.Says("Cause 09").Says("Next causes");
        Assert.DoesNotContain("Cause 10", first.Text, StringComparison.Ordinal);
        var next = (await Visit().GetAsync($"{Home}/causes?from=10")).Is(200).Says("Cause 10").Says("Cause 11");
        next.Says("First causes");
        Assert.DoesNotContain("Next causes", next.Text, StringComparison.Ordinal);
        (await Visit().GetAsync($"{Home}/causes?from=nonsense")).Is(200).Says("Cause 00");
    }

    [Theory]
    [InlineData("doctor", "settings#doctor")]
    [InlineData("mail", "webhooks")]
    public async Task The_address_of_a_form_that_is_answered_by_a_page_leads_to_where_it_stands(
        string form,
        string page
    )
    {
        (await PutAsync()).Is(201);
        Assert.Equal($"{Home}/{page}", (await Visit().GetAsync($"{Home}/{form}")).Is(303).Location);
    }

    [Fact]
    public async Task A_comparison_begins_where_the_sync_begins_unless_another_day_is_chosen()
    {
        (await PutAsync(d => d["startDate"] = "2024-12-01")).Is(201);
        Assert.Contains(
            "name=\"since\" type=\"date\" value=\"2024-12-01\"",
            (await Visit().GetAsync($"{Home}/reconcile")).Is(200).Html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Causes_are_grouped_with_the_newest_first()
    {
        (await PutAsync()).Is(201);
        await NeedAsync("o-1", "Elder", "old-cause");
        await RememberAsync("o-2", e => (e with { Title = "New" }).Need(At.AddHours(1), FailedRecord("new-cause")));
        await RememberAsync("o-3", e => (e with { Title = "Newer" }).Need(At.AddHours(2), FailedRecord("old-cause")));
        var page = (await Visit().GetAsync($"{Home}/causes")).Is(200).Says("3 records need a person, for 2 causes");
        Assert.Equal(
            ["Old cause", "Newer", "Elder", "New cause"],
            InOrder(page.Text, "Old cause", "Newer", "Elder", "New cause")
        );
        page.Says("Retry all 2").Says("Give it one in Zuper, then retry.");
        var one = await Visit().GetAsync($"{Home}/causes?flow=organizations&code=new-cause");
        Assert.DoesNotContain("Newer", one.Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cause_of_many_records_shows_the_newest_and_stays_a_small_page()
    {
        (await PutAsync()).Is(201);
        var problem = FailedRecord() with { Message = new string('x', 300), Fix = new string('y', 200) };
        for (var i = 0; i < 120; i++)
            await RememberAsync($"o-{i}", e => (e with { Title = "Harbor Dental Group" }).Need(At, problem));
        var page = (await Visit().GetAsync($"{Home}/causes?flow=organizations&code={problem.Code}")).Is(200);
        page.Says("The newest 40 of 120 are shown.").Says("Retry all 120");
        Assert.InRange(Encoding.UTF8.GetByteCount(page.Html), 500, 100 * 1024);
    }

    [Fact]
    public async Task Retrying_a_cause_retries_its_records_and_no_others()
    {
        (await PutAsync()).Is(201);
        await NeedAsync("o-1", "One", "a");
        await NeedAsync("o-2", "Two", "a");
        await NeedAsync("o-3", "Three", "b");
        var visitor = Visit();
        await visitor.GetAsync($"{Home}/causes");
        var done = await visitor.PostAsync($"{Home}/causes/retry", [("flow", "organizations"), ("code", "a")]);
        (await visitor.GetAsync(done.Is(303).Location!)).Says("2 records are being retried.").Says("Three");
        Assert.Equal(["o-1", "o-2"], Queue.Sent.Select(s => s.Envelope.SourceId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_record_is_retried_linked_and_ignored_on_its_page()
    {
        (await PutAsync()).Is(201);
        await NeedAsync("o-1", "One");
        var visitor = Visit();
        const string record = $"{Home}/records/organizations/o-1";
        await visitor.GetAsync(record);

        var retried = await visitor.PostAsync($"{record}/retry", []);
        (await visitor.GetAsync(retried.Is(303).Location!))
            .Says("A retry is on its way")
            .Says("A retry was asked for.");

        var ignored = await visitor.PostAsync($"{record}/ignore", [("reason", "it is a test")]);
        (await visitor.GetAsync(ignored.Is(303).Location!))
            .Says("Ignored by hand: it is a test")
            .Says("Sync it after all");
        Assert.True((await EntryAsync("o-1", ZuperFlows.Organizations))!.Ignored);

        (await visitor.PostAsync($"{record}/link", [("targetId", " ")])).Is(400).Says("No counterpart was named");
        Assert.Contains(LogLines, line => line.Contains("ignoreRecord", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_whose_id_holds_any_character_has_its_page()
    {
        (await PutAsync()).Is(201);
        foreach (var id in new[] { "A/B", "50% off?#1", "a%2Fb", "Ünï|~ code" })
        {
            await NeedAsync(id, $"Title of {id}");
            var visitor = Visit();
            var path = $"{Home}/records/organizations/{Uri.EscapeDataString(id)}";
            (await visitor.GetAsync(path)).Is(200).Says($"Title of {id}");
            Assert.Equal($"{path}?done=retried", (await visitor.PostAsync($"{path}/retry", [])).Is(303).Location);
        }
    }

    [Fact]
    public async Task Records_are_found_by_number_state_and_flow_page_by_page()
    {
        (await PutAsync()).Is(201);
        for (var i = 0; i < 60; i++)
            await RememberAsync($"o-{i:D2}", e => (e with { Title = $"Number {i:D2}" }).Sync(At, "created", "Made."));
        await NeedAsync("i-1", "INV-7", flow: ZuperFlows.Invoices);
        var visitor = Visit();
        var first = (await visitor.GetAsync($"{Home}/records?flow=organizations")).Is(200).Says("Next page");
        Assert.DoesNotContain("Number 55", first.Text, StringComparison.Ordinal);
        var next = first.Html.Split("rel=\"next\"")[0].Split("href=\"")[^1].Split('"')[0];
        (await visitor.GetAsync(System.Net.WebUtility.HtmlDecode(next))).Is(200).Says("Number 55").Says("First page");
        (await visitor.GetAsync($"{Home}/records?q=inv-7")).Is(200).Says("INV-7");
        Assert.DoesNotContain(
            "Number",
            (await visitor.GetAsync($"{Home}/records?state=needsAction")).Text.Split("Number, name")[1],
            StringComparison.Ordinal
        );
        (await visitor.GetAsync($"{Home}/records?state=nonsense")).Is(400);
    }

    [Fact]
    public async Task A_run_is_started_for_each_flow_that_was_chosen_in_the_order_of_the_app()
    {
        (await PutAsync()).Is(201);
        var visitor = Visit();
        await visitor.GetAsync($"{Home}/runs");
        var started = await visitor.PostAsync(
            $"{Home}/runs",
            [("what", "full"), ("flow", "invoices"), ("flow", "organizations")]
        );
        var page = await visitor.GetAsync(started.Is(303).Location!);
        page.Is(200).Says("It has begun.").Says("Backfill Invoices").Says("Running");
        Assert.Equal("5", page.Headers["Refresh"]);
        Assert.Equal(["organizations", "invoices"], Queue.Sent.Select(s => s.Envelope.Flow!.Value.Value));
        (await visitor.PostAsync($"{Home}/runs", [("what", "since"), ("flow", "invoices"), ("since", "31.1.2026")])).Is(
            400
        );
        (await visitor.PostAsync($"{Home}/runs", [("what", "full")])).Is(400).Says("No flow was chosen");
    }

    [Fact]
    public async Task A_connection_that_stands_still_says_why_and_what_to_do()
    {
        (await PutAsync()).Is(201);
        await StopAsync();
        (await Visit().GetAsync("/console"))
            .Is(200)
            .Says("Stopped")
            .Says("Intacct refuses the user. Enter its password.");
        (await Visit().GetAsync(Home))
            .Is(200)
            .Says("Stopped: nothing is synced")
            .Says("To mend it: Enter its password.");
    }

    [Fact]
    public async Task Where_nothing_can_be_linked_the_page_says_why_and_what_helps()
    {
        (await PutAsync()).Is(201);
        await NeedAsync("41", "Harbor, payment 41", flow: ZuperFlows.Payments);
        var page = (await Visit().GetAsync($"{Home}/records/payments/41"))
            .Is(200)
            .Says("It can't be linked by hand.")
            .Says("link those invoices, then retry the payment");
        Assert.DoesNotContain("/link\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("candidates=1", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_being_silent_is_a_page_too()
    {
        (await PutAsync()).Is(201);
        Table.Down = true;
        (await Visit().GetAsync(Home)).Is(503).Says("Load this page again in a moment.");
    }

    private async Task<IReadOnlyList<string>> PathsAsync()
    {
        await RememberAsync("i-1", e => (e with { Title = "INV-1" }).Sync(At, "created", "Made."), ZuperFlows.Invoices);
        return
        [
            "/console",
            "/console/connections/new",
            Home,
            $"{Home}/causes",
            $"{Home}/records",
            $"{Home}/records/organizations/o-1",
            $"{Home}/records/invoices/i-1",
            $"{Home}/runs",
            $"{Home}/settings",
            "/console/nothing",
        ];
    }

    private static IEnumerable<string> InOrder(string text, params string[] parts) =>
        parts.OrderBy(part => text.IndexOf(part, StringComparison.Ordinal));
}
