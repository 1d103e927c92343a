using System.Net;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Data.Tables.Sas;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Storage;
using IntacctSync.Core.Storage.AzureTables;
using IntacctSync.Tests.Support;
using IntacctSync.Tests.Support.Azurite;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Storage.AzureTables;

/// <summary>How an account is entered. A key is what all other tests with Azurite enter with.</summary>
[Collection(AzuriteTests.Name)]
public sealed class TableAccountEntryTests(AzuriteFixture fixture)
{
    [Fact]
    public async Task A_shared_access_signature_lets_in()
    {
        var name = Name();
        var table = fixture.Azurite.Table(name, account: Signed(TableAccountSasPermissions.All));
        await table.WriteBatchAsync([TableWrite.Insert(Row("a")), TableWrite.Insert(Row("b"))], CancellationToken.None);
        Assert.NotNull(await fixture.Azurite.Table(name).GetAsync("p", "b", CancellationToken.None));
    }

    [Fact]
    public async Task A_signature_that_allows_too_little_is_said_to_and_not_repeated()
    {
        var name = Name();
        await fixture.Azurite.Table(name).WriteAsync(TableWrite.Insert(Row("a")), CancellationToken.None);
        var reader = fixture.Azurite.Table(name, account: Signed(TableAccountSasPermissions.Read));
        var refused = await Assert.ThrowsAsync<TableUnavailableException>(() =>
            reader.WriteAsync(TableWrite.Insert(Row("b")), CancellationToken.None)
        );
        Assert.Contains("refused entry", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_shows_its_token()
    {
        using var wire = new LossyHandler();
        var shown = new List<string?>();
        wire.Instead = (request, _) =>
        {
            shown.Add(request.Headers.Authorization?.ToString());
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
        };
        var account = TableAccount.WithIdentity("https://acme.table.core.windows.net", new OneToken());
        Assert.Null(await fixture.Azurite.Table(Name(), wire, account).GetAsync("p", "a", CancellationToken.None));
        Assert.Equal(["Bearer token-of-https://storage.azure.com/.default"], shown);
    }

    [Fact]
    public async Task The_registered_table_sends_through_the_named_client()
    {
        using var wire = new LossyHandler();
        var services = new ServiceCollection().AddAzureTable(
            TableAccount.OfConnectionString(fixture.Azurite.ConnectionString)
        );
        services.AddHttpClient(AzureTableRegistration.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => wire);
        await using var provider = services.BuildServiceProvider();
        var table = provider.GetRequiredService<ITable>();
        await table.WriteAsync(TableWrite.Upsert(Row("a")), CancellationToken.None);
        Assert.NotEqual(0, wire.Requests);
    }

    private static string Name() => $"t{new GuidIdSource(TimeProvider.System).NewId()}";

    private static TableRow Row(string rowKey) =>
        new("p", rowKey, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Text"] = "" });

    /// <summary>Entered as the portal's connection string of a signature has it.</summary>
    private TableAccount Signed(TableAccountSasPermissions permissions)
    {
        var client = new TableServiceClient(fixture.Azurite.ConnectionString);
        var ends = Some.Now.AddYears(100);
        var uri = client.GenerateSasUri(permissions, TableAccountSasResourceTypes.All, ends);
        return TableAccount.OfConnectionString(
            $"TableEndpoint={uri.GetLeftPart(UriPartial.Path)};SharedAccessSignature={uri.Query}"
        );
    }

    private sealed class OneToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => ValueTask.FromResult(new AccessToken($"token-of-{requestContext.Scopes[0]}", DateTimeOffset.MaxValue));
    }
}
