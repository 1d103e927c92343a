using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using IntacctSync.Core.Settings;
using IntacctSync.Local.Settings;
using Spectre.Console;

namespace IntacctSync.Local.Cli;

/// <summary>The command line of those who look after connections: verbs that ask a running host.</summary>
internal static class VerbProgram
{
    public const string UrlVariable = "INTACCTSYNC_URL";

    /// <summary>A comparison or a first sync may take its time to be answered.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>How long a verb that is ended may take back what it has begun.</summary>
    private static readonly TimeSpan EndsWithin = ConnectVerb.Soon + TimeSpan.FromSeconds(5);

    private const int HelpWidth = 80;

    private static readonly string[] Others = ["--version", "[suggest"];

    /// <summary>How the program is called: by its name once it is published, else from its code.</summary>
    public static string Called { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "intacctsync"
            ? "intacctsync"
            : "dotnet run --project IntacctSync.Local --";

    /// <summary>As <c>--version</c> tells it.</summary>
    public static string Version { get; } =
        typeof(VerbProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>What the help of the host says besides its verbs.</summary>
    public static string Further =>
        $"""
            A verb ends with {ExitCodes.Done}: done; {ExitCodes.NeedsPerson}: something needs a person;
            {ExitCodes.UsedWrongly}: used wrongly; {ExitCodes.Unreachable}: no host answers.

            {Called} --version
                which version this is
            Tab completes verbs and options by the tool dotnet-suggest: docs/cli.md
            """;

    /// <summary>
    /// Whether a command line is for a verb rather than for the host, whose arguments are all options. A word that is
    /// no verb is meant as one, too.
    /// </summary>
    public static bool IsMeant(IReadOnlyList<string> args) =>
        args is [{ Length: > 0 } first, ..]
        && (char.IsAsciiLetter(first[0]) || Others.Any(o => first.StartsWith(o, StringComparison.Ordinal)));

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        string[] args,
        TextWriter output,
        TextWriter errors,
        IHttpClientFactory? clients,
        CancellationToken cancellationToken
    ) => RunAsync(args, output, errors, clients, null, null, cancellationToken);

    /// <param name="args">The verb and its options.</param>
    /// <param name="output">Takes the answers.</param>
    /// <param name="errors">Takes what went wrong.</param>
    /// <param name="clients">By which the host is called; null for usual ones.</param>
    /// <param name="person">Where a person is asked; null for the terminal of the process.</param>
    /// <param name="input">What is handed over where nobody can be asked; null for that of the process.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(
        string[] args,
        TextWriter output,
        TextWriter errors,
        IHttpClientFactory? clients,
        IAnsiConsole? person,
        TextReader? input,
        CancellationToken cancellationToken
    )
    {
        var parsed = Root(output, errors, clients, person, input).Parse(args);
        await using var help = new StringWriter();

        // Ctrl+C and SIGTERM end a verb through the library. A terminal that is closed ends it in the same way, so that
        // what it has begun is taken back.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var hangUp = PosixSignalRegistration.Create(
            PosixSignal.SIGHUP,
            signal =>
            {
                signal.Cancel = true;
                ending.Cancel();
            }
        );
        var code = await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = help,
                Error = errors,
                ProcessTerminationTimeout = EndsWithin,
            },
            ending.Token
        );

        // The library leaves blanks at the ends of lines, and calls the program by the name of its file.
        var told = Terminal.Called(
            help.ToString().Replace($"{RootCommand.ExecutableName} ", "intacctsync ", StringComparison.Ordinal)
        );
        if (told.Length > 0)
            await output.WriteLineAsync(HelpText.Fitted(told, HelpWidth));
        return parsed.Errors.Count > 0 ? ExitCodes.UsedWrongly : code;
    }

    /// <summary>One line for each verb, for the help of the host.</summary>
    public static string Listed() =>
        string.Join(
            Environment.NewLine,
            Root(TextWriter.Null, TextWriter.Null, null, null)
                .Subcommands.SelectMany(c =>
                    TextTable
                        .Wrap(c.Description!.Split(Environment.NewLine)[0], HelpWidth - 15)
                        .Select((line, i) => $"  {(i == 0 ? c.Name : "").PadRight(12)} {line}")
                )
        );

    private static RootCommand Root(
        TextWriter output,
        TextWriter errors,
        IHttpClientFactory? clients,
        IAnsiConsole? person,
        TextReader? input = null
    )
    {
        var maker = new VerbMaker(
            asked =>
                Open(
                    asked,
                    new Terminal(output, errors, asked.GetValue<bool>("--json"), person)
                    {
                        Input = input ?? Console.In,
                    },
                    clients
                ),
            asked => OpenFiles(asked, output, errors),
            new Terminal(output, errors, json: false)
        );
        var root = new RootCommand("Keeps accounts equal with Sage Intacct. Verbs ask a running host.")
        {
            ConnectVerb.Make(maker),
            SettingsVerb.Make(maker),
        };
        foreach (
            var verb in StateVerbs
                .Make(maker)
                .Concat(RecordVerbs.Make(maker))
                .Concat(RunVerbs.Make(maker))
                .Concat(ConnectionVerbs.Make(maker))
                .Concat(BackupVerbs.Make(maker))
        )
            root.Add(verb);
        return root;
    }

    private static VerbCall Open(ParseResult asked, Terminal terminal, IHttpClientFactory? clients)
    {
        var configuration = Configured().Build();
        var url = asked.GetValue<string?>("--url") ?? Given(configuration, UrlVariable) ?? LocalApp.DefaultUrl;
        if (
            !Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
        )
            throw new VerbFailedException(
                ExitCodes.UsedWrongly,
                $"--url is '{url}'; give an address such as {LocalApp.DefaultUrl}."
            );
        var client = (clients ?? Clients()).CreateClient(nameof(HostCaller));
        client.BaseAddress = address;
        client.Timeout = Patience;
        var key = asked.GetValue<string?>("--key") ?? Given(configuration, AdminKey.Setting) ?? KeptKey(configuration);
        return new VerbCall(asked, new HostCaller(client, key?.Trim()), terminal);
    }

    /// <summary>The settings as the host of this folder reads them, but for its command line.</summary>
    private static FileCall OpenFiles(ParseResult asked, TextWriter output, TextWriter errors)
    {
        var told = new (string Key, string? Value)[]
        {
            (LocalStorageOptions.PathKey, asked.GetValue<string?>("--store")),
            (LocalSecretsOptions.PathKey, asked.GetValue<string?>("--secrets")),
        };
        var configuration = Configured()
            .AddInMemoryCollection(
                told.Where(t => t.Value is not null).Select(t => KeyValuePair.Create(t.Key, t.Value))
            )
            .Build();
        try
        {
            return new FileCall(
                asked,
                LocalSettings.Read(configuration),
                new Terminal(output, errors, asked.GetValue<bool>("--json"))
            );
        }
        catch (WrongSettingsException e)
        {
            throw new VerbFailedException(ExitCodes.UsedWrongly, e.Message);
        }
    }

    private static IConfigurationBuilder Configured() =>
        new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables();

    /// <summary>A setting's text; null where it is missing or empty, as a host reads it.</summary>
    private static string? Given(IConfiguration configuration, string key) =>
        string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key];

    private static IHttpClientFactory Clients() =>
        new ServiceCollection().AddHttpClient().BuildServiceProvider().GetRequiredService<IHttpClientFactory>();

    /// <summary>
    /// The key that a host of this folder keeps beside its data; null where there is none to be read.
    /// </summary>
    private static string? KeptKey(IConfiguration configuration)
    {
        var store = Given(configuration, LocalStorageOptions.PathKey) ?? LocalStorageOptions.DefaultPath;
        var path = Path.Combine(Path.GetDirectoryName(store) ?? "", LocalSettings.AdminKeyFile);
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
