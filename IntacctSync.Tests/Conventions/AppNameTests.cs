namespace IntacctSync.Tests.Conventions;

/// <summary>General code names no app: one is added as a folder of its own and a line of the registration.</summary>
public sealed class AppNameTests
{
    private static readonly string[] Apps = ["Zuper", "Upflow"];

    [Fact]
    public void Only_an_apps_own_folder_and_the_registration_name_it()
    {
        Assert.Empty(Sources.Code("IntacctSync.Core", "IntacctSync.Web").SelectMany(Violations));
        Assert.Empty(Sources.Pages("IntacctSync.Web").SelectMany(Violations));
        Assert.All(Apps, app => Assert.Contains(Sources.Code("IntacctSync.Core"), f => f.Folder == app));
    }

    [Theory]
    [InlineData("IntacctSync.Core/Pipeline/A.cs", "private ZuperClient _client;")]
    [InlineData("IntacctSync.Core/Pipeline/A.cs", "/// As upflow has it.")]
    [InlineData("IntacctSync.Core/KeyMap/ZuperRow.cs", "")]
    [InlineData("IntacctSync.Web/Operations/A.cs", "const string App = \"zuper\";")]
    [InlineData("IntacctSync.Web/IntacctSyncRegistration.cs", "AddZuper();")]
    [InlineData("IntacctSync.Web/Console/Records/A.razor", "<p>Nothing is changed in Zuper.</p>")]
    [InlineData("IntacctSync.Web/Console/Assets/a.css", ".upflow { }")]
    public void A_file_that_names_an_app_is_found(string path, string text) =>
        Assert.Single(Violations(new SourceFile(path, text)));

    [Theory]
    [InlineData("IntacctSync.Core/Zuper/Client/A.cs", "private ZuperClient _client;")]
    [InlineData("IntacctSync.Core/Upflow/A.cs", "As Upflow has it.")]
    [InlineData("IntacctSync.Core/IntacctSyncRegistration.cs", "AddZuper();")]
    [InlineData("IntacctSync.Core/Pipeline/A.cs", "private IApp _app;")]
    public void Other_files_pass(string path, string text) => Assert.Empty(Violations(new SourceFile(path, text)));

    private static IEnumerable<string> Violations(SourceFile file)
    {
        if (
            file.Path == "IntacctSync.Core/IntacctSyncRegistration.cs"
            || (file.Project == "IntacctSync.Core" && Apps.Contains(file.Folder, StringComparer.Ordinal))
        )
            yield break;
        foreach (
            var app in Apps.Where(a =>
                file.Text.Contains(a, StringComparison.OrdinalIgnoreCase)
                || file.Path.Contains(a, StringComparison.OrdinalIgnoreCase)
            )
        )
            yield return $"{file.Path} names {app}: what is of one app belongs into its folder.";
    }
}
