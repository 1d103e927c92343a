namespace IntacctSync.Core.Storage;

/// <summary>
/// What Azure Tables takes (learn.microsoft.com, Table Storage scalability targets); every implementation refuses more.
/// </summary>
public static class TableLimits
{
    public const int BatchRows = 100;
    public const int BatchBytes = 4 * 1024 * 1024;
    public const int RowBytes = 1024 * 1024;
    public const int TextCharacters = 32 * 1024;
    public const int BlobBytes = 64 * 1024;
    public const int KeyCharacters = 512;

    /// <summary>Beside the keys and the time stamp.</summary>
    public const int Properties = 252;
}
