using Azure;
using Azure.Data.Tables;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>A write as it is sent, with the mark by which it is known again.</summary>
internal sealed record MarkedWrite(TableWrite Write, string? Mark, TableEntity Entity)
{
    public bool Deletes => Write.Kind is TableWriteKind.Delete or TableWriteKind.DeleteIfThere;

    public ETag IfMatch => Write.ETag is { } etag ? new ETag(etag) : ETag.All;

    /// <summary>As a part of an entity group transaction.</summary>
    public TableTransactionAction Action =>
        Write.Kind switch
        {
            TableWriteKind.Insert => new TableTransactionAction(TableTransactionActionType.Add, Entity),
            TableWriteKind.Replace => new TableTransactionAction(
                TableTransactionActionType.UpdateReplace,
                Entity,
                IfMatch
            ),
            TableWriteKind.Upsert => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Entity),
            _ => new TableTransactionAction(TableTransactionActionType.Delete, Entity, IfMatch),
        };

    public static MarkedWrite Of(TableWrite write, IIdSource ids)
    {
        var deletes = write.Kind is TableWriteKind.Delete or TableWriteKind.DeleteIfThere;
        var mark = !deletes && RowEntity.CanMark(write.Row) ? ids.NewId() : null;
        return new MarkedWrite(write, mark, RowEntity.Of(write.Row, mark));
    }

    /// <summary>Sends it by itself.</summary>
    public Task<Response> SendAsync(TableClient client, CancellationToken cancellationToken) =>
        Write.Kind switch
        {
            TableWriteKind.Insert => client.AddEntityAsync(Entity, cancellationToken),
            TableWriteKind.Replace => client.UpdateEntityAsync(
                Entity,
                IfMatch,
                TableUpdateMode.Replace,
                cancellationToken
            ),
            TableWriteKind.Upsert => client.UpsertEntityAsync(Entity, TableUpdateMode.Replace, cancellationToken),
            _ => client.DeleteEntityAsync(Entity.PartitionKey, Entity.RowKey, IfMatch, cancellationToken),
        };

    public TableConflictException Conflict(int index, TableFault fault)
    {
        var reason = fault switch
        {
            { Status: 404 } => "it is not there",
            _ when Write.Kind == TableWriteKind.Insert => "it exists",
            _ => $"it has changed since it was read (its ETag is not {Write.ETag})",
        };
        return new TableConflictException(index, Write.Row.PartitionKey, Write.Row.RowKey, reason);
    }
}
