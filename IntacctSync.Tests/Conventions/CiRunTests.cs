using System.Diagnostics;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Conventions;

/// <summary>
/// What CI runs, run by a shell over a copy of the few files that it reads; what it calls only notes how it was called,
/// and fails where it is told to.
/// </summary>
public sealed class CiRunTests : IDisposable
{
    private const string Triggers =
        "Triggers/ProcessEnvelopesFunction.cs Triggers/DeadLettersFunction.cs Broker/ServiceBusSettling.cs";

    private readonly TemporaryFolder _folder = new();

    public CiRunTests()
    {
        foreach (
            var file in new[]
            {
                ".ci/run",
                "IntacctSync.Functions/IntacctSync.Functions.csproj",
                "IntacctSync.Tests/IntacctSync.Tests.csproj",
            }
        )
        {
            var copy = _folder.File("tree/" + file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(RepositoryFiles.Root, file), copy);
        }

        Directory.CreateDirectory(_folder.File("tree/infra/modules"));
        foreach (var file in new[] { "main.bicep", "main.bicepparam", "modules/a.bicep" })
            File.WriteAllText(_folder.File("tree/infra/" + file), "");
        Play("bin/chromium", "exit 0");
        Play($"packages/azure.bicep.commandline.linux-x64/{BicepVersion()}/tools/bicep", "exit 0");

        // Of all that is called, what FAILS names fails; a run of tests leaves its results.
        Play(
            "bin/dotnet",
            $$"""
            echo "$ServiceBusTriggers|$*" >> "{{_folder.File("calls")}}"
            while read -r fails; do
                case "$ServiceBusTriggers|$*" in
                $fails) echo "error NU1101: Unable to find package X. [tree]"; exit 1 ;;
                esac
            done < "{{_folder.File("fails")}}"
            while [ $# -gt 0 ]; do
                case "$1" in
                --results-directory)
                    mkdir -p "$2"
                    echo '<Counters total="3" executed="2" passed="2" >' > "$2/tests.trx" ;;
                esac
                shift
            done
            exit 0
            """
        );
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Where_every_package_can_be_restored_the_whole_is_built_and_tested()
    {
        var (code, told) = await RunAsync();
        Assert.True(code == 0, told);
        Assert.Contains(
            "IntacctSync.Functions was built whole.\n2 passed, 0 failed, 1 skipped",
            told,
            StringComparison.Ordinal
        );
        Assert.Contains(Calls(), c => c == "true|build IntacctSync.sln --no-restore -p:ServiceBusTriggers=true");
        Assert.Contains(Calls(), c => c.StartsWith("true|test IntacctSync.Tests --no-build", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_a_package_is_missing_the_rest_is_built_and_the_files_that_were_left_out_are_named()
    {
        var (code, told) = await RunAsync("|restore IntacctSync.sln*");
        Assert.True(code == 0, told);
        Assert.Contains(
            $"IntacctSync.Functions was built without {Triggers}, which the tests compile against a double "
                + "(error NU1101: Unable to find package X.).\n2 passed",
            told,
            StringComparison.Ordinal
        );
        Assert.Contains(Calls(), c => c == "false|build IntacctSync.sln --no-restore -p:ServiceBusTriggers=false");
    }

    [Theory]
    [InlineData("*restore IntacctSync.sln*")]
    [InlineData("*build IntacctSync.sln*")]
    public async Task Where_neither_can_be_built_it_fails_and_does_not_say_that_it_was(string fails)
    {
        var (code, told) = await RunAsync(fails, "*build IntacctSync.sln*");
        Assert.NotEqual(0, code);
        Assert.Contains("IntacctSync.Functions was not built.\n", told, StringComparison.Ordinal);
        Assert.DoesNotContain("was built", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*csharpier check*")]
    [InlineData("*format whitespace*")]
    [InlineData("*test IntacctSync.Tests*tests.trx*")]
    [InlineData("*test IntacctSync.Tests*azurite.trx*")]
    public async Task What_fails_fails_the_run(string fails)
    {
        var (code, told) = await RunAsync(fails);
        Assert.NotEqual(0, code);
        Assert.Contains("== failed: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infrastructure_that_the_compiler_complains_of_fails_the_run()
    {
        Play(
            $"packages/azure.bicep.commandline.linux-x64/{BicepVersion()}/tools/bicep",
            "[ \"$1\" != lint ] || echo 'main.bicep(1,1) : Warning' >&2"
        );
        var (code, told) = await RunAsync();
        Assert.NotEqual(0, code);
        Assert.Contains("main.bicep(1,1) : Warning", told, StringComparison.Ordinal);
    }

    private static string BicepVersion() =>
        Sources.Get("IntacctSync.Tests/IntacctSync.Tests.csproj").Text.Split("<BicepVersion>")[1].Split('<')[0];

    private void Play(string name, string script)
    {
        var file = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    private string[] Calls() => File.ReadAllLines(_folder.File("calls"));

    private async Task<(int Code, string Told)> RunAsync(params string[] fails)
    {
        await File.WriteAllLinesAsync(_folder.File("fails"), fails, CancellationToken.None);
        var start = new ProcessStartInfo("bash", [_folder.File("tree/.ci/run")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["PATH"] = $"{_folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["NUGET_PACKAGES"] = _folder.File("packages"),
                ["ServiceBusTriggers"] = "of a developer's shell",
            },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var told = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, told + await errors);
    }
}
