using System.Net;
using System.Net.Http.Headers;

namespace IntacctSync.Core.Intacct.Transport;

/// <summary>
/// A request's bytes, which know whether any of them may have left. Without its body no request can be executed.
/// </summary>
internal sealed class RequestBody : HttpContent
{
    private readonly byte[] _bytes;

    public RequestBody(byte[] bytes)
    {
        _bytes = bytes;
        Headers.ContentType = new MediaTypeHeaderValue("application/xml", "utf-8");
    }

    public bool MayHaveLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        MayHaveLeft = true;
        await stream.WriteAsync(_bytes, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
