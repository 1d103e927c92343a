using System.Buffers.Text;
using System.Text;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>
/// Where the next page begins, as a text from which nothing can be read. The client's own text would show the keys of a
/// row.
/// </summary>
internal static class TablePosition
{
    private const string Format = "a2\n";

    public static string Write(string token) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Format + token));

    /// <exception cref="ArgumentException">Not a text of <see cref="Write"/>.</exception>
    public static string Read(string continuation)
    {
        if (
            Base64Url.IsValid(continuation)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)) is var text
            && text.StartsWith(Format, StringComparison.Ordinal)
        )
            return text[Format.Length..];
        throw new ArgumentException(
            $"'{continuation}' is no continuation: give the one of the page before, unchanged.",
            nameof(continuation)
        );
    }
}
