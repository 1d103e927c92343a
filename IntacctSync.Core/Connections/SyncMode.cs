namespace IntacctSync.Core.Connections;

/// <summary>Whether anything is written.</summary>
public enum SyncMode
{
    Live,

    /// <summary>Everything is read and decided, nothing is written; each record says what would have been.</summary>
    Shadow,
}
