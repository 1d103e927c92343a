namespace IntacctSync.Local.Queue;

/// <summary>
/// The lock of a session has expired or somebody else holds it: nothing was changed, and its messages are delivered
/// again.
/// </summary>
public sealed class SessionLostException(SessionLock held)
    : Exception(
        $"The lock of session '{held.Company}' (number {held.Fence}) has expired or was taken over. Drop the "
            + $"work: its messages come again."
    );
