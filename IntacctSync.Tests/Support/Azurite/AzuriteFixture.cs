namespace IntacctSync.Tests.Support.Azurite;

/// <summary>One Azurite for all the tests of a collection; each has a table of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    internal RunningAzurite Azurite { get; private set; } = null!;

    public async Task InitializeAsync() => Azurite = await RunningAzurite.StartAsync();

    public async Task DisposeAsync() => await Azurite.DisposeAsync();
}
