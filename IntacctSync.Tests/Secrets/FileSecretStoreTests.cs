using System.Text;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Secrets;

public sealed class FileSecretStoreTests : IDisposable
{
    private const string Canary = "canary-4711-sings";
    private static readonly SecretName Name = new(ConnectionId.Parse("demo"), "zuper.apiKey");

    private readonly TemporaryFolder _folder = new();
    private readonly List<FileSecretStore> _opened = [];

    private string Folder => _folder.File("data/secrets");

    public void Dispose()
    {
        _opened.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public async Task No_file_of_the_folder_holds_the_text_of_a_secret()
    {
        var store = Open();
        for (var i = 0; i < 3; i++)
            await store.SetAsync(Name, Canary + i, CancellationToken.None);
        await store.SetAsync(new SecretName(ConnectionId.Parse("demo"), "other"), Canary, CancellationToken.None);
        var files = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("secrets.bin", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file);
            foreach (
                var form in new[]
                {
                    Encoding.UTF8.GetBytes(Canary),
                    Encoding.Unicode.GetBytes(Canary),
                    Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary))[..20]),
                }
            )
                Assert.True(bytes.AsSpan().IndexOf(form) < 0, file);
        }
    }

    [Fact]
    public async Task Folders_and_files_are_for_their_owner_only_from_the_start()
    {
        await Open().SetAsync(Name, Canary, CancellationToken.None);
        AssertOwnerOnly();
    }

    [Fact]
    public async Task What_was_found_open_to_others_is_closed_again()
    {
        await Open().SetAsync(Name, Canary, CancellationToken.None);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode open =
                UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead
                | UnixFileMode.OtherRead;
            foreach (
                var entry in Directory.GetFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Append(Folder)
            )
                File.SetUnixFileMode(entry, open);
        }

        Assert.Equal(Canary, await Open().GetAsync(Name, CancellationToken.None));
        AssertOwnerOnly();
    }

    [Fact]
    public async Task A_key_file_that_is_damaged_is_told_with_what_to_do()
    {
        using (var store = new FileSecretStore(Folder, TimeProvider.System))
            await store.SetAsync(new SecretName(Some.ConnectionId, "zuper.apiKey"), "canary", CancellationToken.None);
        foreach (var key in Directory.EnumerateFiles(Path.Combine(Folder, "keys")))
            await File.WriteAllTextAsync(key, "<key", CancellationToken.None);

        using var reopened = new FileSecretStore(Folder, TimeProvider.System);
        var refused = await Assert.ThrowsAsync<SecretsUnavailableException>(() =>
            reopened.GetAsync(new SecretName(Some.ConnectionId, "zuper.apiKey"), CancellationToken.None)
        );

        Assert.Contains("Restore that folder of keys", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_keys_are_gone_is_told_with_what_to_do_and_is_not_overwritten()
    {
        await Open().SetAsync(Name, Canary, CancellationToken.None);
        Directory.Move(Path.Combine(Folder, "keys"), _folder.File("keys-elsewhere"));
        var before = await File.ReadAllBytesAsync(Path.Combine(Folder, "secrets.bin"));
        var store = Open();
        foreach (
            var call in new Func<Task>[]
            {
                () => store.GetAsync(Name, CancellationToken.None),
                () => store.SetAsync(Name, "new", CancellationToken.None),
            }
        )
        {
            var refused = await Assert.ThrowsAsync<SecretsUnavailableException>(call);
            Assert.Contains("secrets.bin", refused.Message, StringComparison.Ordinal);
            Assert.Contains("Restore that folder of keys", refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, refused.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(Folder, "secrets.bin")));
        Directory.Delete(Path.Combine(Folder, "keys"), recursive: true);
        Directory.Move(_folder.File("keys-elsewhere"), Path.Combine(Folder, "keys"));
        Assert.Equal(Canary, await store.GetAsync(Name, CancellationToken.None));
    }

    [Fact]
    public async Task Keys_that_are_lost_under_an_open_store_are_told_at_once_and_nothing_is_written_without_them()
    {
        var store = Open();
        await store.SetAsync(Name, Canary, CancellationToken.None);
        Assert.Equal(Canary, await store.GetAsync(Name, CancellationToken.None));
        var before = await File.ReadAllBytesAsync(Path.Combine(Folder, "secrets.bin"));
        Directory.Move(Path.Combine(Folder, "keys"), _folder.File("keys-elsewhere"));

        await Assert.ThrowsAsync<SecretsUnavailableException>(() => store.GetAsync(Name, CancellationToken.None));
        await Assert.ThrowsAsync<SecretsUnavailableException>(() =>
            store.SetAsync(Name, "new", CancellationToken.None)
        );
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(Folder, "secrets.bin")));

        Directory.Delete(Path.Combine(Folder, "keys"), recursive: true);
        Directory.Move(_folder.File("keys-elsewhere"), Path.Combine(Folder, "keys"));
        Assert.Equal(Canary, await store.GetAsync(Name, CancellationToken.None));
    }

    [Fact]
    public async Task A_folder_that_is_lost_under_an_open_store_is_not_taken_for_one_without_secrets()
    {
        var store = Open();
        await store.SetAsync(Name, Canary, CancellationToken.None);
        Directory.Move(Folder, _folder.File("elsewhere"));

        var refused = await Assert.ThrowsAsync<SecretsUnavailableException>(() =>
            store.GetAsync(Name, CancellationToken.None)
        );
        Assert.Contains("is gone", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SecretsUnavailableException>(() =>
            store.SetAsync(Name, "new", CancellationToken.None)
        );
        Assert.False(File.Exists(Path.Combine(Folder, "secrets.bin")));

        Directory.Delete(Folder, recursive: true);
        Directory.Move(_folder.File("elsewhere"), Folder);
        Assert.Equal(Canary, await store.GetAsync(Name, CancellationToken.None));
    }

    [Fact]
    public async Task Keys_that_another_process_made_since_are_found()
    {
        var store = Open();
        await store.SetAsync(Name, "old", CancellationToken.None);
        Directory.Delete(Folder, recursive: true);
        await Open().SetAsync(Name, "new", CancellationToken.None);
        Assert.Equal("new", await store.GetAsync(Name, CancellationToken.None));
    }

    [Fact]
    public async Task A_damaged_file_is_told_with_what_to_do()
    {
        await Open().SetAsync(Name, Canary, CancellationToken.None);
        var path = Path.Combine(Folder, "secrets.bin");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        await Assert.ThrowsAsync<SecretsUnavailableException>(() => Open().GetAsync(Name, CancellationToken.None));
    }

    [Fact]
    public async Task A_process_that_died_while_writing_leaves_the_secrets_as_they_were()
    {
        await Open().SetAsync(Name, Canary, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(Folder, "secrets.bin.new"), "half a fi");
        var store = Open();
        Assert.Equal(Canary, await store.GetAsync(Name, CancellationToken.None));
        await store.SetAsync(Name, "next", CancellationToken.None);
        Assert.Equal("next", await store.GetAsync(Name, CancellationToken.None));
    }

    [Fact]
    public async Task A_folder_that_can_not_be_made_is_told_with_its_name()
    {
        Directory.CreateDirectory(_folder.File("data"));
        await File.WriteAllTextAsync(Folder, "a file in the way");
        var refused = await Assert.ThrowsAsync<SecretsUnavailableException>(() =>
            Open().SetAsync(Name, Canary, CancellationToken.None)
        );
        Assert.Contains(Folder, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, refused.ToString(), StringComparison.Ordinal);
    }

    private void AssertOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var entry in Directory.GetFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Append(Folder))
        {
            const UnixFileMode others =
                UnixFileMode.GroupRead
                | UnixFileMode.GroupWrite
                | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead
                | UnixFileMode.OtherWrite
                | UnixFileMode.OtherExecute;
            Assert.True((File.GetUnixFileMode(entry) & others) == UnixFileMode.None, $"{entry} is open to others");
        }
    }

    private FileSecretStore Open()
    {
        var store = new FileSecretStore(Folder, TimeProvider.System);
        _opened.Add(store);
        return store;
    }
}
