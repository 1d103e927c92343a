using System.Security.Cryptography;
using System.Text;

namespace IntacctSync.Core.Secrets;

/// <summary>Whether a text that a caller gives is a secret.</summary>
public static class SecretMatch
{
    /// <summary>
    /// Compares hashes, so that neither the length nor the first difference shows in the time that it takes. Pure.
    /// </summary>
    public static bool IsSame(string given, string secret) =>
        CryptographicOperations.FixedTimeEquals(Hash(given), Hash(secret));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
