using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Connections.Document;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Zuper;
using IntacctSync.Tests.Secrets.KeyVault;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Connections;

/// <summary>Every write of a put fails once, and with it the process: what is left is the old or the new.</summary>
public sealed class ConnectionPutTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();
    private readonly SwitchableTable _table;
    private readonly BreakingSecrets _secrets = new();

    public ConnectionPutTests() => _table = new SwitchableTable(_stand.Table);

    private ConnectionStore Store => new(_table, IntacctSyncRegistration.Apps, _stand.Clock, Some.Noted(_stand.Clock));

    private ConnectionSecrets Secrets => new(_secrets);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_write_of_a_secret_breaks_off_user_and_passwords_belong_together(int writes)
    {
        await PutAsync("old", "old-user-password", "old-zuper-password");
        _secrets.WritesLeft = writes;
        await TryAsync();
        _secrets.WritesLeft = int.MaxValue;
        var seen = await SeenAsync();
        Assert.Contains(
            seen,
            new[] { "old old-user-password old-zuper-password", "new new-user-password new-zuper-password" }
        );

        await PutAsync("third", "third-user-password", "third-zuper-password");
        Assert.Equal("third third-user-password third-zuper-password", await SeenAsync());
    }

    [Fact]
    public async Task A_store_that_takes_no_document_keeps_the_old_secrets()
    {
        await PutAsync("old", "old-user-password", "old-zuper-password");
        _secrets.AfterWrite = () => _table.Down = true;
        await TryAsync();
        _table.Down = false;
        Assert.Equal("old old-user-password old-zuper-password", await SeenAsync());
    }

    [Fact]
    public async Task A_put_that_ends_well_leaves_each_secret_under_its_own_name_and_nothing_else()
    {
        await PutAsync("old", "old-user-password", "old-zuper-password");
        await PutAsync("new", "new-user-password", "new-zuper-password");
        Assert.Equal(["intacct.senderPassword", "intacct.userPassword", "zuper.apiKey"], _secrets.Fields);
        Assert.Null((await Store.GetAsync(Some.ConnectionId, CancellationToken.None))!.SecretsEntry);
    }

    [Theory]
    [InlineData(1, "new")]
    [InlineData(2, "other")]
    [InlineData(3, "other")]
    [InlineData(4, "other")]
    public async Task Two_instances_that_put_at_once_leave_the_document_of_one_with_its_own_secrets(
        int writes,
        string last
    )
    {
        await PutAsync("old", "old-user-password", "old-zuper-password");
        var ids = new CountingIds();
        var written = 0;
        var other = Task.CompletedTask;
        _secrets.Written = async () =>
        {
            if (++written != writes)
                return;
            other = PutAsync("other", "other-user-password", "other-zuper-password", ids);

            // From its document on, nobody gets between a put and its secrets.
            if (writes == 1)
                await other;
        };
        await PutAsync("new", "new-user-password", "new-zuper-password", ids);
        await EndedAsync(other);
        await other;
        Assert.Equal($"{last} {last}-user-password {last}-zuper-password", await SeenAsync());
        Assert.Null((await Store.GetAsync(Some.ConnectionId, CancellationToken.None))!.SecretsEntry);
        Assert.Equal(["intacct.senderPassword", "intacct.userPassword", "zuper.apiKey"], _secrets.Fields);
    }

    [Fact]
    public async Task A_put_whose_time_is_over_writes_no_secret_over_those_of_a_later_one()
    {
        await PutAsync("old", "old-user-password", "old-zuper-password");
        var ids = new CountingIds();
        var written = 0;
        _secrets.Written = async () =>
        {
            if (++written != 2)
                return;
            _stand.Clock.Advance(ConnectionPut.MovesFor + TimeSpan.FromSeconds(1));
            await PutAsync("other", "other-user-password", "other-zuper-password", ids);
        };
        await PutAsync("new", "new-user-password", "new-zuper-password", ids);
        Assert.Equal("other other-user-password other-zuper-password", await SeenAsync());
        Assert.Null((await Store.GetAsync(Some.ConnectionId, CancellationToken.None))!.SecretsEntry);
    }

    [Fact]
    public async Task A_put_goes_on_with_what_an_instance_left_that_is_gone_and_says_when()
    {
        await PutAsync("old", "old-user-password", "old-zuper-password");
        _secrets.WritesLeft = 2;
        _secrets.Broken = () => _table.Down = true;
        await TryAsync();
        (_secrets.WritesLeft, _table.Down) = (int.MaxValue, false);
        var other = new CountingIds();
        _ = other.NewId();
        var early = PutAsync("early", "early-user-password", "early-zuper-password", other);
        await EndedAsync(early);
        var told = await Assert.ThrowsAsync<SecretsUnavailableException>(() => early);
        Assert.Contains("in 3 minutes", told.Message, StringComparison.Ordinal);
        Assert.Equal("new new-user-password new-zuper-password", await SeenAsync());

        _stand.Clock.Advance(ConnectionPut.MovesFor);
        await PutAsync("third", "third-user-password", "third-zuper-password", other);
        Assert.Equal("third third-user-password third-zuper-password", await SeenAsync());
    }

    [Fact]
    public async Task A_document_that_was_held_against_another_connection_is_not_stored()
    {
        await PutAsync("old", "old-user-password", "old-zuper-password");
        var seen = (await Store.GetAsync(Some.ConnectionId, CancellationToken.None))!;
        await PutAsync("new", "new-user-password", "new-zuper-password");
        var put = new ConnectionPut(Store, Secrets, new CountingIds(), _stand.Clock);
        var document = Read("late", "late-user-password", "late-zuper-password");
        Assert.Null(await TryPutAsync(seen));
        await Store.DeleteAsync(Some.ConnectionId, CancellationToken.None);
        Assert.Null(await TryPutAsync(seen));
        Assert.Null(await Store.GetAsync(Some.ConnectionId, CancellationToken.None));
        Assert.NotNull(await TryPutAsync(null));

        Task<(Connection Connection, bool Created)?> TryPutAsync(Connection? against) =>
            put.TryPutAsync(Some.ConnectionId, document, rests: false, against, CancellationToken.None);
    }

    [Fact]
    public async Task What_another_instance_holds_in_memory_neither_hides_a_put_nor_takes_its_place()
    {
        await using var vault = await ScriptedVault.StartAsync();
        var (one, other) = (Over(vault), Over(vault));
        await PutAsync("a", "first-password", "key", null, one);
        Assert.Equal("a first-password key", await SeenAsync(one));
        Assert.Equal("a first-password key", await SeenAsync(other));

        // The other one changes it, and this one changes it back to what it had read.
        await PutAsync("b", "second-password", "key", null, other);
        Assert.Equal("b second-password key", await SeenAsync(one));
        await PutAsync("c", "first-password", "key", null, one);
        Assert.Equal("c first-password key", await SeenAsync(other));
        await PutAsync("d", "second-password", "key", null, other);
        await PutAsync("e", "first-password", "key", null, one);
        Assert.Equal("e first-password key", await SeenAsync(Over(vault)));

        ConnectionSecrets Over(ScriptedVault shared) => new(shared.Open(_stand.Clock));
    }

    /// <summary>Moves the clock by each look that a put takes while it waits for another one.</summary>
    private async Task EndedAsync(Task put)
    {
        var look = TimeSpan.FromMilliseconds(250);
        for (var looks = 0; looks < 10_000; looks++)
        {
            await Task.WhenAny(put, _stand.Clock.NextTimerIsDueAsync(_stand.Clock.GetUtcNow() + look));
            if (put.IsCompleted)
                return;
            _stand.Clock.Advance(look);
        }

        Assert.Fail("The put waits for ever.");
    }

    private async Task TryAsync()
    {
        try
        {
            await PutAsync("new", "new-user-password", "new-zuper-password");
        }
        catch (Exception e)
            when (e is SecretsUnavailableException or IntacctSync.Core.Storage.TableUnavailableException)
        {
            // As a caller sees a 503.
        }
    }

    private async Task PutAsync(
        string user,
        string userPassword,
        string apiKey,
        CountingIds? ids = null,
        ConnectionSecrets? secrets = null
    )
    {
        var put = new ConnectionPut(Store, secrets ?? Secrets, ids ?? new CountingIds(), _stand.Clock);
        await put.PutAsync(Some.ConnectionId, Read(user, userPassword, apiKey), CancellationToken.None);
    }

    private static ConnectionDocument Read(string user, string userPassword, string apiKey)
    {
        var document = Some.ConnectionDocument(d =>
        {
            d["intacct"]!["userId"] = user;
            d["intacct"]!["userPassword"] = userPassword;
            d["zuper"]!["apiKey"] = apiKey;
            d["zuper"]!.AsObject().Remove("webhookSecret");
        });
        var errors = new FieldErrors();
        return ConnectionDocument.Read(
            JsonSerializer.SerializeToElement<JsonNode>(document),
            new ConnectionRules(IntacctSyncRegistration.Apps, HostAllowList.Parse("*.zuperpro.com")),
            errors
        )!;
    }

    /// <summary>What a worker would sign in with.</summary>
    private async Task<string> SeenAsync(ConnectionSecrets? secrets = null)
    {
        secrets ??= Secrets;
        var connection = (await Store.GetAsync(Some.ConnectionId, CancellationToken.None))!;
        return $"{connection.Settings.Intacct.UserId} "
            + $"{await secrets.GetAsync(connection, SecretField.UserPassword, CancellationToken.None)} "
            + $"{await secrets.GetAsync(connection, ZuperSecrets.ApiKey, CancellationToken.None)}";
    }

    /// <summary>Takes so many writes, and then none.</summary>
    private sealed class BreakingSecrets : ISecretStore
    {
        private readonly Dictionary<SecretName, string> _values = [];

        public int WritesLeft { get; set; } = int.MaxValue;

        public Action AfterWrite { get; set; } = () => { };

        /// <summary>What happens when a write fails.</summary>
        public Action Broken { get; set; } = () => { };

        /// <summary>What another instance does after a write.</summary>
        public Func<Task> Written { get; set; } = () => Task.CompletedTask;

        public IEnumerable<string> Fields => _values.Keys.Select(n => n.Field).Order(StringComparer.Ordinal);

        public Task<string?> GetAsync(SecretName name, CancellationToken cancellationToken) =>
            Task.FromResult(_values.GetValueOrDefault(name));

        public Task SetAsync(SecretName name, string secret, CancellationToken cancellationToken) =>
            Write(() => _values[name] = secret);

        public Task DeleteAsync(SecretName name, CancellationToken cancellationToken) =>
            Write(() => _values.Remove(name));

        public Task DeleteAllAsync(ConnectionId connection, CancellationToken cancellationToken) =>
            Write(_values.Clear);

        private async Task Write(Action write)
        {
            if (WritesLeft-- <= 0)
            {
                Broken();
                throw new SecretsUnavailableException("The vault does not answer.");
            }

            write();
            AfterWrite();
            await Written();
        }
    }
}
