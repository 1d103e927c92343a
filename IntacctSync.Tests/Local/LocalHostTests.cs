using System.Net;
using System.Net.Sockets;
using IntacctSync.Local;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local;

public sealed class LocalHostTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task A_wrong_setting_ends_with_its_line_and_code_2()
    {
        Assert.Equal(2, await RunAsync("--Sandbox", "sometimes"));
        Assert.Equal("Sandbox is 'sometimes'; allowed is on, once or off." + Environment.NewLine, _errors.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task A_wrong_argument_ends_with_its_line_and_code_2()
    {
        Assert.Equal(2, await RunAsync("--urls", "http://127.0.0.1:0", "sandbox"));
        Assert.Equal(
            "The argument 'sandbox' belongs to no key; allowed is --key value or --key=value." + Environment.NewLine,
            _errors.ToString()
        );
    }

    [Fact]
    public async Task A_word_that_is_no_verb_is_told_with_the_verb_that_may_be_meant()
    {
        Assert.Equal(2, await RunAsync("statsu"));
        Assert.Contains("'statsu'", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            $"Did you mean one of the following?{Environment.NewLine}status{Environment.NewLine}",
            _output.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_port_that_is_taken_is_a_line_and_no_stack_trace()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var folder = new TemporaryFolder();
        var url = "http://" + taken.LocalEndpoint;

        Assert.Equal(
            2,
            await RunAsync(
                "--sandbox=off",
                "--urls",
                url,
                "--Storage:Path",
                folder.File("x.db"),
                "--Secrets:Path",
                folder.File("secrets")
            )
        );

        var line = Assert.Single(_errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(
            $"urls is '{url}'; allowed is an address of this machine with a port that is free",
            line,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_address_that_is_none_is_a_line()
    {
        Assert.Equal(2, await RunAsync("--sandbox=off", "--urls", "everywhere"));
        Assert.Equal(
            "urls is 'everywhere'; allowed is an http or https address such as http://127.0.0.1:5080."
                + Environment.NewLine,
            _errors.ToString()
        );
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:70000")]
    [InlineData("http_ports", "70000")]
    public async Task A_port_that_does_not_exist_is_a_line(string key, string value)
    {
        Assert.Equal(2, await RunAsync("--sandbox=off", $"--{key}", value));
        Assert.Equal(
            $"{key} is '{value}'; allowed is a port from 1 to 65535, or 0 for any that is free." + Environment.NewLine,
            _errors.ToString()
        );
    }

    [Theory]
    [InlineData("Storage:Path", "a file that can be made and written to")]
    [InlineData("Secrets:Path", "a folder that can be made and written to")]
    public async Task A_place_that_can_not_be_made_is_a_line_and_nothing_starts(string key, string allowed)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("plain"), "no folder");
        var places = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Storage:Path"] = folder.File("x.db"),
            ["Secrets:Path"] = folder.File("secrets"),
            ["Log:Path"] = folder.File("logs"),
            [key] = folder.File("plain/below"),
        };

        var code = await RunAsync([
            "--sandbox=off",
            .. places.Select(p => $"--{p.Key}={p.Value}"),
            "--urls=http://127.0.0.1:0",
        ]);

        Assert.Equal(2, code);
        var line = Assert.Single(_errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"{key} is '{places[key]}'; allowed is {allowed} (", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_no_file_of_the_tables()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("x.db"));
        Assert.Equal(
            2,
            await RunAsync(
                "--sandbox=off",
                "--urls=http://127.0.0.1:0",
                $"--Storage:Path={folder.File("x.db")}",
                $"--Secrets:Path={folder.File("s")}"
            )
        );
        Assert.Contains("and this is a folder", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_given_and_nothing_started()
    {
        Assert.Equal(0, await RunAsync("--help"));
        Assert.Contains("--sandbox once", _output.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] args) => LocalHost.RunAsync(args, _output, _errors);
}
