using System.Diagnostics;
using System.Text;

namespace IntacctSync.Tests.Local.Sandbox;

/// <summary>The host as a process of its own, as a person starts it, with its output going to a pipe.</summary>
public sealed class LocalProcess : IDisposable
{
    /// <summary>Long enough that it ends only a process that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    private LocalProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Take(_output, e.Data);
        _process.ErrorDataReceived += (_, e) => Take(_errors, e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public static LocalProcess Start(string folder, params string[] args)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

        // Tests that run in the background are deaf to the end of a terminal, and what they start would be, too.
        string[] program = OperatingSystem.IsLinux() ? ["env", "--default-signal=HUP", dotnet] : [dotnet];
        var start = new ProcessStartInfo(program[0])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var part in program[1..])
            start.ArgumentList.Add(part);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "IntacctSync.Local.dll"));
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        foreach (
            var inherited in new[]
            {
                "ASPNETCORE_URLS",
                "ASPNETCORE_HTTP_PORTS",
                "DOTNET_ENVIRONMENT",
                "ASPNETCORE_ENVIRONMENT",
            }
        )
            start.Environment.Remove(inherited);
        return new LocalProcess(start);
    }

    /// <summary>Ends when a line of the output holds the text.</summary>
    public async Task SeeAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal))
                return;
            _awaited.Add((text, seen));
        }

        await seen.Task.WaitAsync(Patience);
    }

    /// <summary>Asks for a graceful stop, as a service supervisor does.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <param name="signal">Its name, such as HUP.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start(
            "kill",
            [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
        );
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Ends it at once, as a power cut does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Take(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (_output)
        {
            text.AppendLine(line);
            foreach (var (_, seen) in _awaited.Where(a => line.Contains(a.Text, StringComparison.Ordinal)))
                seen.TrySetResult();
        }
    }

    private string Read(StringBuilder text)
    {
        lock (_output)
            return text.ToString();
    }
}
