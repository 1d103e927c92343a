namespace IntacctSync.Core.Storage;

public enum TableWriteKind
{
    Insert,
    Replace,
    Upsert,
    Delete,
    DeleteIfThere,
}
