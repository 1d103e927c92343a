using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Peers;

/// <summary>
/// A Node package of the test project, installed from its lock file into a folder outside the repository, once per lock
/// file.
/// </summary>
internal static class NodePackage
{
    /// <summary>Runs a script of the package with its dependencies in place.</summary>
    /// <returns>Exit code and everything that was printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string source,
        string script,
        params IReadOnlyList<string> arguments
    )
    {
        var package = await InstallAsync(source);
        File.Copy(Path.Combine(source, script), Path.Combine(package, script), overwrite: true);
        return await ProcessAsync(package, "node", [script, .. arguments]);
    }

    /// <summary>Puts the package's dependencies in place.</summary>
    /// <returns>The folder that has them.</returns>
    public static async Task<string> InstallAsync(string source)
    {
        var hash = ShortHash.Of(await File.ReadAllTextAsync(Path.Combine(source, "package-lock.json")));
        var installed = Path.Combine(Path.GetTempPath(), "intacctsync-peers", hash);
        if (Directory.Exists(installed))
            return installed;

        // Installed aside and moved when complete, so that an install that was cut off is never taken for a whole one.
        var aside = string.Create(CultureInfo.InvariantCulture, $"{installed}-{Environment.ProcessId}");
        Directory.CreateDirectory(aside);
        foreach (var file in new[] { "package.json", "package-lock.json" })
            File.Copy(Path.Combine(source, file), Path.Combine(aside, file), overwrite: true);
        var (exitCode, output) = await ProcessAsync(
            aside,
            "npm",
            ["ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        );
        Assert.True(
            exitCode == 0,
            $"npm could not install what {source} asks for; check that a package registry can be reached.\n{output}"
        );
        try
        {
            Directory.Move(aside, installed);
        }
        catch (IOException) when (Directory.Exists(installed))
        {
            // Another run was first.
        }
        return installed;
    }

    /// <summary>Starts a command of Node.</summary>
    /// <exception cref="InvalidOperationException">Node is not installed.</exception>
    public static Process Start(string folder, string command, IReadOnlyList<string> arguments)
    {
        var windows = OperatingSystem.IsWindows() && command == "npm";
        var start = new ProcessStartInfo(windows ? "cmd" : command, windows ? ["/c", "npm", .. arguments] : arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException(
                $"'{command}' was not found. Tests run Intacct's own JavaScript library and Azurite: install "
                    + $"Node.js 20 to 22 with npm.",
                e
            );
        }
    }

    private static async Task<(int ExitCode, string Output)> ProcessAsync(
        string folder,
        string command,
        IReadOnlyList<string> arguments
    )
    {
        using var process = Start(folder, command, arguments);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, await output + await errors);
    }
}
