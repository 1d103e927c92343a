using System.Security.Cryptography;
using System.Text;

namespace IntacctSync.Core.Domain;

/// <summary>Hashes for ids that people see and for comparing what was sent with what would be sent.</summary>
public static class ShortHash
{
    /// <summary>Crockford's alphabet: no I, L, O or U, so a code read over the telephone stays the same code.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>
    /// The first <paramref name="length"/> base-32 characters (5 bits each) of the SHA-256 of the text; at most 51.
    /// </summary>
    public static string Of(string text, int length = 12)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 51);
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(
            length,
            bytes,
            static (span, hash) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    var bit = i * 5;
                    var window = (hash[bit / 8] << 8) | (bit / 8 + 1 < hash.Length ? hash[bit / 8 + 1] : 0);
                    span[i] = Alphabet[(window >> (11 - (bit % 8))) & 31];
                }
            }
        );
    }
}
