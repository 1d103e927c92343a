using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>Looking after a connection: webhooks, mail, rest, activation, purge, export.</summary>
internal static class ConnectionVerbs
{
    private const int AtOnce = 8;
    private const int MostPurges = 12;
    private static readonly TimeSpan PurgeAgain = TimeSpan.FromSeconds(5);

    public static IEnumerable<Command> Make(VerbMaker maker) =>
        [
            Webhooks(maker),
            Mail(maker),
            maker.OfConnection(
                "activate",
                "Lets a connection go on from where it stood.",
                ["activate --connection acme"],
                ActivateAsync
            ),
            maker.OfConnection(
                "deactivate",
                "Lets a connection rest; everything is kept.",
                ["deactivate --connection acme"],
                DeactivateAsync
            ),
            maker.OfConnection(
                "purge",
                "Forgets a connection, its state and its secrets. Neither system is changed.",
                ["purge --connection acme --yes"],
                PurgeAsync,
                VerbMaker.Switch("--yes", "Does it without asking; needed where nobody can be asked.")
            ),
            maker.OfConnection(
                "export",
                "Settings, status, runs, reports, links and stories of a connection, a line of JSON each.",
                ["export > acme.jsonl", "export --file acme.jsonl"],
                ExportAsync,
                VerbMaker.Option("--file", "Into this file, and not to the output.")
            ),
        ];

    private static Command Webhooks(VerbMaker maker)
    {
        var verb = new Command(
            "webhooks",
            VerbMaker.Described(
                "The webhooks by which the app tells of changes: list, register, remove.",
                ["webhooks list", "webhooks register --address https://sync.example.com"]
            )
        )
        {
            maker.OfConnection("list", "The webhooks in the app that lead here.", ["webhooks list"], ListAsync),
            maker.OfConnection(
                "register",
                "Registers in the app what the flows that are on need.",
                ["webhooks register --address https://sync.example.com"],
                RegisterAsync,
                VerbMaker.Option("--address", "Where this host is reached from outside; else Email:LinkBase.")
            ),
            maker.OfConnection(
                "remove",
                "Removes those that lead to this connection.",
                ["webhooks remove --connection acme"],
                RemoveAsync
            ),
        };
        return verb;
    }

    private static Command Mail(VerbMaker maker) =>
        new("mail", VerbMaker.Described("The letters about failures: test.", ["mail test"]))
        {
            maker.OfConnection(
                "test",
                "Sends a test letter to those who are told of failures.",
                ["mail test"],
                TestMailAsync
            ),
        };

    private static async Task<int> ListAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var answer = await call.Host.OfConnectionAsync("/webhooks", cancellationToken);
        if (call.Terminal.Json)
        {
            call.Terminal.Write(answer);
            return ExitCodes.Done;
        }

        var webhooks = answer["webhooks"]!.AsArray();
        if (webhooks.Count == 0)
            call.Terminal.Paragraph(
                "There are none: changes are found by the sweep. To be told at once, with the address by which this "
                    + "host is reached from outside: intacctsync webhooks register --address https://sync.example.com"
            );
        else
            call.Terminal.Table(
                ["event", "active", "leads to"],
                webhooks.Select(w =>
                    (IReadOnlyList<string>)
                        [
                            Terminal.Text(w!["event"]),
                            w["active"]!.GetValue<bool>() ? "yes" : "no",
                            Terminal.Text(w["url"]),
                        ]
                )
            );
        return ExitCodes.Done;
    }

    private static async Task<int> RegisterAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["url"] = call.Text("--address") };
        var answer = await call.Host.OfConnectionAsync(HttpMethod.Post, "/webhooks", body, cancellationToken);
        return call.Said(
            answer,
            Terminal.Number(answer["count"]) switch
            {
                0 => $"All that are needed are there already; they lead to {answer["url"]}",
                1 => $"One was registered; it leads to {answer["url"]}",
                var count => $"{count} were registered; they lead to {answer["url"]}",
            }
        );
    }

    private static async Task<int> RemoveAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var answer = await call.Host.OfConnectionAsync(HttpMethod.Delete, "/webhooks", null, cancellationToken);
        return call.Said(
            answer,
            Terminal.Number(answer["count"]) switch
            {
                0 => "There were none.",
                1 => "One was removed.",
                var count => $"{count} were removed.",
            }
        );
    }

    private static async Task<int> TestMailAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var answer = await call.Host.OfConnectionAsync(HttpMethod.Post, "/mail/test", null, cancellationToken);
        var refused = Terminal.Number(answer["refused"]);
        call.Said(
            answer,
            $"The mail server took the test letter for {Addresses(Terminal.Number(answer["sent"]))}"
                + (refused == 0 ? "." : $" and refused it for {Addresses(refused)}: look at syncFailureEmails.")
        );
        return refused == 0 ? ExitCodes.Done : ExitCodes.NeedsPerson;
    }

    private static string Addresses(int count) => count == 1 ? "one address" : $"{count} addresses";

    private static async Task<int> ActivateAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var answer = await call.Host.OfConnectionAsync(HttpMethod.Post, "/activate", null, cancellationToken);
        return call.Said(answer, $"{call.Host.Connection} is active.");
    }

    private static async Task<int> DeactivateAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var answer = await call.Host.OfConnectionAsync(HttpMethod.Delete, "", null, cancellationToken);
        return call.Said(
            answer,
            $"{call.Host.Connection} rests, and everything is kept. To let it go on: intacctsync activate"
        );
    }

    private static async Task<int> PurgeAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var id = call.Host.Connection;
        if (!call.Flag("--yes"))
        {
            if (!call.Terminal.IsInteractive)
                throw new VerbFailedException(
                    ExitCodes.UsedWrongly,
                    $"A purge of {id} forgets everything, and nobody can be asked here: give --yes."
                );
            if (
                await call.Terminal.Console.ConfirmAsync(
                    $"Forget {Markup.Escape(id)}, its links and its secrets for good?",
                    defaultValue: false,
                    cancellationToken
                )
                is false
            )
                return ExitCodes.UsedWrongly;
        }

        return call.Said(await ForgetAsync(call, cancellationToken), $"{id} is forgotten.");
    }

    /// <summary>A worker that is at the company just now has to end first; what it has begun takes its time.</summary>
    internal static async Task<JsonNode> ForgetAsync(VerbCall call, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await call.Host.OfConnectionAsync(HttpMethod.Delete, "?purge=true", null, cancellationToken);
            }
            catch (VerbFailedException e)
                when (e.Data["status"] is HttpStatusCode.ServiceUnavailable && tries < MostPurges)
            {
                if (tries == 1)
                    call.Terminal.Error("It is deactivated. A worker is at its company just now: waiting for it …");
                await Task.Delay(PurgeAgain, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static async Task<int> ExportAsync(VerbCall call, CancellationToken cancellationToken)
    {
        await using var file = call.Text("--file") is { } path ? new StreamWriter(path) : null;
        Put("connection", await call.Host.OfConnectionAsync("", cancellationToken));
        Put("status", await call.Host.OfConnectionAsync("/status", cancellationToken));
        foreach (var run in (await call.Host.OfConnectionAsync("/runs", cancellationToken)).AsArray())
        {
            Put("run", run!);
            if ((run!["kind"]?.ToString(), run["state"]?.ToString()) == ("reconcile", "done"))
                Put(
                    "report",
                    await call.Host.OfConnectionAsync(
                        RunWatch.PathOf(run["runId"]!.ToString()) + "/report",
                        cancellationToken
                    )
                );
        }

        string? after = null;
        do
        {
            var query = $"/records?pageSize=200{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}";
            var page = await call.Host.OfConnectionAsync(query, cancellationToken);
            var items = page["items"]!.AsArray();
            var stories = new JsonNode[items.Count];
            await Parallel.ForAsync(
                0,
                items.Count,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (i, token) => stories[i] = await StoryAsync(call, items[i]!, token)
            );
            foreach (var story in stories)
                Put("record", story);
            after = page["next"]?.ToString();
        } while (after is not null);

        return ExitCodes.Done;

        void Put(string kind, JsonNode what)
        {
            var line = new JsonObject { ["kind"] = kind, [kind] = what.DeepClone() }.ToJsonString();
            if (file is null)
                call.Terminal.Line(line);
            else
                file.WriteLine(line);
        }
    }

    private static Task<JsonNode> StoryAsync(VerbCall call, JsonNode record, CancellationToken cancellationToken) =>
        call.Host.OfConnectionAsync(NamedRecord.PathOf(record), cancellationToken);
}
