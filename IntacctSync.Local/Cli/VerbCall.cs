using System.CommandLine;
using System.Text.Json.Nodes;
using IntacctSync.Core.Settings;

namespace IntacctSync.Local.Cli;

/// <summary>One call of a verb: what was asked for, whom to ask, where to write.</summary>
internal sealed record VerbCall(ParseResult Asked, HostCaller Host, Terminal Terminal)
{
    public string? Text(string option) => Asked.GetValue<string?>(option);

    public bool Flag(string option) => Asked.GetValue<bool>(option);

    /// <summary>Tells what was done: the answer itself, or in words, which end with a command at most.</summary>
    public int Said(JsonNode answer, params IReadOnlyList<string> paragraphs)
    {
        if (Terminal.Json)
            Terminal.Write(answer);
        else
            foreach (var paragraph in paragraphs)
                Terminal.Paragraph(paragraph);
        return ExitCodes.Done;
    }
}

/// <summary>What makes verbs, with the options that all of them have.</summary>
internal sealed class VerbMaker(
    Func<ParseResult, VerbCall> open,
    Func<ParseResult, FileCall> openFiles,
    Terminal errors
)
{
    /// <summary>A verb that is about a connection.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="does">What it does, in a sentence.</param>
    /// <param name="examples">Lines that can be copied.</param>
    /// <param name="run">Does it, and gives the exit code.</param>
    /// <param name="options">Further options.</param>
    public Command OfConnection(
        string name,
        string does,
        IReadOnlyList<string> examples,
        Func<VerbCall, CancellationToken, Task<int>> run,
        params Symbol[] options
    )
    {
        var verb = Bare(
            name,
            does,
            examples,
            async (call, cancellationToken) =>
            {
                await call.Host.ChooseAsync(call.Text("--connection"), cancellationToken);
                Name(call, call.Text("--connection"));
                return await run(call, cancellationToken);
            },
            options
        );
        verb.Add(Option("--connection", "Which connection; may be left out for the only one."));
        return verb;
    }

    /// <summary>Commands that are proposed, in answers and for failures, name what the call names.</summary>
    private void Name(VerbCall call, string? connection)
    {
        call.Terminal.Name(connection, call.Text("--url"));
        errors.Name(connection, call.Text("--url"));
    }

    /// <summary>A verb that chooses its connection itself, or is about none.</summary>
    public Command Bare(
        string name,
        string does,
        IReadOnlyList<string> examples,
        Func<VerbCall, CancellationToken, Task<int>> run,
        params Symbol[] options
    )
    {
        var verb = Make(
            name,
            does,
            examples,
            (asked, cancellationToken) =>
            {
                var call = open(asked);
                Name(call, null);
                return run(call, cancellationToken);
            },
            options
        );
        verb.Add(
            new Option<string?>("--url")
            {
                Description = $"Where the host is; without it {VerbProgram.UrlVariable}, else {LocalApp.DefaultUrl}.",
            }
        );
        verb.Add(
            new Option<string?>("--key")
            {
                Description = $"The host's key; without it {AdminKey.Setting}, else that of .data/admin-key.",
            }
        );
        verb.Add(new Option<bool>("--json") { Description = "The answer as the HTTP API gives it." });
        return verb;
    }

    /// <summary>A verb that reads or writes the files of a host of this machine.</summary>
    public Command OfFiles(
        string name,
        string does,
        IReadOnlyList<string> examples,
        Func<FileCall, int> run,
        params Symbol[] options
    )
    {
        var verb = Make(name, does, examples, (asked, _) => Task.FromResult(run(openFiles(asked))), options);
        verb.Add(Option("--store", "The file of the tables: Storage:Path, else .data/intacctsync.db without it."));
        verb.Add(Option("--secrets", "The folder of the secrets: Secrets:Path, else .data/secrets without it."));
        verb.Add(new Option<bool>("--json") { Description = "What was done, as JSON." });
        return verb;
    }

    private Command Make(
        string name,
        string does,
        IReadOnlyList<string> examples,
        Func<ParseResult, CancellationToken, Task<int>> run,
        IEnumerable<Symbol> options
    )
    {
        var verb = new Command(name, Described(does, examples));
        foreach (var option in options)
        {
            if (option is Option one)
                verb.Add(one);
            else if (option is Argument argument)
                verb.Add(argument);
        }

        verb.SetAction(
            async (asked, cancellationToken) =>
            {
                try
                {
                    return await run(asked, cancellationToken);
                }
                catch (VerbFailedException e)
                {
                    errors.Error(e.Message);
                    return e.Code;
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    errors.Error(e.Message);
                    return ExitCodes.UsedWrongly;
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    // The prompt of the shell begins a line of its own.
                    errors.Error("");
                    return ExitCodes.UsedWrongly;
                }
            }
        );
        return verb;
    }

    /// <summary>What a verb's help says: what it does, examples, and where there is more.</summary>
    public static string Described(string does, IReadOnlyList<string> examples) =>
        string.Join(
            Environment.NewLine,
            [does, "", "Examples:", .. examples.Select(e => $"  intacctsync {e}"), "", "More: docs/cli.md"]
        );

    public static Option<string?> Option(string name, string text) => new(name) { Description = text };

    public static Option<bool> Switch(string name, string text) => new(name) { Description = text };

    public static Option<string?> Flow() => Option("--flow", "Only this flow, such as invoices.");
}
