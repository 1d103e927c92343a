using IntacctSync.Core;

namespace IntacctSync.Local.Settings;

/// <summary>
/// The command line is one more source of configuration: <c>--key value</c> or <c>--key=value</c>, a key in any case.
/// </summary>
internal static class CommandLine
{
    /// <summary>What the host is started with. The verbs stand behind it.</summary>
    /// <param name="called">How the program is called, such as <c>intacctsync</c>.</param>
    public static string HelpOf(string called) =>
        $"""
            Keeps Zuper and Upflow equal with Sage Intacct, on one machine.

              {(called.EndsWith(" --", StringComparison.Ordinal) ? called[..^3] : called)}
                  with nothing stored: the sandbox, which plays all systems;
                  else the host of the connections that are stored
              {called} --sandbox once
                  the sandbox until all is synced; exit code 0 if all is as it should be
              {called} --sandbox off
                  the host, also while nothing is stored

            Every setting can be given as --Key value, as an environment variable
            (Key__Name) or in appsettings.json. --urls http://127.0.0.1:5080 says where
            console and HTTP API are served.

            The documents: README.md, docs/production.md, docs/configuration.md, docs/cli.md
            """;

    public static bool AsksForHelp(IReadOnlyList<string> args) => args.Any(a => a is "--help" or "-h" or "-?" or "/?");

    /// <summary>One line for each argument that would be ignored, or that sets a key which nothing reads.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                yield return $"The argument '{args[i]}' belongs to no key; allowed is --key value or --key=value.";
                continue;
            }

            var parts = args[i][2..].Split('=', 2);
            if (!ConfigurationKeys.Knows(parts[0]))
                yield return $"--{parts[0]} is no key of this program; allowed are the keys of "
                    + "the documentation, such as "
                    + $"--sandbox, --urls or --Storage:Path.";
            if (parts.Length > 1)
                continue;
            if (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal))
                yield return $"--{parts[0]} has no value; allowed is --{parts[0]} value or --{parts[0]}=value.";
            else
                i++;
        }
    }
}
