namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>A write on its way into a transaction.</summary>
internal abstract class PendingWrite
{
    /// <summary>Carries it out, or undoes it and remembers why. Throws only what concerns the whole group.</summary>
    public abstract void Run(SqliteDatabase database);

    /// <summary>The transaction is on the disk: tells the waiting caller what became of its part.</summary>
    public abstract void Tell();

    /// <summary>The transaction is lost.</summary>
    public abstract void Fail(Exception fault);
}
