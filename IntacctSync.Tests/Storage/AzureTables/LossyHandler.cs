namespace IntacctSync.Tests.Storage.AzureTables;

/// <summary>Stands before a real store and does with single requests as the test says.</summary>
internal sealed class LossyHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private int _lost;

    /// <summary>Called for each request with what passes it on; null passes everything on.</summary>
    public Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>>? Instead { get; set; }

    public int Requests { get; private set; }

    /// <summary>The next write reaches the store, and its answer nobody.</summary>
    public void LoseNextAnswer() =>
        Once(async pass =>
        {
            (await pass()).Dispose();
            throw new HttpRequestException("the connection was reset");
        });

    /// <summary>Something else happens to the next write than that it is passed on.</summary>
    public void Once(Func<Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> what)
    {
        _lost = 0;
        Instead = (request, pass) =>
            request.Method != HttpMethod.Get && Interlocked.Exchange(ref _lost, 1) == 0 ? what(pass) : pass();
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Requests++;
        return Instead is { } instead
            ? instead(request, () => base.SendAsync(request, cancellationToken))
            : base.SendAsync(request, cancellationToken);
    }
}
