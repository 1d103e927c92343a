using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;
using IntacctSync.Local.Settings;
using IntacctSync.Web.Access;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Sinks.File;

namespace IntacctSync.Local.Logs;

/// <summary>
/// Writes the log of a host that runs for good into files, a new one each day and after 20 MB: all of it into one, and
/// warnings and errors into another as well. Old ones are removed. Only their owner can read them. When a connection is
/// purged they begin anew, since any line may be about that one, but for what people did to other connections.
/// </summary>
internal sealed class RollingLog : ILogEventSink, IPurgeable, IDisposable
{
    private const long MostBytes = 20_000_000;

    /// <summary>What the name of a file ends with while it is written anew.</summary>
    private const string Rewritten = ".part";

    /// <summary>How many files more than days are kept where days have several.</summary>
    private const int Further = 20;

    /// <summary>The names of the files, without their day, and the least that each holds.</summary>
    private static readonly (string Name, LogEventLevel Least)[] Files =
    [
        ("intacctsync-", LogEventLevel.Verbose),
        ("problems-", LogEventLevel.Warning),
    ];

    /// <summary>The categories whose lines outlive the purge of a connection that they do not name.</summary>
    private static readonly string[] Kept = [Audit.Category, typeof(WrongKeys).FullName!];

    private readonly Lock _gate = new();
    private readonly LocalSettings _settings;
    private Logger? _files;

    private RollingLog(LocalSettings settings)
    {
        _settings = settings;
        _files = Open();
    }

    public bool IsShared => true;

    public static void AddTo(ILoggingBuilder logging, LocalSettings settings)
    {
        if (settings.LogDays == 0)
            return;

        // Its own registration would let every level through, past the settings of Logging:LogLevel.
        logging
            .Services.AddSingleton(_ => new RollingLog(settings))
            .AddSingleton<IPurgeable>(p => p.GetRequiredService<RollingLog>())
            .AddSingleton<ILoggerProvider>(p => new SerilogLoggerProvider(
                new LoggerConfiguration()
                    .MinimumLevel.Verbose()
                    .WriteTo.Sink(p.GetRequiredService<RollingLog>())
                    .CreateLogger(),
                dispose: true
            ));
    }

    public void Emit(LogEvent logEvent)
    {
        lock (_gate)
            _files?.Write(logEvent);
    }

    /// <exception cref="TableUnavailableException">A file could not be removed; the log goes on.</exception>
    public Task PurgeAsync(
        ConnectionId connection,
        IReadOnlyCollection<CompanyId> companies,
        CancellationToken cancellationToken
    )
    {
        lock (_gate)
        {
            if (_files is null)
                return Task.CompletedTask;
            _files.Dispose();
            try
            {
                Remove(connection);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new TableUnavailableException(
                    $"A file of the log in '{_settings.LogPath}' can't be removed ({refused.Message}). This user must "
                        + "be able to write there.",
                    refused
                );
            }
            finally
            {
                _files = Open();
            }
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _files?.Dispose();
            _files = null;
        }
    }

    private void Remove(ConnectionId connection)
    {
        if (!Directory.Exists(_settings.LogPath))
            return;
        foreach (var (name, _) in Files)
        {
            foreach (var file in Directory.EnumerateFiles(_settings.LogPath, name + "*.log"))
            {
                var rest = File.ReadLines(file).Where(line => Outlives(line, connection)).ToList();
                if (rest.Count == 0)
                {
                    File.Delete(file);
                    continue;
                }

                // Beside it first: what stays is never only in memory.
                File.Delete(file + Rewritten);
                Write(file + Rewritten, rest);
                File.Move(file + Rewritten, file, overwrite: true);
            }
        }
    }

    private static void Write(string file, IReadOnlyList<string> lines)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        foreach (var line in lines)
            writer.WriteLine(line);
    }

    /// <summary>
    /// Whether a line stays: of a kept category, and with another connection's name or none. Such lines quote the name,
    /// which may be any word.
    /// </summary>
    private static bool Outlives(string line, ConnectionId connection) =>
        line.Split(' ', 4) is [_, _, [.. var category, ':'], var text]
        && Array.IndexOf(Kept, category) >= 0
        && !text.Contains($"'{connection.Value}'", StringComparison.Ordinal);

    private Logger Open()
    {
        var files = new LoggerConfiguration().MinimumLevel.Verbose();
        foreach (var (name, least) in Files)
            files.WriteTo.File(
                new LogLine(),
                Path.Combine(_settings.LogPath, name + ".log"),
                least,
                fileSizeLimitBytes: MostBytes,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: _settings.LogDays + Further,
                retainedFileTimeLimit: TimeSpan.FromDays(_settings.LogDays),
                hooks: new OwnersFile()
            );
        return files.CreateLogger();
    }

    private sealed class OwnersFile : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, System.Text.Encoding encoding)
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return underlyingStream;
        }
    }
}
