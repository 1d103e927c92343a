namespace IntacctSync.Core.Storage;

/// <summary>The store did not answer, or is too busy; the same call may succeed later. Whether a write was kept is not known.</summary>
public sealed class TableUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
