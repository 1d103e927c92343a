using Azure.Core;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>Several writes to one partition as one entity group transaction.</summary>
internal sealed class RowBatch(TableWire wire, LostWrites lost)
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
            var (answer, repeated) = await SendAsync(sent, cancellationToken);
            if (answer.Refusal is not { } refusal)
                return Spread(writes, left, answer.ETags);
            wire.ThrowIfUnavailable(refusal);
            if (refusal.NoTable && !created)
            {
                await wire.CreateTableAsync(cancellationToken);
                created = true;
                continue;
            }

            if (!refusal.Conflicts)
                throw TableWire.Refusal(refusal);
            if (repeated && await lost.ETagsAsync(sent, cancellationToken) is { } kept)
                return Spread(writes, left, kept);
            var refused = sent[answer.RefusedIndex];
            if (refused.Write.Kind != TableWriteKind.DeleteIfThere || !refusal.NoRow)
                throw refused.Conflict(left[answer.RefusedIndex], refusal);
            left.RemoveAt(answer.RefusedIndex);
        }

        return Spread(writes, left, []);
    }

    private async Task<(BatchAnswer Answer, bool Repeated)> SendAsync(
        List<MarkedWrite> writes,
        CancellationToken cancellationToken
    )
    {
        var body = BatchBody.Write(writes, wire.Address);
        if (body.Content.Length > TableLimits.BatchBytes)
        {
            throw new ArgumentException(
                $"A batch of {body.Content.Length} bytes as it is sent; at most {TableLimits.BatchBytes} are "
                    + $"allowed. Write fewer rows at once.",
                nameof(writes)
            );
        }

        var answer = await wire.SendAsync(
            RequestMethod.Post,
            wire.Address.Batches,
            body.Content,
            null,
            body.ContentType,
            cancellationToken
        );
        return answer.Succeeded
            ? (BatchAnswer.Read(answer.Content.ToString(), writes.Count), answer.Repeated)
            : throw TableWire.Refusal(answer.Fault);
    }

    private static string[] Spread(IReadOnlyList<MarkedWrite> writes, List<int> sent, IReadOnlyList<string> etags)
    {
        var all = new string[writes.Count];
        Array.Fill(all, "");
        for (var i = 0; i < sent.Count; i++)
            all[sent[i]] = writes[sent[i]].Deletes ? "" : etags[i];
        return all;
    }
}

/// <summary>A row as the service holds it.</summary>
/// <param name="Row">As its reader wants it.</param>
/// <param name="Mark">Which write made it; null where it had no room for that.</param>
internal sealed record StoredRow(TableRow Row, string? Mark);
