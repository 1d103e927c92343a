using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Conventions;

/// <summary>
/// The clock, ids and clients come from outside; the compiler refuses the rest, and here it is seen that it does.
/// </summary>
public sealed class BannedSymbolTests
{
    private static readonly string[] Required =
    [
        "P:System.DateTime.Now",
        "P:System.DateTime.UtcNow",
        "P:System.DateTime.Today",
        "P:System.DateTimeOffset.Now",
        "P:System.DateTimeOffset.UtcNow",
        "M:System.Guid.NewGuid",
        "M:System.Guid.CreateVersion7",
        "M:System.Threading.Thread.Sleep(System.Int32)",
        "M:System.Threading.Tasks.Task.Delay(System.Int32)",
        "M:System.Threading.Tasks.Task.Delay(System.TimeSpan)",
        "M:System.Net.Http.HttpClient.#ctor",
        "M:System.Net.Http.HttpClient.#ctor(System.Net.Http.HttpMessageHandler)",
        "M:System.Decimal.ToString",
        "M:System.DateTimeOffset.ToString",
        "M:System.DateOnly.ToString",
    ];

    /// <summary>
    /// Where the compiler is told to look away, each for the reason that stands beside it in the file.
    /// </summary>
    private static readonly string[] Exceptions = ["IntacctSync.Core/Domain/IIdSource.cs"];

    [Fact]
    public void The_compiler_refuses_clocks_ids_and_clients_of_ones_own()
    {
        Assert.Empty(Missing(Sources.Get("BannedSymbols.txt").Text));
        var build = Sources.Get("Directory.Build.props").Text;
        Assert.Contains(
            """<AdditionalFiles Include="$(MSBuildThisFileDirectory)BannedSymbols.txt" />""",
            build,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """<PackageReference Include="Microsoft.CodeAnalysis.BannedApiAnalyzers" """,
            build,
            StringComparison.Ordinal
        );
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", build, StringComparison.Ordinal);
        Assert.Contains(
            "dotnet_diagnostic.RS0030.severity = error",
            Sources.Get(".editorconfig").Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_list_that_lost_an_entry_is_found()
    {
        var list = Sources.Get("BannedSymbols.txt").Text;
        Assert.Equal(
            ["M:System.Guid.NewGuid"],
            Missing(list.Replace("M:System.Guid.NewGuid;", "M:System.Guid.Newer;", StringComparison.Ordinal))
        );
        Assert.Equal(Required, Missing(""));
    }

    [Fact]
    public void Nobody_else_tells_the_compiler_to_look_away() =>
        Assert.Equal(Exceptions, Product().Where(LooksAway).Select(f => f.Path).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("#pragma warning disable RS0030")]
    [InlineData("#pragma warning disable CA1305, RS0030 // For once.")]
    [InlineData("[SuppressMessage(\"ApiDesign\", \"RS0030\")]")]
    [InlineData("<NoWarn>$(NoWarn);RS0030</NoWarn>")]
    public void A_file_that_does_is_found(string line) =>
        Assert.True(LooksAway(new SourceFile("IntacctSync.Core/A.cs", line)));

    private static IEnumerable<SourceFile> Product() =>
        Sources.All.Where(f =>
            f.Project is "IntacctSync.Core" or "IntacctSync.Web" or "IntacctSync.Local" or "IntacctSync.Functions"
            && f.Path.Contains('/', StringComparison.Ordinal)
        );

    private static bool LooksAway(SourceFile file) =>
        Regex.IsMatch(
            file.Text,
            @"(pragma warning disable|SuppressMessage|NoWarn).*RS0030",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10)
        );

    private static IEnumerable<string> Missing(string list)
    {
        var banned = list.Split('\n').Select(line => line.Split(';')[0].Trim()).ToHashSet(StringComparer.Ordinal);
        return Required.Where(r => !banned.Contains(r));
    }
}
