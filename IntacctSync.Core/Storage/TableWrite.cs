namespace IntacctSync.Core.Storage;

/// <summary>One change to one row.</summary>
public sealed record TableWrite
{
    private TableWrite(TableWriteKind kind, TableRow row, string? etag) => (Kind, Row, ETag) = (kind, row, etag);

    public TableWriteKind Kind { get; }

    public TableRow Row { get; }

    /// <summary>What the row's ETag must be; null where the write is not conditional on it.</summary>
    public string? ETag { get; }

    /// <summary>Adds the row; refused if it exists.</summary>
    public static TableWrite Insert(TableRow row) => new(TableWriteKind.Insert, row, null);

    /// <summary>Puts the row in the place of the one with this ETag; refused if it is gone or has changed.</summary>
    public static TableWrite Replace(TableRow row, string etag) => new(TableWriteKind.Replace, row, etag);

    /// <summary>Adds the row, or replaces whatever is there.</summary>
    public static TableWrite Upsert(TableRow row) => new(TableWriteKind.Upsert, row, null);

    /// <summary>Removes the row with this ETag; refused if it is gone or has changed.</summary>
    public static TableWrite Delete(string partitionKey, string rowKey, string etag) =>
        new(
            TableWriteKind.Delete,
            new TableRow(partitionKey, rowKey, new Dictionary<string, object?>(StringComparer.Ordinal)),
            etag
        );

    /// <summary>Removes the row if it is there, whatever its ETag.</summary>
    public static TableWrite DeleteIfThere(string partitionKey, string rowKey) =>
        new(
            TableWriteKind.DeleteIfThere,
            new TableRow(partitionKey, rowKey, new Dictionary<string, object?>(StringComparer.Ordinal)),
            null
        );
}

public enum TableWriteKind
{
    Insert,
    Replace,
    Upsert,
    Delete,
    DeleteIfThere,
}
