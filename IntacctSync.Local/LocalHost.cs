using IntacctSync.Local.Access;
using IntacctSync.Local.Cli;
using IntacctSync.Local.Logs;
using IntacctSync.Local.Sandbox;
using IntacctSync.Local.Settings;
using IntacctSync.Web.Access;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting.WindowsServices;

namespace IntacctSync.Local;

/// <summary>From the command line to the exit code.</summary>
internal static partial class LocalHost
{
    /// <summary>The exit code of a host that can't start with its settings.</summary>
    public const int WrongSettings = 2;

    /// <summary>
    /// Lines for each request would hold its query, in which people are searched for by name. Settings override it.
    /// </summary>
    private static readonly Dictionary<string, string?> Quiet = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
    };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        using var signals = SecondSignal.Watch();
        if (VerbProgram.IsMeant(args))
            return await VerbProgram.RunAsync(args, output, errors, null, CancellationToken.None);
        if (CommandLine.AsksForHelp(args))
        {
            await output.WriteLineAsync(CommandLine.HelpOf(VerbProgram.Called));
            await output.WriteLineAsync();
            await output.WriteLineAsync(
                $"Verbs ask a running host; each has a --help:{Environment.NewLine}  {VerbProgram.Called} status"
            );
            await output.WriteLineAsync();
            await output.WriteLineAsync(VerbProgram.Listed());
            await output.WriteLineAsync();
            await output.WriteLineAsync(VerbProgram.Further);
            return 0;
        }

        try
        {
            var problems = CommandLine.Problems(args).ToList();
            return problems.Count == 0
                ? await StartAsync(args, output, errors)
                : throw new WrongSettingsException(problems);
        }
        catch (Exception e) when (StartProblems.Of(e) is { } lines)
        {
            foreach (var line in lines)
                await errors.WriteLineAsync(line);
            return WrongSettings;
        }
    }

    private static async Task<int> StartAsync(string[] args, TextWriter output, TextWriter errors)
    {
        // Windows starts its services in a folder of its own.
        if (WindowsServiceHelpers.IsWindowsService())
            Environment.CurrentDirectory = AppContext.BaseDirectory;
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Quiet });
        var settings = LocalSettings.Read(builder.Configuration);
        var mode = settings.Sandbox ?? await DefaultAsync(settings);
        return mode == SandboxMode.Off
            ? await RunStoredAsync(builder, settings, output)
            : await SandboxHost.RunAsync(builder, mode, output, errors);
    }

    /// <summary>Without any settings, the sandbox is started.</summary>
    private static async Task<SandboxMode> DefaultAsync(LocalSettings settings) =>
        settings.NamesAnInstallation || await StoredConnections.AnyAsync(settings, CancellationToken.None)
            ? SandboxMode.Off
            : SandboxMode.On;

    private static async Task<int> RunStoredAsync(
        WebApplicationBuilder builder,
        LocalSettings settings,
        TextWriter output
    )
    {
        builder.Logging.AddSimpleConsole(o =>
            (o.SingleLine, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ")
        );
        RollingLog.AddTo(builder.Logging, settings);
        builder.Services.AddSystemd().AddWindowsService(o => o.ServiceName = "IntacctSync");
        foreach (var line in OwnerOnlyPlaces.Tighten(settings))
            await output.WriteLineAsync(line);
        await using var app = LocalApp.Build(builder, settings, () => ByKey(settings));
        await using var held = FolderLock.TakeHost(settings);
        await app.StartAsync(CancellationToken.None);
        foreach (var line in await RunningConnections.TellAsync(app.Services, CancellationToken.None))
            await output.WriteLineAsync(line);
        if (settings.AdminApiKey is null)
            await output.WriteLineAsync(
                $"Calls of the operations send, as x-api-key, the key in {Path.GetFullPath(settings.AdminKeyPath)}"
            );
        LogStarted(app.Logger, VerbProgram.Version, app.Urls.Count > 0 ? string.Join(", ", app.Urls) : "no address");
        await app.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "IntacctSync {Version} runs, at {Addresses}")]
    private static partial void LogStarted(ILogger logger, string version, string addresses);

    /// <summary>Where a caller calls from proves nothing: behind a proxy on this machine everybody is here.</summary>
    private static OperationsAccess ByKey(LocalSettings settings) =>
        new(settings.AdminApiKey ?? AdminKeyFile.Take(settings.AdminKeyPath), WithoutKey.Refuse);
}
