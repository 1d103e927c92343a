using System.Net;
using System.Net.Http.Headers;

namespace IntacctSync.Core.Remote;

/// <summary>
/// A request's bytes, which know whether any of them may have left. Without its body no request can be executed.
/// </summary>
internal sealed class RequestBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> _bytes;

    /// <param name="bytes">In UTF-8.</param>
    /// <param name="mediaType">Such as <c>application/json</c>.</param>
    public RequestBody(ReadOnlyMemory<byte> bytes, string mediaType)
    {
        _bytes = bytes;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType, "utf-8");
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
