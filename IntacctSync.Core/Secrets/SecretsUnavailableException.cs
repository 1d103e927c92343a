namespace IntacctSync.Core.Secrets;

/// <summary>The secrets can't be read or written; the text says where they are and what to do.</summary>
public sealed class SecretsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
