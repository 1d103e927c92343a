namespace IntacctSync.Core.Remote;

/// <summary>
/// Reads a body up to a limit, counted after decompression, and refuses the rest. Every read ends with the token that
/// it was made with, also where a reader in between passes none on: an <c>XmlReader</c> passes none.
/// </summary>
internal sealed class BoundedStream(Stream inner, long limit, CancellationToken cancellation) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <exception cref="BodyTooLongException">The body is longer than the limit.</exception>
    public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

    /// <exception cref="BodyTooLongException">The body is longer than the limit.</exception>
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    ) =>
        Counted(
            await inner
                .ReadAsync(buffer, cancellationToken.CanBeCanceled ? cancellationToken : cancellation)
                .ConfigureAwait(false)
        );

    /// <exception cref="BodyTooLongException">The body is longer than the limit.</exception>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Counted(int count) => (_read += count) <= limit ? count : throw new BodyTooLongException(limit);
}
