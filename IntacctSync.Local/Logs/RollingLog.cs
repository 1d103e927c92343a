using IntacctSync.Local.Settings;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Sinks.File;

namespace IntacctSync.Local.Logs;

/// <summary>
/// Writes the log of a host that runs for good into files, a new one each day and after 20 MB: all of it into one, and
/// warnings and errors into another as well. Old ones are removed. Only their owner can read them.
/// </summary>
internal static class RollingLog
{
    private const long MostBytes = 20_000_000;

    /// <summary>How many files more than days are kept where days have several.</summary>
    private const int Further = 20;

    public static void AddTo(ILoggingBuilder logging, LocalSettings settings)
    {
        if (settings.LogDays == 0)
            return;
        var files = new LoggerConfiguration().MinimumLevel.Verbose();
        Add("intacctsync-.log", LogEventLevel.Verbose);
        Add("problems-.log", LogEventLevel.Warning);

        // Its own registration would let every level through, past the settings of Logging:LogLevel.
        logging.Services.AddSingleton<ILoggerProvider>(_ => new SerilogLoggerProvider(
            files.CreateLogger(),
            dispose: true
        ));

        void Add(string name, LogEventLevel least) =>
            files.WriteTo.File(
                new LogLine(),
                Path.Combine(settings.LogPath, name),
                least,
                fileSizeLimitBytes: MostBytes,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: settings.LogDays + Further,
                retainedFileTimeLimit: TimeSpan.FromDays(settings.LogDays),
                hooks: new OwnersFile()
            );
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
