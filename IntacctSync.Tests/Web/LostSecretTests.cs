using IntacctSync.Core.Secrets;
using IntacctSync.Tests.Support;
using Moq;

namespace IntacctSync.Tests.Web;

/// <summary>A vault that stops answering while the secrets of a document are being stored.</summary>
public sealed class LostSecretTests : ApiTest
{
    private readonly Mock<ISecretStore> _vault = new();

    protected override ISecretStore Secrets => _vault.Object;

    [Fact]
    public async Task A_secret_that_could_not_be_stored_leaves_no_connection_and_the_same_call_completes_it()
    {
        var kept = new StubSecrets();
        var calls = 0;
        _vault
            .Setup(v => v.GetAsync(It.IsAny<SecretName>(), It.IsAny<CancellationToken>()))
            .Returns((SecretName name, CancellationToken token) => kept.GetAsync(name, token));
        _vault
            .Setup(v => v.SetAsync(It.IsAny<SecretName>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns(
                (SecretName name, string secret, CancellationToken token) =>
                    ++calls == 1
                        ? throw new SecretsUnavailableException("The vault does not answer.")
                        : kept.SetAsync(name, secret, token)
            );

        var refused = (await PutAsync()).Is(503);
        Assert.Contains("The vault does not answer.", refused["detail"], StringComparison.Ordinal);
        (await CallAsync("GET", "/api/connections/acme")).Is(404);

        (await PutAsync()).Is(201);
        Assert.Equal(
            "true",
            (await CallAsync("GET", "/api/connections/acme")).Is(200).Json["zuper"]!["apiKey"]!["set"]!.ToString()
        );
    }
}
