namespace IntacctSync.Core.Storage;

/// <summary>Rows of one partition, by ordinal order of their keys.</summary>
/// <param name="PartitionKey">The partition.</param>
/// <param name="From">The first row key that belongs, or null for the beginning.</param>
/// <param name="Before">The first row key that no longer belongs, or null for the end.</param>
public sealed record TableRange(string PartitionKey, string? From = null, string? Before = null)
{
    /// <summary>The rows whose key begins with <paramref name="prefix"/>, which must not be empty.</summary>
    public static TableRange Prefix(string partitionKey, string prefix) =>
        new(partitionKey, prefix, prefix[..^1] + (char)(prefix[^1] + 1));
}
