namespace IntacctSync.Tests.Secrets.KeyVault;

/// <summary>
/// Takes requests for an https address to a server on this machine, as the client of Key Vault signs in over https
/// only.
/// </summary>
internal sealed class ToLoopback(Uri address) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        request.RequestUri = new Uri(address, request.RequestUri!.PathAndQuery);
        request.Headers.Host = null;
        return base.SendAsync(request, cancellationToken);
    }
}
