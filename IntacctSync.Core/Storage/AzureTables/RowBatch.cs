using Azure;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>Several writes to one partition as one entity group transaction.</summary>
internal sealed class RowBatch(TableCalls calls, LostWrites lost)
{
    public async Task<IReadOnlyList<string>> WriteAsync(
        IReadOnlyList<MarkedWrite> writes,
        CancellationToken cancellationToken
    )
    {
        // The service refuses to delete what is not there, so such a delete is left out and the others are sent again.
        var left = Enumerable.Range(0, writes.Count).ToList();
        var created = false;
        while (left.Count > 0)
        {
            var sent = left.ConvertAll(index => writes[index]);
            var answer = await SendAsync(sent, cancellationToken);
            if (answer.Fault is not { } refusal)
                return Spread(writes, left, ETags(sent, answer.Value!));
            if (refusal.NoTable && !created)
            {
                await calls.CreateTableAsync(cancellationToken);
                created = true;
                continue;
            }

            if (!refusal.Conflicts)
                throw TableCalls.Refusal(refusal);
            if (answer.Repeated && await lost.ETagsAsync(sent, cancellationToken) is { } kept)
                return Spread(writes, left, kept);
            if (refusal.Index >= sent.Count)
            {
                throw new TableUnavailableException(
                    $"Azure Tables refused row {refusal.Index} of a batch of {sent.Count} ({refusal})."
                );
            }

            var refused = sent[refusal.Index];
            if (refused.Write.Kind != TableWriteKind.DeleteIfThere || !refusal.NoRow)
                throw refused.Conflict(left[refusal.Index], refusal);
            left.RemoveAt(refusal.Index);
        }

        return Spread(writes, left, []);
    }

    private Task<TableAnswer<Response<IReadOnlyList<Response>>>> SendAsync(
        List<MarkedWrite> writes,
        CancellationToken cancellationToken
    ) =>
        calls.CallAsync(
            (table, token) => table.SubmitTransactionAsync(writes.Select(write => write.Action), token),
            cancellationToken
        );

    /// <exception cref="TableUnavailableException">The answer does not fit this batch, so what became of the batch is
    /// not known.</exception>
    private static List<string> ETags(List<MarkedWrite> sent, Response<IReadOnlyList<Response>> answer) =>
        answer.Value.Count == sent.Count
            ? [.. answer.Value.Select(row => row.Headers.ETag?.ToString() ?? "")]
            : throw new TableUnavailableException(
                $"Azure Tables answered to {answer.Value.Count} rows of a batch of {sent.Count}; whether it was kept "
                    + $"is not known."
            );

    private static string[] Spread(IReadOnlyList<MarkedWrite> writes, List<int> sent, IReadOnlyList<string> etags)
    {
        var all = new string[writes.Count];
        Array.Fill(all, "");
        for (var i = 0; i < sent.Count; i++)
            all[sent[i]] = writes[sent[i]].Deletes ? "" : etags[i];
        return all;
    }
}
