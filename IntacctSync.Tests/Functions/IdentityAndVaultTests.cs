using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Secrets.KeyVault;
using IntacctSync.Functions;
using IntacctSync.Tests.Secrets.KeyVault;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Functions;

/// <summary>
/// The way of a secret in Azure: the app's identity asks the platform for a token, the vault asks for one over TLS, and
/// the secret is set and read. The clients are the real ones; the endpoint and the vault stand on this machine.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class IdentityAndVaultTests : IAsyncLifetime
{
    private const string Host = "acme.vault.azure.net";

    private static readonly SecretName Password = new(ConnectionId.Parse("demo"), "intacct.userPassword");

    private readonly TestCertificates _certificates = new();
    private readonly List<string> _set = [];
    private IdentityEndpoint _identity = null!;
    private ScriptedVault _vault = null!;

    public async Task InitializeAsync()
    {
        _identity = await IdentityEndpoint.StartAsync();
        _vault = await ScriptedVault.StartAsync(_certificates.Of(Host));
        Set("IDENTITY_ENDPOINT", _identity.Address);
        Set("IDENTITY_HEADER", IdentityEndpoint.Header);
        Set("AZURE_CLIENT_ID", "00000000-0000-4000-8000-00000000000c");
    }

    public async Task DisposeAsync()
    {
        foreach (var name in _set)
            Environment.SetEnvironmentVariable(name, null);
        await _vault.DisposeAsync();
        await _identity.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_secret_is_set_and_read_as_the_apps_identity_and_a_strangers_certificate_is_refused()
    {
        var store = Open(_certificates.Authority);
        await store.SetAsync(Password, "canary-password", CancellationToken.None);
        store.Forget(Password.Connection);
        Assert.Equal("canary-password", await store.GetAsync(Password, CancellationToken.None));
        var asked = Assert.Single(_identity.Asked);
        Assert.Equal(("https://vault.azure.net", "00000000-0000-4000-8000-00000000000c"), asked);

        using var others = new TestCertificates();
        var refused = await Assert.ThrowsAsync<SecretsUnavailableException>(() =>
            Open(others.Authority).GetAsync(Password, CancellationToken.None)
        );
        Assert.Contains("SSL", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }

    private KeyVaultSecretStore Open(X509Certificate2 trusted)
    {
        var port = _vault.Address.Port;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync("127.0.0.1", port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(trusted);
        var options = new SecretClientOptions { Transport = new HttpClientTransport(handler) };
        options.Retry.MaxRetries = 0;
        return new KeyVaultSecretStore(
            new SecretClient(new Uri($"https://{Host}"), AzureIdentity.Credential, options),
            TimeProvider.System
        );
    }

    private void Set(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        _set.Add(name);
    }
}
