using IntacctSync.Local.Cli;
using Spectre.Console;

namespace IntacctSync.Local.Sandbox;

/// <summary>
/// The console of the sandbox: with colours and moving parts in a terminal, and plain text if the output goes to a file
/// or a pipe.
/// </summary>
internal static class SandboxConsole
{
    private const int Narrowest = 60;
    private const int Widest = 140;
    private const int PlainWidth = 100;

    public static IAnsiConsole On(TextWriter output)
    {
        var plain = output != Console.Out || Console.IsOutputRedirected;
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(output),
                Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
            }
        );
        console.Profile.Width = plain ? PlainWidth : Math.Clamp(console.Profile.Width, Narrowest, Widest);
        return console;
    }

    public static bool Moves(this IAnsiConsole console) =>
        console.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>Writes a line without wrapping it, for text that people copy out of the terminal.</summary>
    public static void Line(this IAnsiConsole console, string text = "") => console.Profile.Out.Writer.WriteLine(text);

    /// <summary>Writes sentences, broken between words.</summary>
    public static void Prose(this IAnsiConsole console, string text)
    {
        foreach (var line in TextTable.Wrap(text, Math.Min(console.Profile.Width, PlainWidth)))
            console.Line(line);
    }
}
