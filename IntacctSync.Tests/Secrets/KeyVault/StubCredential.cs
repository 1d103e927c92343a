using Azure.Core;

namespace IntacctSync.Tests.Secrets.KeyVault;

/// <summary>Always signed in.</summary>
internal sealed class StubCredential : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new("stub-" + requestContext.Scopes[0], DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
