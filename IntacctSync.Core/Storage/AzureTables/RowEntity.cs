using Azure.Data.Tables;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>
/// A row as an entity of Azure's client, and back. The entity bears the mark of the write that made it.
/// </summary>
internal static class RowEntity
{
    /// <summary>
    /// Names the write that made the row. No property of a row can have this name, since theirs are letters and digits.
    /// </summary>
    private const string MarkName = "Write_id";
    private const int MarkBytes = 128;

    /// <summary>Whether a row has room for the mark; all but the very largest have.</summary>
    public static bool CanMark(TableRow row) =>
        row.Properties.Count < TableLimits.Properties && TableRules.SizeOf(row) + MarkBytes <= TableLimits.RowBytes;

    public static TableEntity Of(TableRow row, string? mark)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        if (mark is not null)
            entity[MarkName] = mark;
        foreach (var (name, value) in row.Properties)
        {
            if (value is not null)
                entity[name] = value is DateTimeOffset time ? time.ToUniversalTime() : value;
        }

        return entity;
    }

    public static StoredRow Read(TableEntity entity) =>
        new(
            new TableRow(
                entity.PartitionKey,
                entity.RowKey,
                entity
                    .Where(property => IsOfRow(property.Key))
                    .ToDictionary(
                        property => property.Key,
                        property => (object?)property.Value,
                        StringComparer.Ordinal
                    ),
                entity.ETag.ToString()
            ),
            entity.GetString(MarkName)
        );

    private static bool IsOfRow(string name) =>
        name
            is not (
                nameof(ITableEntity.PartitionKey)
                or nameof(ITableEntity.RowKey)
                or nameof(ITableEntity.Timestamp)
                or MarkName
            )
        && !name.Contains('.', StringComparison.Ordinal);
}

/// <summary>A row as the service holds it.</summary>
/// <param name="Row">As its reader wants it.</param>
/// <param name="Mark">Which write made it; null where it had no room for that.</param>
internal sealed record StoredRow(TableRow Row, string? Mark);
