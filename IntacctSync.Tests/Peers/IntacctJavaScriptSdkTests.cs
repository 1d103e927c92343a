using IntacctSync.Simulators;
using IntacctSync.Simulators.Intacct;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Peers;

public class IntacctJavaScriptSdkTests
{
    private static readonly string Source = RepositoryFiles.Tests("Peers", "intacct-sdk-js");

    [Fact]
    public async Task Intacct_s_own_library_signs_in_creates_reads_by_pages_and_decodes_failures()
    {
        var simulator = new IntacctSimulator(new IntacctSimulatorOptions(), TimeProvider.System);
        await using var running = await SimulatorHost.StartAsync(simulator, 0, CancellationToken.None);

        var (exitCode, output) = await NodePackage.RunAsync(Source, "check.mjs", running.Address.ToString());

        Assert.True(exitCode == 0, output);
        Assert.Equal(11, output.Split("ok: ").Length - 1);
        Assert.Equal("seen by the peer", simulator.Company.Record("CUSTOMER", "JS-1")!["COMMENTS"]);
    }

    [Fact]
    public async Task The_lock_file_names_no_registry()
    {
        var lockFile = await File.ReadAllTextAsync(Path.Combine(Source, "package-lock.json"));

        Assert.Contains("\"integrity\": \"sha512-", lockFile, StringComparison.Ordinal);
        Assert.DoesNotContain("\"resolved\"", lockFile, StringComparison.Ordinal);
    }
}
