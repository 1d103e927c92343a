using IntacctSync.Local;
using IntacctSync.Local.Access;
using IntacctSync.Local.Settings;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace IntacctSync.Tests.Local.Access;

public sealed class OwnerOnlyPlacesTests : IDisposable
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;
    private const UnixFileMode ReadByGroup = OwnersFile | UnixFileMode.GroupRead;
    private const UnixFileMode EnteredByAll =
        OwnersFolder
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    private LocalSettings Settings =>
        LocalSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection([
                    new(LocalStorageOptions.PathKey, Path.Combine(Data, "x.db")),
                    new(LocalSecretsOptions.PathKey, Path.Combine(Data, "secrets")),
                ])
                .Build()
        );

    [UnixFact]
    public void What_others_could_read_is_tightened_with_a_line_for_each_and_then_with_none()
    {
        Make("secrets", "x.db", "x.db-wal", "x-queue.db", "admin-key");
        var lines = OwnerOnlyPlaces.Tighten(Settings);

        Assert.Equal(OwnersFolder, Mode(""));
        Assert.Equal(OwnersFolder, Mode("secrets"));
        Assert.All(["x.db", "x.db-wal", "x-queue.db", "admin-key"], f => Assert.Equal(OwnersFile, Mode(f)));
        Assert.Equal(6, lines.Count);
        Assert.Contains(
            lines,
            l =>
                l.Contains("admin-key", StringComparison.Ordinal)
                && l.Contains("delete the file", StringComparison.Ordinal)
        );
        Assert.Empty(OwnerOnlyPlaces.Tighten(Settings));
    }

    [UnixFact]
    public void A_folder_in_which_other_files_lie_is_left_as_it_is_and_our_files_are_not()
    {
        Make(null, "x.db", "admin-key", "thesis.txt");
        OwnerOnlyPlaces.Tighten(Settings);
        Assert.Equal((EnteredByAll, OwnersFile, OwnersFile), (Mode(""), Mode("x.db"), Mode("admin-key")));
        Assert.Equal(ReadByGroup, Mode("thesis.txt"));
    }

    [UnixFact]
    public async Task A_folder_of_others_to_which_everybody_may_write_is_refused_with_a_line_and_nothing_starts()
    {
        Make(null, "admin-key", "thesis.txt");
        Set(Data, EnteredByAll | UnixFileMode.OtherWrite);
        using var errors = new StringWriter();
        using var output = new StringWriter();
        var code = await LocalHost
            .RunAsync(
                [
                    "--sandbox=off",
                    "--urls=http://127.0.0.1:0",
                    $"--Storage:Path={Path.Combine(Data, "x.db")}",
                    $"--Secrets:Path={Path.Combine(Data, "secrets")}",
                ],
                output,
                errors
            )
            .WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(2, code);
        Assert.Matches("^Storage:Path is '.*'; everybody may write to that folder.*chmod o-w", errors.ToString());
        Assert.DoesNotContain("the-key-itself", errors.ToString() + output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Data, "x.db")));
    }

    [UnixFact]
    public void A_folder_to_which_everybody_may_write_but_take_away_nothing_is_taken()
    {
        Make(null, "thesis.txt");
        Set(Data, EnteredByAll | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);
        Assert.Empty(OwnerOnlyPlaces.Tighten(Settings));
    }

    public void Dispose() => _folder.Dispose();

    private void Make(string? secrets, params string[] files)
    {
        Directory.CreateDirectory(Data);
        if (secrets is not null)
        {
            Directory.CreateDirectory(Path.Combine(Data, secrets));
            Set(Path.Combine(Data, secrets), EnteredByAll);
        }

        foreach (var file in files)
        {
            File.WriteAllText(Path.Combine(Data, file), "the-key-itself");
            Set(Path.Combine(Data, file), ReadByGroup);
        }

        Set(Data, EnteredByAll);
    }

    private UnixFileMode Mode(string name) =>
        OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path.Combine(Data, name));

    private static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}

/// <summary>A test of modes of files.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no such modes." : null;
}
