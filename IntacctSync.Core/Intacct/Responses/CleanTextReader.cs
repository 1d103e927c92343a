using System.Buffers;
using System.Text;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>
/// The text of an answer with a blank for each character that XML forbids. An answer is UTF-8 whatever its headers say;
/// a byte that is none becomes U+FFFD.
/// </summary>
internal sealed class CleanTextReader(Stream stream) : TextReader
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([
        .. Enumerable.Range(0, 32).Select(c => (char)c).Except(['\t', '\n', '\r']),
        '\uFFFE',
        '\uFFFF',
    ]);

    private readonly StreamReader _inner = new(
        stream,
        Encoding.UTF8,
        detectEncodingFromByteOrderMarks: true,
        bufferSize: 16384,
        leaveOpen: true
    );

    public override int Peek() => _inner.Peek() is var c and >= 0 ? Clean((char)c) : -1;

    public override int Read() => _inner.Read() is var c and >= 0 ? Clean((char)c) : -1;

    public override int Read(char[] buffer, int index, int count)
    {
        var read = _inner.Read(buffer, index, count);
        Clean(buffer.AsSpan(index, read));
        return read;
    }

    public override async Task<int> ReadAsync(char[] buffer, int index, int count)
    {
        var read = await _inner.ReadAsync(buffer, index, count).ConfigureAwait(false);
        Clean(buffer.AsSpan(index, read));
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Clean(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }

    private static char Clean(char c) => Forbidden.Contains(c) ? ' ' : c;

    private static void Clean(Span<char> text) => text.ReplaceAny(Forbidden, ' ');
}
