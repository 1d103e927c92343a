using IntacctSync.Local.Access;
using IntacctSync.Local.Settings;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Local.Access;

public sealed class AdminKeyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File(".data/admin-key");

    [Fact]
    public void The_key_is_made_once_and_is_long()
    {
        var key = AdminKeyFile.Take(Path);
        Assert.Equal(64, key.Length);
        Assert.Equal(key, AdminKeyFile.Take(Path));
        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        AdminKeyFile.Take(Path);
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner, File.GetUnixFileMode(Path));
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(System.IO.Path.GetDirectoryName(Path)!));
        File.SetUnixFileMode(Path, owner | UnixFileMode.OtherRead);
        AdminKeyFile.Take(Path);
        Assert.Equal(owner, File.GetUnixFileMode(Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("fifteen-letters\n")]
    public void One_that_can_be_guessed_is_refused_in_one_line_without_showing_it(string kept)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, kept);
        var line = Assert.Single(Assert.Throws<WrongSettingsException>(() => AdminKeyFile.Take(Path)).Lines);
        Assert.Contains("16 or more", line, StringComparison.Ordinal);
        Assert.DoesNotContain("fifteen", line, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_kept_by_hand_is_taken_without_its_line_end()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, "a-key-that-a-person-chose\r\n");
        Assert.Equal("a-key-that-a-person-chose", AdminKeyFile.Take(Path));
    }

    public void Dispose() => _folder.Dispose();
}
