using System.Globalization;
using System.Text;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>The addresses of a table, its rows and its ranges.</summary>
internal sealed class TableAddress(Uri endpoint, string table)
{
    private readonly string _endpoint = endpoint.ToString().TrimEnd('/');

    public string Table => table;

    public Uri Tables => new($"{_endpoint}/Tables");

    public Uri Inserts => new($"{_endpoint}/{table}");

    public Uri Batches => new($"{_endpoint}/$batch");

    public Uri Row(string partitionKey, string rowKey) =>
        new(
            $"{_endpoint}/{table}(PartitionKey='{Uri.EscapeDataString(Quoted(partitionKey))}',"
                + $"RowKey='{Uri.EscapeDataString(Quoted(rowKey))}')"
        );

    public Uri Range(TableRange range, TablePosition? position, int top)
    {
        var query = new StringBuilder($"{_endpoint}/{table}()?$filter=").Append(Uri.EscapeDataString(Filter(range)));
        query.Append(CultureInfo.InvariantCulture, $"&$top={top}");
        if (position is { } from)
        {
            query.Append("&NextPartitionKey=").Append(Uri.EscapeDataString(from.PartitionKey));
            if (from.RowKey is { } row)
                query.Append("&NextRowKey=").Append(Uri.EscapeDataString(row));
        }

        return new Uri(query.ToString());
    }

    private static string Filter(TableRange range)
    {
        var filter = $"PartitionKey eq '{Quoted(range.PartitionKey)}'";
        if (range.From is { Length: > 0 } from)
            filter += $" and RowKey ge '{Quoted(from)}'";
        return Printable(range.Before) is { } before ? filter + $" and RowKey lt '{Quoted(before)}'" : filter;
    }

    /// <summary>
    /// The end of the prefix <c>~</c> is a control character, which the service may refuse; as no key has one, a
    /// shorter end says the same.
    /// </summary>
    private static string? Printable(string? before)
    {
        while (before is [.. var rest, > '~'])
            before = rest.Length == 0 ? null : rest[..^1] + (char)(rest[^1] + 1);
        return before;
    }

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
