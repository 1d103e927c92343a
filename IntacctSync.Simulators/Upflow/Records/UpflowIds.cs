using System.Buffers.Binary;
using System.Security.Cryptography;

namespace IntacctSync.Simulators.Upflow.Records;

/// <summary>Ids in a sequence that a seed fixes, so that a run can be repeated.</summary>
internal sealed class UpflowIds(int seed)
{
    private int _last;

    /// <summary>An id such as <c>1e0d7c40-5ba1-41ee-8cd0-516f5d67130d</c>.</summary>
    public string Next()
    {
        Span<byte> text = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(text, seed);
        BinaryPrimitives.WriteInt32LittleEndian(text[4..], ++_last);
        Span<byte> bytes = stackalloc byte[32];
        SHA256.HashData(text, bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true).ToString("D");
    }

    /// <summary>A payment's id at the card processor, such as <c>pi_00000001a4c2f0e9b1d7</c>.</summary>
    public string Processor() => "pi_" + Next().Replace("-", "", StringComparison.Ordinal)[..24];
}
