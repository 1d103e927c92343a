using IntacctSync.Core;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Secrets;
using IntacctSync.Core.Zuper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IntacctSync.Tests.Support;

/// <summary>
/// The real pipeline as it is registered, over a store in a temporary folder, with a flow that does as the test says.
/// </summary>
internal sealed class RoadStand : IAsyncDisposable
{
    private readonly StoreStand _store = new();
    private readonly ServiceProvider _provider;

    private RoadStand(HttpMessageHandler? farEnd, IReadOnlyDictionary<string, string?>? settings)
    {
        var services = new ServiceCollection();
        services
            .AddLogging()
            .AddSingleton<IConfiguration>(
                new ConfigurationBuilder().AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build()
            );
        services
            .AddSingleton<TimeProvider>(_store.Clock)
            .AddSingleton<IIdSource>(_store.Ids)
            .AddSingleton(_store.Table);
        services.AddSingleton<ISecretStore>(Secrets).AddSingleton<IEnvelopeQueue>(Queue);
        services.AddIntacctSync();
        services.AddSingleton<IHttpClientFactory>(new StubClients(new AccountHandler(farEnd ?? new StubHandler())));
        services.RemoveAll<IRecordFlow>();
        services.AddSingleton<IRecordFlow>(Flow);
        _provider = services.BuildServiceProvider();
    }

    public TestClock Clock => _store.Clock;

    public StubSecrets Secrets { get; } = new();

    public StubQueue Queue { get; } = new();

    public StubFlow Flow { get; } = new();

    /// <summary>A stand with one connection that is ready to work.</summary>
    public static async Task<RoadStand> OpenAsync(
        HttpMessageHandler? farEnd = null,
        IReadOnlyDictionary<string, string?>? settings = null
    )
    {
        var stand = new RoadStand(farEnd, settings);
        await stand.ConnectAsync(Some.ConnectionId);
        return stand;
    }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public async Task ConnectAsync(ConnectionId id)
    {
        await Get<ConnectionStore>().PutAsync(id, Some.Settings(), CancellationToken.None);
        foreach (var field in ZuperSecrets.Fields.All)
            await Secrets.SetAsync(new SecretName(id, field), "canary-" + field, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _store.DisposeAsync();
    }

    /// <summary>Tells whose key it is, which no script has to say, and hands everything else on.</summary>
    private sealed class AccountHandler(HttpMessageHandler farEnd) : DelegatingHandler(farEnd)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) =>
            request.RequestUri!.AbsolutePath == "/api/user/company"
                ? Task.FromResult(
                    StubHandler.Answer(
                        """{"type": "success", "data": {"company_uid": "c-1"}}""",
                        type: "application/json"
                    )
                )
                : base.SendAsync(request, cancellationToken);
    }
}
