using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;
using IntacctSync.Core.Storage;
using IntacctSync.Local.Settings;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Sinks.File;

namespace IntacctSync.Local.Logs;

/// <summary>
/// Writes the log of a host that runs for good into files, a new one each day and after 20 MB: all of it into one, and
/// warnings and errors into another as well. Old ones are removed. Only their owner can read them. When a connection is
/// purged they begin anew, since any line may be about that one.
/// </summary>
internal sealed class RollingLog : ILogEventSink, IPurgeable, IDisposable
{
    private const long MostBytes = 20_000_000;

    /// <summary>How many files more than days are kept where days have several.</summary>
    private const int Further = 20;

    /// <summary>The names of the files, without their day, and the least that each holds.</summary>
    private static readonly (string Name, LogEventLevel Least)[] Files =
    [
        ("intacctsync-", LogEventLevel.Verbose),
        ("problems-", LogEventLevel.Warning),
    ];

    private readonly Lock _gate = new();
    private readonly LocalSettings _settings;
    private Logger? _files;

    private RollingLog(LocalSettings settings)
    {
        _settings = settings;
        _files = Open();
    }

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
    public Task PurgeAsync(ConnectionId connection, CompanyId? company, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_files is null)
                return Task.CompletedTask;
            _files.Dispose();
            try
            {
                Remove();
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

    private void Remove()
    {
        if (!Directory.Exists(_settings.LogPath))
            return;
        foreach (var (name, _) in Files)
        {
            foreach (var file in Directory.EnumerateFiles(_settings.LogPath, name + "*.log"))
                File.Delete(file);
        }
    }

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
