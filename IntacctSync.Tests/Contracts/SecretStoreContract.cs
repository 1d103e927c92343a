using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;

namespace IntacctSync.Tests.Contracts;

/// <summary>What every store of secrets must do.</summary>
public abstract class SecretStoreContract : IAsyncLifetime
{
    private static readonly ConnectionId Demo = ConnectionId.Parse("demo");
    private static readonly SecretName Password = new(Demo, "intacct.userPassword");
    private static readonly SecretName Key = new(Demo, "zuper.apiKey");

    protected ISecretStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public abstract Task DisposeAsync();

    /// <summary>
    /// The store, empty when it is first opened; opened again it is the same store to another process.
    /// </summary>
    protected abstract Task<ISecretStore> OpenAsync();

    [Fact]
    public async Task A_secret_that_was_never_set_is_null() => Assert.Null(await GetAsync(Password));

    [Theory]
    [InlineData("plain")]
    [InlineData(" spaces at both ends ")]
    [InlineData("Ünïcödé 日本 😀 \"quoted\" \\ <&>\r\n")]
    [InlineData("null")]
    public async Task A_secret_is_read_as_it_was_set(string secret)
    {
        await SetAsync(Password, secret);
        Assert.Equal(secret, await GetAsync(Password));
        Assert.Equal(secret, await (await OpenAsync()).GetAsync(Password, CancellationToken.None));
    }

    [Fact]
    public async Task A_long_secret_is_read_as_it_was_set()
    {
        var secret = new string('x', 20_000);
        await SetAsync(Password, secret);
        Assert.Equal(secret, await GetAsync(Password));
    }

    [Fact]
    public async Task Setting_again_replaces_that_secret_and_no_other()
    {
        await SetAsync(Password, "one");
        await SetAsync(Key, "key");
        await SetAsync(Password, "two");
        Assert.Equal(("two", "key"), (await GetAsync(Password), await GetAsync(Key)));
    }

    [Fact]
    public async Task Connections_have_secrets_of_their_own()
    {
        var theirs = new SecretName(ConnectionId.Parse("demo-2"), Password.Field);
        await SetAsync(Password, "mine");
        Assert.Null(await GetAsync(theirs));
        await SetAsync(theirs, "theirs");
        Assert.Equal(("mine", "theirs"), (await GetAsync(Password), await GetAsync(theirs)));
    }

    [Fact]
    public async Task A_deleted_secret_is_gone_and_deleting_it_again_is_no_error()
    {
        await SetAsync(Password, "one");
        await SetAsync(Key, "key");
        await Store.DeleteAsync(Password, CancellationToken.None);
        await Store.DeleteAsync(Password, CancellationToken.None);
        Assert.Equal((null, "key"), (await GetAsync(Password), await GetAsync(Key)));
        await SetAsync(Password, "again");
        Assert.Equal("again", await GetAsync(Password));
    }

    [Fact]
    public async Task Deleting_all_of_a_connection_leaves_those_of_others_even_of_a_longer_name()
    {
        var other = new SecretName(ConnectionId.Parse("demo-2"), Password.Field);
        await SetAsync(Password, "one");
        await SetAsync(Key, "key");
        await SetAsync(other, "other");
        await Store.DeleteAllAsync(Demo, CancellationToken.None);
        await Store.DeleteAllAsync(Demo, CancellationToken.None);
        Assert.Equal((null, null, "other"), (await GetAsync(Password), await GetAsync(Key), await GetAsync(other)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_empty_secret_is_refused_and_the_one_before_stays(string? secret)
    {
        await SetAsync(Password, "one");
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => SetAsync(Password, secret!));
        Assert.Contains("demo/intacct.userPassword", refused.Message, StringComparison.Ordinal);
        Assert.Equal("one", await GetAsync(Password));
    }

    [Fact]
    public async Task Secrets_set_at_once_by_two_processes_are_all_kept()
    {
        var other = await OpenAsync();
        SecretName[] names = [.. Enumerable.Range(0, 16).Select(i => new SecretName(Demo, $"field{i}"))];
        await Task.WhenAll(
            names.Select(
                (name, i) =>
                    Task.Run(() => (i % 2 == 0 ? Store : other).SetAsync(name, $"secret {i}", CancellationToken.None))
            )
        );
        for (var i = 0; i < names.Length; i++)
            Assert.Equal($"secret {i}", await GetAsync(names[i]));
    }

    [Fact]
    public async Task A_change_that_was_cancelled_before_it_began_changes_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.SetAsync(Password, "one", new CancellationToken(canceled: true))
        );
        Assert.Null(await GetAsync(Password));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with/slash")]
    [InlineData("with-dash")]
    [InlineData("ünïcödé")]
    [InlineData("x123456789012345678901234567890123456789012345678901234567890")]
    public void A_field_that_not_every_store_can_name_is_refused(string field) =>
        Assert.Throws<ArgumentException>(() => new SecretName(Demo, field));

    private Task<string?> GetAsync(SecretName name) => Store.GetAsync(name, CancellationToken.None);

    private Task SetAsync(SecretName name, string secret) => Store.SetAsync(name, secret, CancellationToken.None);
}
