using System.Text.RegularExpressions;
using IntacctSync.Core.Envelopes;
using IntacctSync.Simulators;

namespace IntacctSync.Tests.Conventions;

public sealed class LayerTests
{
    [Fact]
    public void A_folder_of_the_core_uses_only_folders_on_lines_under_its_own() =>
        Assert.Empty(Sources.Code("IntacctSync.Core").SelectMany(Layers.Violations));

    [Theory]
    [InlineData("Domain/A.cs", "using IntacctSync.Core.Storage;")]
    [InlineData("Storage/A.cs", "using IntacctSync.Core.Secrets;")]
    [InlineData("Leases/A.cs", "using IntacctSync.Core.KeyMap;")]
    [InlineData("Flows/Writing/A.cs", "using IntacctSync.Core.Pipeline;")]
    [InlineData("Flows/Writing/A.cs", "private IntacctSync.Core.Detection.Poller _poller;")]
    [InlineData("Runs/A.cs", "private Recoverability.FailurePolicy _policy;")]
    [InlineData("Remote/A.cs", "private Intacct.Requests.MailAddress _address;")]
    [InlineData("Remote/A.cs", "global using static IntacctSync.Core.Envelopes.EnvelopeKind;")]
    [InlineData("KeyMap/A.cs", "IntacctSyncRegistration.AddIntacctSync(services);")]
    [InlineData("Pipeline/A.cs", "using IntacctSync.Core.Zuper;")]
    [InlineData("Flows/A.cs", "private Zuper.Client.ZuperClient _client;")]
    [InlineData("Zuper/A.cs", "using IntacctSync.Core.Upflow;")]
    [InlineData("Elsewhere/A.cs", "")]
    public void The_rule_finds_a_file_that_breaks_it(string path, string line)
    {
        var file = new SourceFile(
            "IntacctSync.Core/" + path,
            $"{line}\nnamespace IntacctSync.Core.{path.Split('/')[0]};\n"
        );
        Assert.Single(Layers.Violations(file));
    }

    [Theory]
    [InlineData("Pipeline/A.cs", "using IntacctSync.Core.Detection;")]
    [InlineData("KeyMap/A.cs", "private Storage.ITable _table;")]
    [InlineData("Zuper/A.cs", "using IntacctSync.Core.Detection;")]
    [InlineData("Remote/A.cs", "// See IntacctSync.Core.Pipeline.FlowRunner.")]
    [InlineData("Domain/A.cs", "var id = Intacct.CompanyId;")]
    public void The_rule_lets_pass_what_keeps_it(string path, string line) =>
        Assert.Empty(
            Layers.Violations(
                new SourceFile(
                    "IntacctSync.Core/" + path,
                    $"{line}\nnamespace IntacctSync.Core.{path.Split('/')[0]};\n"
                )
            )
        );

    [Fact]
    public void The_core_knows_no_host()
    {
        Assert.Empty(Sources.Code("IntacctSync.Core").SelectMany(HostsIn));
        Assert.DoesNotContain(typeof(Envelope).Assembly.GetReferencedAssemblies(), a => IsHost(a.Name!));
        Assert.DoesNotContain(
            "ProjectReference",
            Sources.Get("IntacctSync.Core/IntacctSync.Core.csproj").Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("using Microsoft.AspNetCore.Http;")]
    [InlineData("using Microsoft.AspNetCore;")]
    [InlineData("IntacctSync.Local.Program.Run();")]
    [InlineData("using IntacctSync.Web;")]
    [InlineData("using IntacctSync.Functions;")]
    [InlineData("using IntacctSync.Simulators.Zuper;")]
    public void A_host_in_the_core_is_found(string line)
    {
        Assert.Single(HostsIn(new SourceFile("IntacctSync.Core/Secrets/A.cs", line)));
        Assert.Empty(
            HostsIn(new SourceFile("IntacctSync.Core/Secrets/A.cs", "using Microsoft.AspNetCore.DataProtection;"))
        );
        Assert.True(IsHost("Microsoft.AspNetCore.Http.Abstractions"));
    }

    [Fact]
    public void The_simulators_know_nothing_of_the_core()
    {
        Assert.NotEmpty(Sources.Code("IntacctSync.Simulators"));
        Assert.DoesNotContain(Sources.Code("IntacctSync.Simulators"), NamesCore);
        Assert.DoesNotContain(
            "ProjectReference",
            Sources.Get("IntacctSync.Simulators/IntacctSync.Simulators.csproj").Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            typeof(ISimulator).Assembly.GetReferencedAssemblies(),
            a => a.Name!.StartsWith("IntacctSync", StringComparison.Ordinal)
        );
        Assert.True(NamesCore(new SourceFile("IntacctSync.Simulators/A.cs", "using IntacctSync.Core.Domain;")));
    }

    private static bool NamesCore(SourceFile file) => file.Code.Contains("IntacctSync.Core", StringComparison.Ordinal);

    private static IEnumerable<string> HostsIn(SourceFile file) =>
        Regex
            .Matches(
                file.Code,
                @"Microsoft\.AspNetCore(?!\.DataProtection)\b|IntacctSync\.(Web|Local|Functions|Simulators)\b",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(10)
            )
            .Select(m => $"{file.Path} names {m.Value}.");

    private static bool IsHost(string assembly) =>
        assembly.StartsWith("IntacctSync", StringComparison.Ordinal)
        || (
            assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            && !assembly.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal)
        );
}
