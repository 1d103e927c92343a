using System.Net;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Secrets.KeyVault;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Secrets.KeyVault;

public sealed class KeyVaultSecretStoreTests : IAsyncLifetime
{
    private static readonly ConnectionId Demo = ConnectionId.Parse("demo");
    private static readonly SecretName Password = new(Demo, "intacct.userPassword");
    private const string Named = "intacct-userPassword--demo";

    private readonly TestClock _clock = new();
    private ScriptedVault _vault = null!;
    private KeyVaultSecretStore _store = null!;

    public async Task InitializeAsync()
    {
        _vault = await ScriptedVault.StartAsync();
        _store = _vault.Open(_clock);
    }

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    [Fact]
    public async Task A_secret_has_a_name_that_says_its_field_and_connection_and_a_version_for_each_change()
    {
        await SetAsync("one");
        await SetAsync("two");
        Assert.Equal([Named], _vault.Names);
        Assert.Equal(2, _vault.VersionsOf(Named));
    }

    [Fact]
    public async Task A_secret_is_held_for_fifteen_minutes_and_then_read_anew()
    {
        await SetAsync("one");
        Assert.Equal("one", await GetAsync());
        _vault.Put(Named, "two");
        _clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1));
        Assert.Equal("one", await GetAsync());
        Assert.Equal(1, _vault.Reads);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("two", await GetAsync());
    }

    [Fact]
    public async Task A_secret_that_was_refused_is_read_anew_but_not_at_every_refusal()
    {
        await SetAsync("one");
        Assert.Equal("one", await GetAsync());
        _vault.Put(Named, "two");
        _store.Forget(Demo);
        Assert.Equal("one", await GetAsync());
        _clock.Advance(TimeSpan.FromSeconds(30));
        _store.Forget(ConnectionId.Parse("demo-2"));
        Assert.Equal("one", await GetAsync());
        _store.Forget(Demo);
        Assert.Equal("two", await GetAsync());
    }

    [Fact]
    public async Task A_secret_set_elsewhere_after_it_was_missing_is_found_at_once()
    {
        Assert.Null(await GetAsync());
        _vault.Put(Named, "late");
        Assert.Equal("late", await GetAsync());
    }

    [Fact]
    public async Task All_of_a_connection_is_removed_over_several_pages_and_nothing_else_of_the_vault()
    {
        for (var i = 0; i < 5; i++)
            await _store.SetAsync(new SecretName(Demo, $"field{i}"), "x", CancellationToken.None);
        string[] others = ["Admin--ApiKey", "Admin--Demo", "demo", "field--demo-2", "field1--x-demo"];
        foreach (var other in others)
            _vault.Put(other, "theirs");
        await _store.DeleteAllAsync(Demo, CancellationToken.None);
        Assert.Equal(others, _vault.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_throttled_call_waits_as_it_is_told_and_is_made_again()
    {
        await SetAsync("one");
        _vault.FailNext(HttpStatusCode.TooManyRequests, retryAfter: "0");
        Assert.Equal("one", await GetAsync());
    }

    [Fact]
    public async Task A_vault_that_asks_for_more_than_half_a_minute_is_not_waited_for()
    {
        await SetAsync("one");
        _vault.FailNext(HttpStatusCode.TooManyRequests, retryAfter: "45");
        var refused = await Assert.ThrowsAsync<SecretsUnavailableException>(() => GetAsync());
        Assert.Contains("429", refused.Message, StringComparison.Ordinal);
        Assert.Equal("one", await GetAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "503")]
    [InlineData(HttpStatusCode.Forbidden, "Key Vault Secrets Officer")]
    public async Task A_vault_that_can_not_be_used_is_named_with_what_to_do_and_without_the_secret(
        HttpStatusCode status,
        string says
    )
    {
        _vault.FailNext(status, times: 3);
        var refused = await Assert.ThrowsAsync<SecretsUnavailableException>(() => SetAsync("canary"));
        Assert.Contains("https://acme.vault.azure.net", refused.Message, StringComparison.Ordinal);
        Assert.Contains("demo/intacct.userPassword", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_change_is_not_taken_for_what_was_held()
    {
        await SetAsync("one");
        await GetAsync();
        _vault.FailNext(HttpStatusCode.ServiceUnavailable, times: 3);
        await Assert.ThrowsAsync<SecretsUnavailableException>(() => SetAsync("two"));
        _vault.Put(Named, "two");
        Assert.Equal("two", await GetAsync());
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("a.")]
    public async Task A_field_whose_name_could_not_be_read_back_is_refused(string field) =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            _store.SetAsync(new SecretName(Demo, field), "x", CancellationToken.None)
        );

    [Fact]
    public async Task A_secret_beyond_25000_bytes_is_refused_without_repeating_it()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => SetAsync(new string('x', 25_001)));
        Assert.Contains("25001", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", refused.Message, StringComparison.Ordinal);
    }

    private Task<string?> GetAsync() => _store.GetAsync(Password, CancellationToken.None);

    private Task SetAsync(string secret) => _store.SetAsync(Password, secret, CancellationToken.None);
}
