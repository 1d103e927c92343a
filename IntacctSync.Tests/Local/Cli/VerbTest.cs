using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Local.Cli;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Web;

namespace IntacctSync.Tests.Local.Cli;

/// <summary>Verbs against a served API, written to a pipe.</summary>
public abstract class VerbTest : ApiTest
{
    /// <summary>What was printed is one line, as a person reads it.</summary>
    protected static string Line(string printed) =>
        string.Join(' ', printed.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    protected Task<(int Code, string Output, string Errors)> RunAsync(params string[] args) =>
        RunWithAsync(TextReader.Null, args);

    /// <param name="input">What is handed over.</param>
    /// <param name="args">The verb and its options.</param>
    protected async Task<(int Code, string Output, string Errors)> RunWithAsync(TextReader input, params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var isAtHost = args.Contains("--url") || args[0].StartsWith('[') || args[0].StartsWith('-');
        var code = await VerbProgram.RunAsync(
            isAtHost ? args : [.. args, "--url", Address.ToString()],
            output,
            errors,
            new StubClients(new SocketsHttpHandler()),
            null,
            input,
            CancellationToken.None
        );
        return (code, output.ToString(), errors.ToString());
    }
}
