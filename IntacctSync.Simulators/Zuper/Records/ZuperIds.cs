using System.Buffers.Binary;
using System.Security.Cryptography;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>Uids and Mongo ids in a sequence that a seed fixes, so that a run can be repeated.</summary>
internal sealed class ZuperIds(int seed)
{
    private int _last;

    /// <summary>A uid such as <c>1e0d7c40-5ba1-41ee-8cd0-516f5d67130d</c>.</summary>
    public string Uid()
    {
        var bytes = Next();
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes.AsSpan(0, 16), bigEndian: true).ToString("D");
    }

    /// <summary>24 hexadecimal digits, as sub-records carry them in <c>_id</c>.</summary>
    public string MongoId() => Convert.ToHexStringLower(Next().AsSpan(0, 12));

    private byte[] Next()
    {
        Span<byte> text = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(text, seed);
        BinaryPrimitives.WriteInt32LittleEndian(text[4..], ++_last);
        return SHA256.HashData(text);
    }
}
