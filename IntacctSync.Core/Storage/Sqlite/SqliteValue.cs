namespace IntacctSync.Core.Storage.Sqlite;

/// <summary>A value to bind to a statement: text, an integer, bytes, or nothing (NULL).</summary>
internal readonly struct SqliteValue
{
    private SqliteValue(string? text, byte[]? bytes, long? integer) => (Text, Bytes, Integer) = (text, bytes, integer);

    public string? Text { get; }

    public byte[]? Bytes { get; }

    public long? Integer { get; }

    public static implicit operator SqliteValue(string? text) => new(text, null, null);

    public static implicit operator SqliteValue(byte[] bytes) => new(null, bytes, null);

    public static implicit operator SqliteValue(long integer) => new(null, null, integer);

    /// <summary>Times are stored as UTC ticks of 100 ns.</summary>
    public static implicit operator SqliteValue(DateTimeOffset time) => new(null, null, time.UtcTicks);
}
