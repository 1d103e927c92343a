namespace IntacctSync.Tests.Support;

/// <summary>Clients that all end in one handler.</summary>
public sealed class StubClients(HttpMessageHandler handler) : IHttpClientFactory
{
#pragma warning disable RS0030 // This is what stands in for the factory.
    public HttpClient CreateClient(string name) =>
        new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore RS0030
}
