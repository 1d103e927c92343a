using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Runs;

namespace IntacctSync.Local.Logs;

/// <summary>
/// Writes the log into a file that only its owner can read, a line for each event. Errors are written to a second place
/// as well. When a connection is purged it begins anew, since any line may be about that one.
/// </summary>
internal sealed class LogFile : ILoggerProvider, IPurgeable
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _file;
    private readonly TextWriter _errors;
    private readonly TimeProvider _time;
    private bool _closed;

    /// <param name="path">The file; an older one is overwritten.</param>
    /// <param name="errors">The second place for errors.</param>
    /// <param name="time">Dates the lines, in UTC.</param>
    public LogFile(string path, TextWriter errors, TimeProvider time)
    {
        (_errors, _time) = (errors, time);
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new StreamWriter(path, options) { AutoFlush = true };
    }

    public bool IsShared => true;

    public ILogger CreateLogger(string categoryName) => new FileLogger(this, categoryName);

    public Task PurgeAsync(
        ConnectionId connection,
        IReadOnlyCollection<CompanyId> companies,
        CancellationToken cancellationToken
    )
    {
        lock (_lock)
        {
            if (!_closed)
                _file.BaseStream.SetLength(0);
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _file.Dispose();
        }
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{_time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {level} {category}: {VisibleText.Of(message)}"
        );
        lock (_lock)
        {
            if (_closed)
                return;
            _file.WriteLine(line);
            if (exception is not null)
                _file.WriteLine(exception);
            if (level >= LogLevel.Error)
                _errors.WriteLine(
                    VisibleText.Of(exception is null ? $"error: {message}" : $"error: {message} ({exception.Message})")
                );
        }
    }

    private sealed class FileLogger(LogFile file, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => file.Write(logLevel, category, formatter(state, exception), exception);
    }
}
