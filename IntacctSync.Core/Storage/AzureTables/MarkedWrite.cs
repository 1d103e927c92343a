using Azure.Core;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>A write as it is sent, with the mark by which it is known again.</summary>
internal sealed record MarkedWrite(TableWrite Write, string? Mark, ReadOnlyMemory<byte>? Body)
{
    public bool Deletes => Write.Kind is TableWriteKind.Delete or TableWriteKind.DeleteIfThere;

    public RequestMethod Method =>
        Write.Kind switch
        {
            TableWriteKind.Insert => RequestMethod.Post,
            TableWriteKind.Replace or TableWriteKind.Upsert => RequestMethod.Put,
            _ => RequestMethod.Delete,
        };

    public string? IfMatch =>
        Write.Kind switch
        {
            TableWriteKind.Replace or TableWriteKind.Delete => Write.ETag,
            TableWriteKind.DeleteIfThere => "*",
            _ => null,
        };

    public static MarkedWrite Of(TableWrite write, IIdSource ids)
    {
        if (write.Kind is TableWriteKind.Delete or TableWriteKind.DeleteIfThere)
            return new MarkedWrite(write, null, null);
        var mark = EntityJson.CanMark(write.Row) ? ids.NewId() : null;
        return new MarkedWrite(write, mark, EntityJson.Write(write.Row, mark));
    }

    public Uri Uri(TableAddress address) =>
        Write.Kind == TableWriteKind.Insert ? address.Inserts : address.Row(Write.Row.PartitionKey, Write.Row.RowKey);

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
