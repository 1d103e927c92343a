using Azure.Data.Tables;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>A range of rows as a filter of the service.</summary>
internal static class TableFilter
{
    public static string Of(TableRange range)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {range.PartitionKey}");
        if (range.From is { Length: > 0 } from)
            filter += TableClient.CreateQueryFilter($" and RowKey ge {from}");
        return Printable(range.Before) is { } before
            ? filter + TableClient.CreateQueryFilter($" and RowKey lt {before}")
            : filter;
    }

    /// <summary>
    /// The end of a range with the prefix <c>~</c> would hold a control character, which the service may refuse. No key
    /// has one, so a shorter end says the same.
    /// </summary>
    private static string? Printable(string? before)
    {
        while (before is [.. var rest, > '~'])
            before = rest.Length == 0 ? null : rest[..^1] + (char)(rest[^1] + 1);
        return before;
    }
}
