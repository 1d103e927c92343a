namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>
/// Counts the requests to the store as under way, so that the clock stands still for them, and keeps a copy of what
/// they store.
/// </summary>
internal sealed class StoreWireHandler(Wire wire, string copy) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly SemaphoreSlim _writer = new(1, 1);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var id = wire.Begin();
        try
        {
            if (request.Content is { } content)
                await CopyAsync(content, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            wire.End(id);
        }
    }

    private async Task CopyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(cancellationToken);
        await _writer.WaitAsync(cancellationToken);
        try
        {
            await File.AppendAllTextAsync(copy, await content.ReadAsStringAsync(cancellationToken), cancellationToken);
        }
        finally
        {
            _writer.Release();
        }
    }
}
