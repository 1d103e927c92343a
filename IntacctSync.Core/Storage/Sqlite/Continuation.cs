using System.Buffers.Text;
using System.Text;

namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>Where the next page begins, as text that says nothing to its holder.</summary>
internal static class Continuation
{
    private const char Format = '1';

    public static string At(string rowKey) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Format + rowKey));

    /// <exception cref="ArgumentException">Not a text of <see cref="At"/>.</exception>
    public static string Read(string continuation)
    {
        if (Base64Url.IsValid(continuation) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)) is [Format, .. var rowKey])
            return rowKey;
        throw new ArgumentException($"'{continuation}' is no continuation: give the one of the page before, unchanged.", nameof(continuation));
    }
}
