using Azure.Core;
using IntacctSync.Core.Storage.AzureTables;

namespace IntacctSync.Tests.Storage.AzureTables;

public sealed class TableAccountTests
{
    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData(
        "usedevelopmentstorage=True;DevelopmentStorageProxyUri=http://azurite",
        "http://azurite:10002/devstoreaccount1"
    )]
    [InlineData(
        "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=a2V5;EndpointSuffix=core.windows.net",
        "https://acme.table.core.windows.net/"
    )]
    [InlineData(
        "AccountName=acme;AccountKey=a2V5==;TableEndpoint=https://tables.example/;BlobEndpoint=https://blobs.example/",
        null
    )]
    [InlineData("AccountName=acme;AccountKey=a2V5;TableEndpoint=https://tables.example/", "https://tables.example/")]
    [InlineData("TableEndpoint=https://tables.example/;SharedAccessSignature=sv=2&sig=x", "https://tables.example/")]
    [InlineData("AccountName=acme;SharedAccessSignature=sv=2&sig=x", "https://acme.table.core.windows.net/")]
    public void A_connection_string_names_its_endpoint(string text, string? endpoint)
    {
        if (endpoint is null)
            Assert.Throws<FormatException>(() => TableAccount.OfConnectionString(text));
        else
            Assert.Equal(endpoint, TableAccount.OfConnectionString(text).ToString());
    }

    [Theory]
    [InlineData("canary", "name=value")]
    [InlineData("AccountName=a;AccountName=canary", "each name once")]
    [InlineData("AccountKey=canary", "AccountName is missing")]
    [InlineData("AccountName=a;AccountKey=canary!", "AccountKey is missing or no base64")]
    [InlineData("SharedAccessSignature=canary", "TableEndpoint is missing")]
    [InlineData("TableEndpoint=https://a.example/?sig=canary;SharedAccessSignature=canary", "holds a query")]
    [InlineData("TableEndpoint=http://canary.example;SharedAccessSignature=canary", "use https")]
    [InlineData("AccountName=a;AccountKey=a2V5;TableEndpoint=canary", "TableEndpoint")]
    [InlineData("AccountName=a;AccountKey=a2V5;TableEndpoint=http://canary.example", "use https")]
    public void A_wrong_connection_string_is_refused_and_not_repeated(string text, string says)
    {
        var refused = Assert.Throws<FormatException>(() => TableAccount.OfConnectionString(text));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://acme.table.core.windows.net")]
    [InlineData("acme")]
    [InlineData("https://acme.table.core.windows.net/?sig=canary")]
    public void An_identity_goes_over_https_only(string endpoint)
    {
        var refused = Assert.Throws<FormatException>(() => TableAccount.WithIdentity(endpoint, new NoCredential()));
        Assert.Contains("https://ACCOUNT.table.core.windows.net", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }
}
