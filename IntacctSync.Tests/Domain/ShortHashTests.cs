using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IntacctSync.Core.Domain;

namespace IntacctSync.Tests.Domain;

public sealed class ShortHashTests
{
    [Fact]
    public void It_is_the_beginning_of_the_hash_in_base_32() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll<NonNull<string>, byte>(
                (text, length) => ShortHash.Of(text.Get, length % 52) == Reckoned(text.Get)[..(length % 52)]
            )
        );

    /// <summary>SHA-256 of "abc" begins ba7816bf 8f01cfea (FIPS 180-4, example B.1).</summary>
    [Fact]
    public void A_known_hash_gives_a_known_code() => Assert.Equal("Q9W1DFWF077YM", ShortHash.Of("abc", 13));

    [Fact]
    public void More_than_the_hash_holds_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ShortHash.Of("abc", 52));

    /// <summary>The same, by dividing the hash as one large number.</summary>
    private static string Reckoned(string text)
    {
        var number =
            new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(text)), isUnsigned: true, isBigEndian: true) >> 1;
        var digits = new char[51];
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(int)(number % 32)];
            number /= 32;
        }

        return new string(digits);
    }
}
