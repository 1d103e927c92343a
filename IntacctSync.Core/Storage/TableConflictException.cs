using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Storage;

/// <summary>
/// A conditional write was refused: the row was changed by somebody else, exists already, or does not exist.
/// </summary>
public sealed class TableConflictException : Exception
{
    public TableConflictException(int index, string partitionKey, string rowKey, string reason, Exception? inner = null)
        : base($"Write {index} on row '{rowKey}' of partition '{partitionKey}' was refused: {reason}.", inner)
    {
        Index = index;
        RowKey = rowKey;
    }

    /// <summary>Which write of the batch, from 0.</summary>
    public int Index { get; }

    public string RowKey { get; }
}

/// <summary>
/// The store did not answer, or is too busy; the same call may succeed later. Whether a write was kept is not known.
/// </summary>
public sealed class TableUnavailableException(string message, Exception? inner = null)
    : Exception(message, inner),
        ILogText
{
    public string LogText => Message;
}
