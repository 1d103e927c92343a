using SQLitePCL;

namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>SQLite refused, with its result code and its own words.</summary>
/// <param name="path">The database file.</param>
/// <param name="code">SQLite's extended result code (sqlite.org/rescode.html).</param>
/// <param name="detail">What SQLite said.</param>
/// <param name="inner">What lies under it.</param>
internal sealed class SqliteFaultException(string path, int code, string detail, Exception? inner = null)
    : Exception($"The database file '{path}' refused ({code}: {detail}). {Fix(code)}", inner)
{
    /// <summary>The primary result code.</summary>
    public int Code { get; } = Primary(code);

    /// <summary>True for an error of the file or the machine, which concerns all writes of the transaction.</summary>
    public bool ConcernsFile =>
        Code
            is raw.SQLITE_BUSY
                or raw.SQLITE_LOCKED
                or raw.SQLITE_FULL
                or raw.SQLITE_IOERR
                or raw.SQLITE_NOMEM
                or raw.SQLITE_READONLY
                or raw.SQLITE_CANTOPEN
                or raw.SQLITE_CORRUPT
                or raw.SQLITE_NOTADB
                or raw.SQLITE_PROTOCOL
                or raw.SQLITE_INTERRUPT;

    private static int Primary(int code) => code & 0xff;

    private static string Fix(int code) =>
        Primary(code) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                "Another process has held its lock for too long: end that process, or wait until it is done.",
            raw.SQLITE_FULL => "The disk is full: free some space.",
            raw.SQLITE_IOERR => "The disk does not read or write: look at the machine's disk and its free space.",
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM =>
                "It must be a file that this user may read and write, in a folder of the same kind.",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
                "It is damaged, or no SQLite database: restore it from a backup, or name another file.",
            _ => "Try again; if it stays so, look at the disk.",
        };
}
