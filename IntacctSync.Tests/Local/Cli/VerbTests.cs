using System.Net;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Zuper;
using IntacctSync.Local;
using IntacctSync.Local.Cli;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Web;

namespace IntacctSync.Tests.Local.Cli;

/// <summary>The verbs against a served API, written to a pipe.</summary>
public sealed class VerbTests : VerbTest
{
    [Fact]
    public async Task A_status_says_what_needs_a_person_by_its_text_and_its_exit_code()
    {
        (await PutAsync()).Is(201);
        Assert.Equal(0, (await RunAsync("status")).Code);
        await RememberAsync("o-1", e => (e with { Title = "Harbor Dental" }).Need(Clock.GetUtcNow(), FailedRecord()));
        Clock.Advance(TimeSpan.FromMinutes(2));
        var (code, output, _) = await RunAsync("status");
        Assert.Equal(1, code);
        Assert.Contains(
            $"One record: {VerbProgram.Called} records --needs-you",
            Line(output),
            StringComparison.Ordinal
        );
        Assert.All(
            output.Split('\n'),
            line =>
                Assert.True(
                    (line.Length <= 80 || line.StartsWith($"  {VerbProgram.Called} ", StringComparison.Ordinal))
                        && line == line.TrimEnd(' '),
                    line
                )
        );
    }

    [Fact]
    public async Task Json_is_what_the_api_answers()
    {
        (await PutAsync()).Is(201);
        foreach (var (verb, path) in new[] { ("status", "status"), ("role", "role"), ("budget", "budget") })
        {
            var told = JsonNode.Parse((await RunAsync(verb, "--json")).Output);
            var answered = (await CallAsync("GET", $"/api/connections/acme/{path}")).Json;
            Assert.True(JsonNode.DeepEquals(answered, told), verb);
        }
    }

    [Fact]
    public async Task Records_of_one_cause_are_told_together_with_the_line_that_retries_them()
    {
        (await PutAsync()).Is(201);
        foreach (var name in new[] { "Alder", "Birch" })
            await RememberAsync(name, e => (e with { Title = name }).Need(Clock.GetUtcNow(), FailedRecord()));
        var (code, output, _) = await RunAsync("records");
        Assert.Equal(1, code);
        Assert.Contains("Alder, Birch (organizations)", output, StringComparison.Ordinal);
        var told = string.Join(' ', output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            $"Once it is mended: {VerbProgram.Called} retry \"Alder\" --flow organizations",
            told,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"Once all of them are: {VerbProgram.Called} retry --code no-name --flow organizations",
            told,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_refused_fits_a_terminal_and_calls_the_program_as_it_is_called()
    {
        (await PutAsync()).Is(201);
        var (_, _, nothing) = await RunAsync(
            "show",
            "a number that nobody has ever given to anything at all, as it seems"
        );
        Assert.Contains(VerbProgram.Called, nothing.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var (_, _, named) = await RunAsync("show", "nobody", "--connection", "acme");
        Assert.Contains("records --connection acme", named, StringComparison.Ordinal);
        Assert.Contains(
            "state is 'none'; give",
            (await RunAsync("records", "--state", "none")).Errors,
            StringComparison.Ordinal
        );
        var (_, _, address) = await RunAsync("webhooks", "register");
        Assert.StartsWith("It is not known where", address, StringComparison.Ordinal);
        Assert.All(
            $"{nothing}\n{address}".Split('\n'),
            line =>
                Assert.True(
                    line == line.TrimEnd(' ')
                        && (line.Length <= 80 || line.Contains(VerbProgram.Called, StringComparison.Ordinal)),
                    line
                )
        );
    }

    [Fact]
    public async Task Namesakes_are_told_apart_by_their_counterparts()
    {
        (await PutAsync()).Is(201);
        foreach (var (id, target) in new[] { ("o-1", "C-1"), ("o-2", "C-2") })
            await RememberAsync(
                id,
                e => (e with { Title = "Harbor", TargetId = target }).Sync(Clock.GetUtcNow(), "created", target)
            );
        Assert.Contains(
            "C-2 --flow organizations",
            (await RunAsync("show", "Harbor")).Errors,
            StringComparison.Ordinal
        );
        Assert.Equal(0, (await RunAsync("show", "C-2")).Code);
    }

    [Fact]
    public async Task A_file_that_cant_be_written_is_told_in_a_line()
    {
        (await PutAsync()).Is(201);
        var (code, _, errors) = await RunAsync("export", "--file", "/nowhere/at/all.jsonl");
        Assert.Equal(2, code);
        Assert.Contains("/nowhere", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INV-7")]
    [InlineData("inv-7")]
    [InlineData("2041")]
    [InlineData("i-7")]
    public async Task A_record_is_named_by_its_number_or_an_id_of_either_side(string name)
    {
        (await PutAsync()).Is(201);
        await RememberAsync(
            "i-7",
            e => (e with { Title = "INV-7", TargetId = "2041" }).Sync(Clock.GetUtcNow(), "created", "2041"),
            ZuperFlows.Invoices
        );
        var (code, output, _) = await RunAsync("show", name);
        Assert.Equal(0, code);
        Assert.StartsWith("INV-7 (invoices)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_two_records_asks_which_is_meant()
    {
        (await PutAsync()).Is(201);
        foreach (var id in new[] { "o-1", "o-2" })
            await RememberAsync(id, e => (e with { Title = "Harbor" }).Skip(Clock.GetUtcNow(), "Nothing to do."));
        var (code, _, errors) = await RunAsync("retry", "Harbor");
        Assert.Equal(2, code);
        Assert.Contains("o-2 --flow organizations", errors, StringComparison.Ordinal);
        Assert.Empty(Queue.Sent);
        Assert.Equal(0, (await RunAsync("retry", "o-2")).Code);
        Assert.Equal("o-2", Assert.Single(Queue.Sent).Envelope.SourceId);
    }

    [Fact]
    public async Task What_begins_as_the_name_says_is_told_and_not_taken()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("o-1", e => (e with { Title = "Harbor Dental" }).Skip(Clock.GetUtcNow(), "Nothing to do."));
        var (code, _, errors) = await RunAsync("retry", "Harbor");
        Assert.Equal(2, code);
        Assert.Contains(
            "There is no record 'Harbor'. These begin so: Harbor Dental (organizations)",
            Line(errors),
            StringComparison.Ordinal
        );
        Assert.Empty(Queue.Sent);
    }

    [Fact]
    public async Task Namesakes_are_listed_with_the_ids_by_which_each_can_be_named()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("o-1", e => (e with { Title = "Harbor" }).Sync(Clock.GetUtcNow(), "created", "C-1"));
        await RememberAsync(
            "o-2",
            e => (e with { Title = "Harbor", TargetId = "Two words" }).Sync(Clock.GetUtcNow(), "created", "Two words")
        );
        var (code, _, errors) = await RunAsync("show", "harbor ");
        Assert.Equal(2, code);
        Assert.Contains("2 records are called 'harbor '. Name one by its id:", Line(errors), StringComparison.Ordinal);
        foreach (var id in new[] { "o-1", "o-2" })
        {
            Assert.Contains($"  {id} --flow organizations", errors, StringComparison.Ordinal);
            Assert.Equal(0, (await RunAsync("show", id)).Code);
        }
    }

    [Fact]
    public async Task What_the_sync_has_not_seen_is_named_by_its_flow_and_id()
    {
        (await PutAsync()).Is(201);
        var (_, _, without) = await RunAsync("show", "o-9");
        Assert.Contains("There is no record 'o-9'. Look for it:", Line(without), StringComparison.Ordinal);
        var (_, _, with) = await RunAsync("show", "o-9", "--flow", "organizations");
        Assert.DoesNotContain("Look for it", with, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_is_ignored_and_retried_and_all_of_a_cause_are()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("o-1", e => (e with { Title = "Harbor" }).Need(Clock.GetUtcNow(), FailedRecord()));
        var (_, retried, _) = await RunAsync("retry", "--code", "no-name");
        Assert.Contains("One is tried again", retried, StringComparison.Ordinal);
        var (_, none, _) = await RunAsync("retry", "--code", "another");
        Assert.Contains("nothing to try again", none, StringComparison.Ordinal);
        var ignored = await RunAsync("ignore", "Harbor", "--reason", "by hand");
        Assert.Equal(0, ignored.Code);
        Assert.Contains(
            "retry \"Harbor\" --flow organizations",
            string.Join(' ', ignored.Output.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
        var (_, story, _) = await RunAsync("show", "Harbor");
        Assert.Contains("ignored by hand", story, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("retry")).Code);
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_code_3()
    {
        var (code, _, errors) = await RunAsync("status", "--url", "http://127.0.0.1:9");
        Assert.Equal(3, code);
        Assert.Contains("--url", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show", "nothing")]
    [InlineData("show")]
    [InlineData("status", "--nonsense")]
    [InlineData("status", "--url", "nowhere")]
    [InlineData("purge")]
    [InlineData("connect")]
    public async Task What_is_used_wrongly_is_code_2_with_a_line_that_says_why(params string[] args)
    {
        (await PutAsync()).Is(201);
        var (code, _, errors) = await RunAsync(args);
        Assert.Equal(2, code);
        Assert.NotEmpty(errors);
    }

    [Fact]
    public async Task Where_there_are_two_connections_one_must_be_named()
    {
        (await PutAsync()).Is(201);
        (await PutAsync(id: "second")).Is(201);
        Assert.Contains("--connection acme or second", (await RunAsync("status")).Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("status", "--connection", "second")).Code);
    }

    [Fact]
    public async Task A_connection_rests_goes_on_and_is_forgotten()
    {
        (await PutAsync()).Is(201);
        Assert.Equal(0, (await RunAsync("deactivate")).Code);
        Assert.Equal("False", (await CallAsync("GET", "/api/connections/acme"))["active"], ignoreCase: true);
        Assert.Contains("It rests: nothing is synced.", (await RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("activate")).Code);
        Assert.Equal(0, (await RunAsync("purge", "--yes")).Code);
        (await CallAsync("GET", "/api/connections/acme")).Is(404);
    }

    [Fact]
    public async Task An_export_has_a_line_for_each_thing()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("o-1", e => e.Skip(Clock.GetUtcNow(), "Nothing to do."));
        await Get<RunStore>().StartAsync(ConnectionId.Parse("acme"), RunKinds.Poll, null, CancellationToken.None);
        var compared = await Get<RunStore>()
            .StartAsync(ConnectionId.Parse("acme"), RunKinds.Reconcile, null, CancellationToken.None);
        await Get<RunStore>()
            .ChangeAsync(
                ConnectionId.Parse("acme"),
                compared.RunId,
                r => r with { State = RunState.Done, Report = "{}" },
                CancellationToken.None
            );
        var lines = (await RunAsync("export")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["connection", "record", "report", "run", "run", "status"],
            lines.Select(l => JsonNode.Parse(l)!["kind"]!.ToString()).Order(StringComparer.Ordinal)
        );
        Assert.Equal("o-1", JsonNode.Parse(lines[^1])!["record"]!["sourceId"]!.ToString());
    }

    [Fact]
    public async Task A_retry_says_that_nothing_goes_on_while_the_connection_rests()
    {
        (await PutAsync()).Is(201);
        await RememberAsync("o-1", e => (e with { Title = "Harbor" }).Need(Clock.GetUtcNow(), FailedRecord()));
        Assert.Equal(0, (await RunAsync("deactivate")).Code);
        Assert.Contains("The connection rests", (await RunAsync("retry", "Harbor")).Output, StringComparison.Ordinal);
        Assert.Contains("The connection rests", (await RunAsync("retry", "--all")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_is_changed_and_the_others_and_the_secrets_stay()
    {
        (await PutAsync()).Is(201);
        var before = (await CallAsync("GET", "/api/connections/acme")).Json;
        Assert.True(JsonNode.DeepEquals(before, JsonNode.Parse((await RunAsync("settings")).Output)));

        var (code, output, _) = await RunAsync("settings", "--set", "invoice.glAccountNo=4010");
        Assert.Equal(0, code);
        Assert.Contains("are stored", output, StringComparison.Ordinal);
        var after = (await CallAsync("GET", "/api/connections/acme")).Json;
        Assert.Equal("4010", after["invoice"]!["glAccountNo"]!.ToString());
        Assert.True(JsonNode.DeepEquals(before["zuper"], after["zuper"]));
        Assert.Equal("true", after["intacct"]!["userPassword"]!["set"]!.ToJsonString());
    }

    [Fact]
    public async Task A_secret_is_taken_from_what_is_handed_over_and_not_printed()
    {
        (await PutAsync()).Is(201);
        using var input = new StringReader("a-new-password\n");
        var (code, output, errors) = await RunWithAsync(input, "settings", "--ask", "intacct.userPassword");
        Assert.Equal((0, ""), (code, errors));
        Assert.DoesNotContain("a-new-password", output, StringComparison.Ordinal);
        Assert.Equal(
            "a-new-password",
            await Get<ConnectionSecrets>()
                .GetAsync(ConnectionId.Parse("acme"), SecretField.UserPassword, CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_setting_that_is_refused_is_told_and_nothing_is_changed()
    {
        (await PutAsync()).Is(201);
        var before = (await CallAsync("GET", "/api/connections/acme")).Json;
        var (code, _, errors) = await RunAsync("settings", "--set", "invoice.nosuch=4010");
        Assert.Equal(2, code);
        Assert.Contains("invoice.nosuch", errors, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("settings", "--ask", "intacct.userPassword")).Code);
        Assert.True(JsonNode.DeepEquals(before, (await CallAsync("GET", "/api/connections/acme")).Json));
    }

    [Theory]
    [InlineData("America/Chicago")]
    [InlineData("A")]
    public async Task A_name_that_a_connection_can_not_have_is_refused_before_anything_is_asked(string id)
    {
        var (code, _, errors) = await RunAsync("connect", "--connection", id);
        Assert.Equal(2, code);
        Assert.Contains("give 1 to 63 of a-z, 0-9 and '-'", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_refused_is_told_field_by_field_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("doc.json"), """{"app": "zuper"}""", CancellationToken.None);
        var (code, _, errors) = await RunAsync("connect", "--connection", "fresh", "--file", folder.File("doc.json"));
        Assert.Equal(2, code);
        Assert.Contains("intacct.companyId is missing", errors, StringComparison.Ordinal);
        (await CallAsync("GET", "/api/connections/fresh")).Is(404);
    }

    [Fact]
    public async Task Every_verb_has_help_with_examples()
    {
        foreach (var verb in VerbProgram.Listed().Split('\n').Select(l => l.Trim().Split(' ')[0]))
        {
            var (code, output, _) = await RunAsync(verb, "--help");
            Assert.Equal(0, code);
            Assert.True(
                output.Contains("Examples:", StringComparison.Ordinal) || verb is "webhooks" or "mail",
                $"{verb} shows no example."
            );
        }
    }

    [Fact]
    public async Task A_beginning_is_completed_and_the_version_is_told()
    {
        Assert.Contains("reconcile", (await RunAsync("[suggest:3]", "rec")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("--version")).Code);
    }

    [Fact]
    public async Task An_empty_setting_of_the_environment_counts_as_none()
    {
        using var handler = new StubHandler().Then(
            (request, _) =>
            {
                Assert.DoesNotContain("", request.Headers.TryGetValues("x-api-key", out var keys) ? keys : []);
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
            }
        );
        Environment.SetEnvironmentVariable("INTACCTSYNC_URL", "");
        Environment.SetEnvironmentVariable("Admin__ApiKey", "");
        try
        {
            await VerbProgram.RunAsync(
                ["status"],
                TextWriter.Null,
                TextWriter.Null,
                new StubClients(handler),
                CancellationToken.None
            );
        }
        finally
        {
            Environment.SetEnvironmentVariable("INTACCTSYNC_URL", null);
            Environment.SetEnvironmentVariable("Admin__ApiKey", null);
        }

        Assert.StartsWith(LocalApp.DefaultUrl, $"{Assert.Single(handler.Addresses)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_of_the_host_names_the_verbs()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await LocalHost.RunAsync(["--help"], output, TextWriter.Null));
        Assert.Contains("reconcile", output.ToString(), StringComparison.Ordinal);
    }
}
