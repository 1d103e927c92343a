using System.Globalization;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Intacct;

/// <summary>The client as a host registers it, over real HTTP to loopback.</summary>
internal sealed class WiredIntacct : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public WiredIntacct(Uri endpoint, TimeSpan? timeout = null)
    {
        Dictionary<string, string?> settings = new(StringComparer.Ordinal)
        {
            ["Intacct:Endpoint"] = endpoint.ToString(),
            ["Intacct:AllowedHosts"] = "127.0.0.1",
            ["Intacct:Timeout"] = (timeout ?? TimeSpan.FromMinutes(5)).ToString("c", CultureInfo.InvariantCulture),
        };
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IIdSource>(new CountingIds());
        _services = services.AddIntacctClient().BuildServiceProvider();
        Client = _services.GetRequiredService<IntacctClient>();
    }

    public TestClock Clock { get; } = new();

    public IntacctClient Client { get; }

    public Task<IntacctException> FailureAsync() =>
        Assert.ThrowsAsync<IntacctException>(() =>
            Client.SendAsync(Some.IntacctCredentials(), [Some.CreateFunction()], uniqueId: true, CancellationToken.None)
        );

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
