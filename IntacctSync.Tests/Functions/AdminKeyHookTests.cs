using System.Diagnostics;
using System.Text.Json;
using IntacctSync.Tests.Conventions;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Functions;

/// <summary>
/// The hook that makes the admin key, run by a shell; what it calls of Azure's command line only notes how it was
/// called.
/// </summary>
public sealed class AdminKeyHookTests : IDisposable
{
    private const string Vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v";
    private const string App = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/a";
    private const string Key = "canary-of-the-key";

    private readonly TemporaryFolder _folder = new();

    public AdminKeyHookTests()
    {
        // A get finds the secret once it was put.
        Play(
            "az",
            $$"""
            echo "$*" >> "{{_folder.File("calls")}}"
            case "$3" in
            get)
                test -f "{{_folder.File("secret")}}" && exit
                echo 'Not Found(SecretNotFound)' >&2
                exit 1 ;;
            put) for last; do case "$last" in @*) cp "${last#@}" "{{_folder.File("secret")}}" ;; esac; done ;;
            esac
            """
        );
        Play("openssl", $"echo {Key}");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_time_the_key_is_made_and_then_the_app_is_told_to_look_again()
    {
        var (code, told) = await RunAsync();
        Assert.Equal(0, code);
        Assert.Equal(["get", "put", "post"], Methods());
        Assert.StartsWith($"{Vault}/secrets/admin-api-key?", Url(Calls()[1]), StringComparison.Ordinal);
        Assert.StartsWith(
            $"{App}/config/configreferences/appsettings/refresh?",
            Url(Calls()[2]),
            StringComparison.Ordinal
        );
        using var body = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.File("secret")));
        Assert.Equal(Key, body.RootElement.GetProperty("properties").GetProperty("value").GetString());

        // Others on the machine see the arguments of a command, and a terminal keeps what it showed.
        Assert.DoesNotContain(Calls(), c => c.Contains(Key, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_time_the_key_stays_as_it_is_and_the_app_looks_again()
    {
        await RunAsync();
        Play("openssl", "echo another");
        var (code, _) = await RunAsync();
        Assert.Equal(0, code);
        Assert.Equal(["get", "put", "post", "get", "post"], Methods());
        Assert.Contains(Key, await File.ReadAllTextAsync(_folder.File("secret")), StringComparison.Ordinal);
    }

    /// <summary>Else a passing failure would change the key for all who have it.</summary>
    [Fact]
    public async Task Where_it_can_not_be_told_whether_there_is_a_key_none_is_made()
    {
        PlayRefusal("Too Many Requests()");
        var (code, told) = await RunAsync();
        Assert.NotEqual(0, code);
        Assert.Equal(["get"], Methods());
        Assert.Contains("Too Many Requests", told, StringComparison.Ordinal);
    }

    /// <summary>Else the deployment would go on, and the app would be left without a key.</summary>
    [Fact]
    public async Task A_key_that_can_not_be_made_ends_it_as_failed()
    {
        PlayRefusal("Not Found()");
        var (code, _) = await RunAsync();
        Assert.NotEqual(0, code);
        Assert.Equal(["get", "put"], Methods());
    }

    /// <summary>Whoever deploys writes the key by the management API, and gets no right on secrets.</summary>
    [Fact]
    public async Task It_gives_nobody_a_role()
    {
        await RunAsync();
        Assert.All(Calls(), call => Assert.StartsWith("rest ", call, StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_run_when_all_is_made_and_given_what_it_asks_for()
    {
        Assert.Contains(
            "  postprovision:\n    shell: sh\n    run: ./infra/admin-key.sh\n",
            Sources.Get("azure.yaml").Text,
            StringComparison.Ordinal
        );
        Assert.Contains("AZURE_KEY_VAULT_ID", CompiledTemplate.Main.Names("outputs"));
        Assert.Contains("AZURE_FUNCTION_APP_ID", CompiledTemplate.Main.Names("outputs"));
    }

    private void Play(string name, string script)
    {
        File.WriteAllText(_folder.File(name), $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                _folder.File(name),
                UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite
            );
    }

    private void PlayRefusal(string text) =>
        Play("az", $"echo \"$*\" >> \"{_folder.File("calls")}\"; echo '{text}' >&2; exit 1");

    private string[] Calls() => File.ReadAllLines(_folder.File("calls"));

    private IEnumerable<string> Methods() => Calls().Select(c => c.Split(' ')[2]);

    private static string Url(string call) => call.Split(' ')[4];

    private async Task<(int Code, string Told)> RunAsync()
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(RepositoryFiles.Root, "infra", "admin-key.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["PATH"] = $"{Path.GetDirectoryName(_folder.File("az"))}:{Environment.GetEnvironmentVariable("PATH")}",
                ["AZURE_KEY_VAULT_ID"] = Vault,
                ["AZURE_FUNCTION_APP_ID"] = App,
            },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var told = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, told + await errors);
    }
}
