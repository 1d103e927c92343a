namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>Finds out whether writes were kept of which the answer was lost.</summary>
internal sealed class LostWrites(Func<string, string, CancellationToken, Task<StoredRow?>> find)
{
    /// <summary>
    /// An ETag that no row can have. It stands for a row that was written, and then written again by somebody else.
    /// </summary>
    private const string Overwritten = "W/\"datetime'1601-01-01T00%3A00%3A00.0000000Z'\"";

    /// <summary>Looks at what is stored, after a repetition of the writes was refused.</summary>
    /// <param name="writes">One, or all of a batch, of which all or none were kept.</param>
    /// <returns>Their ETags if they were kept; null if they were not, so that the refusal is true.</returns>
    /// <exception cref="TableUnavailableException">What is stored does not show whether the writes were
    /// kept.</exception>
    public async Task<IReadOnlyList<string>?> ETagsAsync(
        IReadOnlyList<MarkedWrite> writes,
        CancellationToken cancellationToken
    )
    {
        var stored = new List<StoredRow?>();
        foreach (var write in writes)
            stored.Add(await find(write.Write.Row.PartitionKey, write.Write.Row.RowKey, cancellationToken));
        var pairs = writes.Zip(stored).ToList();
        if (pairs.Any(pair => pair.First.Mark is { } mark && mark == pair.Second?.Mark))
            return [.. pairs.Select(ETag)];
        if (writes.All(write => write.Deletes))
            return stored.TrueForAll(row => row is null) ? [.. writes.Select(_ => "")] : null;
        if (writes.All(write => write.Deletes || write.Mark is null))
        {
            throw new TableUnavailableException(
                $"The answer to a write of row '{writes[0].Write.Row.RowKey}' was lost, and the row is too "
                    + $"large to tell whose write it holds. Read it again."
            );
        }

        return null;
    }

    private static string ETag((MarkedWrite Write, StoredRow? Stored) pair) =>
        pair switch
        {
            ({ Deletes: true }, _) => "",
            (var write, { } stored) when write.Mark == stored.Mark => stored.Row.ETag,
            _ => Overwritten,
        };
}
