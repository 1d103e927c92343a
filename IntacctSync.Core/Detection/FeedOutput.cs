using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Envelopes;
using IntacctSync.Core.KeyMap;
using IntacctSync.Core.Runs;

namespace IntacctSync.Core.Detection;

/// <summary>
/// Sends an envelope for each found record that says something new, and counts the records for the runs that wait.
/// </summary>
public sealed class FeedOutput(KeyMapStore keyMap, IEnvelopeQueue queue, RunStore runs)
{
    /// <summary>When it returns, what was sent is durable.</summary>
    /// <param name="connection">Whose records.</param>
    /// <param name="flow">Of which flow.</param>
    /// <param name="found">An envelope for each record that was found.</param>
    /// <param name="isNew">Whether a found record says more than its row knows.</param>
    /// <param name="runIds">The runs that wait for it.</param>
    /// <param name="cancellationToken">Stops the sending.</param>
    internal async Task SendAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyList<Envelope> found,
        Func<Envelope, KeyMapEntry, bool> isNew,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    )
    {
        if (found.Count == 0)
            return;
        var entries = await keyMap.GetManyAsync(
            connection.Id,
            flow,
            [.. found.Select(f => f.SourceId!).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var fresh = found.Where(f => isNew(f, entries[f.SourceId!])).ToList();
        IReadOnlyList<SendOutcome> outcomes =
            fresh.Count == 0
                ? []
                : await queue.SendAsync([.. fresh.Select(f => new OutgoingEnvelope(f))], cancellationToken);
        var sent = outcomes.Count(o => o == SendOutcome.Accepted);
        for (var i = 0; i < runIds.Count; i++)
        {
            // An envelope counts for one run only. The other runs that joined the same sweep count its record as done
            // when it is found.
            var done = found.Count - fresh.Count + (i == 0 ? 0 : sent);
            await runs.ChangeAsync(
                connection.Id,
                runIds[i],
                r => r with { Found = r.Found + found.Count - fresh.Count + sent, Done = r.Done + done },
                cancellationToken
            );
        }
    }

    /// <summary>Nothing more will be found for these runs.</summary>
    internal async Task EndAsync(
        ConnectionId connection,
        IReadOnlyList<string> runIds,
        CancellationToken cancellationToken
    )
    {
        foreach (var runId in runIds)
            await runs.ChangeAsync(connection, runId, r => r with { Detected = true }, cancellationToken);
    }
}
