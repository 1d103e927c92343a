using IntacctSync.Local.Sandbox;
using IntacctSync.Local.Settings;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local.Sandbox;

public sealed class SandboxFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Place => _folder.File("sandbox");

    [Fact]
    public void What_the_last_sandbox_left_is_gone()
    {
        Directory.CreateDirectory(Path.Combine(Place, "secrets", "keys"));
        foreach (
            var name in new[]
            {
                "intacctsync.db",
                "intacctsync.db-wal",
                "intacctsync-queue.db",
                "log.txt",
                "secrets/secrets.bin",
                "secrets/keys/key-1.xml",
            }
        )
            File.WriteAllText(Path.Combine(Place, name), "old");
        using var taken = SandboxFolder.Take(Place);
        Assert.Equal(["sandbox.lock"], Directory.EnumerateFileSystemEntries(Place).Select(Path.GetFileName));
    }

    [Access.UnixFact]
    public void A_folder_that_others_could_enter_is_its_owners_again()
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(Place);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Place, owner | UnixFileMode.GroupRead | UnixFileMode.OtherExecute);
        using var taken = SandboxFolder.Take(Place);
        Assert.Equal(owner, OperatingSystem.IsWindows() ? owner : File.GetUnixFileMode(Place));
    }

    [Fact]
    public void A_folder_with_something_else_in_it_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(Place);
        File.WriteAllText(Path.Combine(Place, "thesis.txt"), "years of work");
        File.WriteAllText(Path.Combine(Place, "log.txt"), "old");
        var refused = Assert.Throws<WrongSettingsException>(() => SandboxFolder.Take(Place));
        Assert.Contains("'thesis.txt'", Assert.Single(refused.Lines), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Place, "thesis.txt")));
        Assert.True(File.Exists(Path.Combine(Place, "log.txt")));
    }

    [Fact]
    public void A_folder_that_a_sandbox_is_at_work_in_is_refused()
    {
        using var taken = SandboxFolder.Take(Place);
        var refused = Assert.Throws<WrongSettingsException>(() => SandboxFolder.Take(Place));
        Assert.Contains("in use by another sandbox", Assert.Single(refused.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_and_is_no_crash()
    {
        File.WriteAllText(_folder.File("taken"), "");
        var refused = Assert.Throws<WrongSettingsException>(() => SandboxFolder.Take(_folder.File("taken/sandbox")));
        Assert.Contains("can't be made or written to", Assert.Single(refused.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_refused_since_what_it_points_at_would_be_emptied()
    {
        var elsewhere = Directory.CreateDirectory(_folder.File("elsewhere"));
        Directory.CreateSymbolicLink(Place, elsewhere.FullName);
        Assert.Throws<WrongSettingsException>(() => SandboxFolder.Take(Place));
    }

    public void Dispose() => _folder.Dispose();
}
