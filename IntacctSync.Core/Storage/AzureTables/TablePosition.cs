using System.Buffers.Text;
using System.Text;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>Where the service says that the next page begins.</summary>
internal sealed record TablePosition(string PartitionKey, string? RowKey)
{
    private const string Format = "a1";
    private const char Separator = '\n';

    /// <exception cref="ArgumentException">Not a text of <see cref="ToContinuation"/>.</exception>
    public static TablePosition Read(string continuation)
    {
        if (
            Base64Url.IsValid(continuation)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)).Split(Separator)
                is [Format, var partition, var row]
        )
            return new TablePosition(partition, row.Length == 0 ? null : row);
        throw new ArgumentException(
            $"'{continuation}' is no continuation: give the one of the page before, unchanged.",
            nameof(continuation)
        );
    }

    public string ToContinuation() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, Format, PartitionKey, RowKey)));
}
