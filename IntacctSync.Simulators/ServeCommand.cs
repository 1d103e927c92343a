using System.CommandLine;

namespace IntacctSync.Simulators;

/// <summary>
/// The command <c>NAME [--port N] [--data sample|empty] [--strict on|off]</c>: serves one simulator until it is
/// stopped.
/// </summary>
internal static class ServeCommand
{
    /// <summary>Exit code where the port is taken.</summary>
    private const int CannotServe = 2;

    public static Command For(SimulatorVerb verb)
    {
        var port = new Option<int>("--port")
        {
            Description = "TCP port on loopback; 0 = any free one.",
            DefaultValueFactory = _ => verb.Port,
        };
        var data = new Option<string>("--data")
        {
            Description = "What it holds at the start.",
            DefaultValueFactory = _ => "sample",
        };
        var strict = new Option<string>("--strict")
        {
            Description = "Refuse all that the real service refuses.",
            DefaultValueFactory = _ => "on",
        };
        data.AcceptOnlyFromAmong("sample", "empty");
        strict.AcceptOnlyFromAmong("on", "off");
        var command = new Command(verb.Name, $"Serves {verb.Description}.") { port, data, strict };
        command.SetAction(
            (parsed, cancellationToken) =>
                ServeAsync(
                    verb,
                    parsed.GetValue(port),
                    new SimulatorStart(parsed.GetValue(data) == "sample", parsed.GetValue(strict) == "on"),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> ServeAsync(
        SimulatorVerb verb,
        int port,
        SimulatorStart start,
        CancellationToken cancellationToken
    )
    {
        RunningSimulator running;
        try
        {
            running = await SimulatorHost.StartAsync(verb.Make(start, TimeProvider.System), port, cancellationToken);
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync(
                $"The {verb.Name} simulator could not listen on port {port}: {e.Message} Give another one with --port."
            );
            return CannotServe;
        }
        await using (running)
        {
            foreach (var line in Told(verb, running))
                Console.WriteLine(line);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return 0;
    }

    /// <summary>Where it is: first the page that opens in a browser, then what programs call.</summary>
    internal static IEnumerable<string> Told(SimulatorVerb verb, RunningSimulator running) =>
        [
            $"{verb.Name} simulator: {running.Address}",
            "  opens in a browser, and says what else there is. Ctrl+C stops it.",
            $"  for programs, {verb.Description}: {running.Endpoint}",
            $"  control: {running.Address}_sim/requests, _sim/state/{{object}}, _sim/faults, _sim/reset",
        ];
}
