using Azure.Core;

namespace IntacctSync.Tests.Secrets.KeyVault;

/// <summary>Always signed in.</summary>
internal sealed class StubCredential : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Token(requestContext);

    public override ValueTask<AccessToken> GetTokenAsync(
        TokenRequestContext requestContext,
        CancellationToken cancellationToken
    ) => new(Token(requestContext));

    private static AccessToken Token(TokenRequestContext context) =>
        new("stub-" + context.Scopes[0], DateTimeOffset.MaxValue);
}
